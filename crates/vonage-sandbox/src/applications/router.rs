//! What a method and a path under `/v2/applications` ask of the API. Pure.

use http::Method;

use super::problem;
use crate::path;
use crate::problem::{Problem, no_such_path};

/// What a path means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    All,
    /// The application with this ID.
    One(String),
}

/// What a path means, where it knows the method.
pub(super) fn route(method: &Method, path: &str) -> Result<Target, Problem> {
    let segments = path::segments(path).ok_or_else(no_such_path)?;
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let (target, allow) = match *segments.as_slice() {
        ["v2", "applications"] | ["v2", "applications", ""] => (Target::All, "GET, POST"),
        ["v2", "applications", id] => (Target::One(id.to_owned()), "GET, PUT, DELETE"),
        _ => return Err(no_such_path()),
    };
    if allow.split(", ").any(|known| method == known) {
        Ok(target)
    } else {
        Err(problem::wrong_verb(method, allow))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_published_path_and_method_has_its_target() {
        let one = || Target::One("a-1".to_owned());
        for (method, path, target) in [
            (Method::GET, "/v2/applications", Target::All),
            (Method::POST, "/v2/applications/", Target::All),
            (Method::GET, "/v2/applications/a-1", one()),
            (Method::PUT, "/v2/applications/a%2D1", one()),
            (Method::DELETE, "/v2/applications/a-1", one()),
        ] {
            assert_eq!(route(&method, path), Ok(target), "{method} {path}");
        }
        for (method, path, allow) in [
            (Method::DELETE, "/v2/applications", "GET, POST"),
            (Method::PATCH, "/v2/applications/a", "GET, PUT, DELETE"),
        ] {
            let refused = Err(problem::wrong_verb(&method, allow));
            assert_eq!(route(&method, path), refused, "{method} {path}");
        }
        for path in [
            "/v2/applications/a/",
            "/v2/applications/a/b",
            "/v2/applications/%zz",
        ] {
            assert_eq!(route(&Method::GET, path), Err(no_such_path()), "{path}");
        }
    }
}
