//! What a method and a path under `/v1` ask of the API. Pure.

use http::Method;

use super::ids::SipId;
use super::problem::{self, Problem};
use crate::path;

/// What a path means, with the names in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Domains,
    /// The users of a domain.
    Users(String),
    /// One domain, or one user.
    Object(SipId),
    /// The endpoints of a domain.
    Endpoints(String),
}

impl Target {
    /// The domain that the path names.
    pub(super) fn domain(&mut self) -> Option<&mut String> {
        match self {
            Self::Domains => None,
            Self::Users(domain) | Self::Endpoints(domain) | Self::Object(SipId { domain, .. }) => {
                Some(domain)
            }
        }
    }
}

/// What a path means, where it knows the method. Only the collection of domains is known with a slash at its end, too.
pub(super) fn route(method: &Method, path: &str) -> Result<Target, Problem> {
    let segments = path::segments(path).ok_or_else(problem::no_such_path)?;
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let (target, allow) = match *segments.as_slice() {
        ["v1", "psip"] | ["v1", "psip", ""] => (Target::Domains, "GET, POST"),
        ["v1", "psip", domain] => (Target::Object(SipId::domain(domain)), "GET, PUT, DELETE"),
        ["v1", "psip", domain, "users"] if !domain.is_empty() => {
            (Target::Users(domain.into()), "GET, POST")
        }
        ["v1", "psip", domain, "users", key] if !domain.is_empty() && !key.is_empty() => {
            (Target::Object(SipId::user(domain, key)), "GET, PUT, DELETE")
        }
        ["v1", "psip", domain, "endpoints"] if !domain.is_empty() && *method == Method::GET => {
            (Target::Endpoints(domain.into()), "GET")
        }
        _ => return Err(problem::no_such_path()),
    };
    if allow.split(", ").any(|known| method == known) {
        Ok(target)
    } else {
        Err(problem::wrong_method(allow))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_published_path_and_method_has_its_target() {
        let users = || Target::Users("mydomain".to_owned());
        for (method, path, target) in [
            (Method::GET, "/v1/psip", Target::Domains),
            (Method::GET, "/v1/psip/", Target::Domains),
            (Method::POST, "/v1/psip", Target::Domains),
            (Method::POST, "/v1/psip/", Target::Domains),
            (
                Method::GET,
                "/v1/psip/mydomain",
                Target::Object(SipId::domain("mydomain")),
            ),
            (
                Method::PUT,
                "/v1/psip/mydomain",
                Target::Object(SipId::domain("mydomain")),
            ),
            (
                Method::DELETE,
                "/v1/psip/mydomain",
                Target::Object(SipId::domain("mydomain")),
            ),
            (Method::GET, "/v1/psip/mydomain/users", users()),
            (Method::POST, "/v1/psip/mydomain/users", users()),
            (
                Method::GET,
                "/v1/psip/mydomain/users/u-1",
                Target::Object(SipId::user("mydomain", "u-1")),
            ),
            (
                Method::PUT,
                "/v1/psip/mydomain/users/u%2D1",
                Target::Object(SipId::user("mydomain", "u-1")),
            ),
            (
                Method::DELETE,
                "/v1/psip/mydomain/users/u-1",
                Target::Object(SipId::user("mydomain", "u-1")),
            ),
        ] {
            assert_eq!(route(&method, path), Ok(target), "{method} {path}");
        }
    }

    #[test]
    fn a_known_path_names_the_methods_it_has() {
        for (method, path, allow) in [
            (Method::PATCH, "/v1/psip", "GET, POST"),
            (Method::DELETE, "/v1/psip/", "GET, POST"),
            (Method::POST, "/v1/psip/mydomain", "GET, PUT, DELETE"),
            (Method::HEAD, "/v1/psip/mydomain", "GET, PUT, DELETE"),
            (Method::PUT, "/v1/psip/mydomain/users", "GET, POST"),
            (
                Method::PATCH,
                "/v1/psip/mydomain/users/u",
                "GET, PUT, DELETE",
            ),
        ] {
            assert_eq!(
                route(&method, path),
                Err(problem::wrong_method(allow)),
                "{method} {path}"
            );
        }
    }

    #[test]
    fn other_paths_are_unknown() {
        for path in [
            "/",
            "/v1",
            "/v2/psip",
            "/v1/psips",
            "/v1//psip",
            "/v1/psip/mydomain/",
            "/v1/psip//users",
            "/v1/psip/mydomain/users/",
            "/v1/psip/mydomain/endpoints/1",
            "/v1/psip/a/users/b/c",
            "/v1/psip/%zz",
            "/v1/psip/%ff",
            "*",
        ] {
            assert_eq!(
                route(&Method::GET, path),
                Err(problem::no_such_path()),
                "{path}"
            );
        }
    }
}
