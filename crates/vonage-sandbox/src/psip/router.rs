//! Maps a method and a path under `/v1` to an operation of the API. Pure.

use http::Method;

use super::problem::{self, Problem};
use crate::path;

/// An operation, with the domain's name and the user's key from its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    ListDomains,
    CreateDomain,
    GetDomain(String),
    UpdateDomain(String),
    DeleteDomain(String),
    ListUsers(String),
    CreateUser(String),
    GetUser(String, String),
    UpdateUser(String, String),
    DeleteUser(String, String),
    ListEndpoints(String),
}

impl Operation {
    /// The domain that its path names.
    pub(super) fn domain(&self) -> Option<&str> {
        match self {
            Self::ListDomains | Self::CreateDomain => None,
            Self::GetDomain(domain)
            | Self::UpdateDomain(domain)
            | Self::DeleteDomain(domain)
            | Self::ListUsers(domain)
            | Self::CreateUser(domain)
            | Self::ListEndpoints(domain)
            | Self::GetUser(domain, _)
            | Self::UpdateUser(domain, _)
            | Self::DeleteUser(domain, _) => Some(domain),
        }
    }
}

/// The operation behind a method and a path. Only the collection of domains is known with a slash at its end, too.
pub(super) fn route(method: &Method, path: &str) -> Result<Operation, Problem> {
    use Operation as Op;
    let segments = path::segments(path).ok_or_else(problem::no_such_path)?;
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let operation = match *segments.as_slice() {
        ["v1", "psip"] | ["v1", "psip", ""] => match *method {
            Method::GET => Op::ListDomains,
            Method::POST => Op::CreateDomain,
            _ => return Err(problem::wrong_method("GET, POST")),
        },
        ["v1", "psip", domain] => match *method {
            Method::GET => Op::GetDomain(domain.into()),
            Method::PUT => Op::UpdateDomain(domain.into()),
            Method::DELETE => Op::DeleteDomain(domain.into()),
            _ => return Err(problem::wrong_method("GET, PUT, DELETE")),
        },
        ["v1", "psip", domain, "users"] if !domain.is_empty() => match *method {
            Method::GET => Op::ListUsers(domain.into()),
            Method::POST => Op::CreateUser(domain.into()),
            _ => return Err(problem::wrong_method("GET, POST")),
        },
        ["v1", "psip", domain, "users", key] if !domain.is_empty() && !key.is_empty() => {
            match *method {
                Method::GET => Op::GetUser(domain.into(), key.into()),
                Method::PUT => Op::UpdateUser(domain.into(), key.into()),
                Method::DELETE => Op::DeleteUser(domain.into(), key.into()),
                _ => return Err(problem::wrong_method("GET, PUT, DELETE")),
            }
        }
        ["v1", "psip", domain, "endpoints"] if !domain.is_empty() && *method == Method::GET => {
            Op::ListEndpoints(domain.into())
        }
        _ => return Err(problem::no_such_path()),
    };
    Ok(operation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_published_path_and_method_has_its_operation() {
        use Operation as Op;
        let (d, u) = (|| "mydomain".to_owned(), || "u-1".to_owned());
        for (method, path, operation) in [
            (Method::GET, "/v1/psip", Op::ListDomains),
            (Method::GET, "/v1/psip/", Op::ListDomains),
            (Method::POST, "/v1/psip", Op::CreateDomain),
            (Method::POST, "/v1/psip/", Op::CreateDomain),
            (Method::GET, "/v1/psip/mydomain", Op::GetDomain(d())),
            (Method::PUT, "/v1/psip/mydomain", Op::UpdateDomain(d())),
            (Method::DELETE, "/v1/psip/mydomain", Op::DeleteDomain(d())),
            (Method::GET, "/v1/psip/mydomain/users", Op::ListUsers(d())),
            (Method::POST, "/v1/psip/mydomain/users", Op::CreateUser(d())),
            (
                Method::GET,
                "/v1/psip/mydomain/users/u-1",
                Op::GetUser(d(), u()),
            ),
            (
                Method::PUT,
                "/v1/psip/mydomain/users/u%2D1",
                Op::UpdateUser(d(), u()),
            ),
            (
                Method::DELETE,
                "/v1/psip/mydomain/users/u-1",
                Op::DeleteUser(d(), u()),
            ),
        ] {
            assert_eq!(route(&method, path), Ok(operation), "{method} {path}");
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
