//! Credentials, route, media type and body: what every operation needs before its own rules.

use bytes::Bytes;
use http::{Method, StatusCode};

use super::{domains, users};
use crate::sandbox::json::{self, Object};
use crate::sandbox::persist::FileError;
use crate::sandbox::problem::{self, Problem};
use crate::sandbox::reply::Reply;
use crate::sandbox::router::{self, Operation};
use crate::sandbox::state::State;

/// A request that has been read whole.
#[derive(Clone, Debug, Default)]
pub(in crate::sandbox) struct Request {
    pub(in crate::sandbox) method: Method,
    /// The path as sent, still escaped.
    pub(in crate::sandbox) path: String,
    pub(in crate::sandbox) query: Option<String>,
    /// The `Authorization` header.
    pub(in crate::sandbox) authorization: Option<String>,
    /// The `Content-Type` header.
    pub(in crate::sandbox) content_type: Option<String>,
    pub(in crate::sandbox) body: Bytes,
}

/// The API's answer.
pub(in crate::sandbox) fn answer(state: &State, request: &Request) -> Reply {
    operate(state, request).unwrap_or_else(Reply::from)
}

fn operate(state: &State, request: &Request) -> Result<Reply, Problem> {
    use Operation as Op;
    if !request.path.starts_with("/v1/") {
        return Err(problem::no_such_path());
    }
    if !state.credentials().admit(request.authorization.as_deref()) {
        return Err(problem::unauthorized());
    }
    match router::route(&request.method, &request.path)? {
        Op::ListDomains => Ok(domains::list(state)),
        Op::CreateDomain => domains::create(state, request.object()?),
        Op::GetDomain(name) => domains::get(state, &name),
        Op::UpdateDomain(name) => domains::update(state, &name, request.object()?),
        Op::DeleteDomain(name) => domains::delete(state, &name, request.asks("cascade")),
        Op::ListUsers(domain) => users::list(state, &domain),
        Op::CreateUser(domain) => users::create(state, &domain, request.object()?),
        Op::GetUser(domain, key) => users::get(state, &domain, &key),
        Op::UpdateUser(domain, key) => users::update(state, &domain, &key, request.object()?),
        Op::DeleteUser(domain, key) => users::delete(state, &domain, &key),
    }
}

impl Request {
    /// The body's object.
    fn object(&self) -> Result<Object, Problem> {
        let media_type = self
            .content_type
            .as_deref()
            .and_then(|text| text.split(';').next());
        if !media_type.is_some_and(|text| text.trim().eq_ignore_ascii_case("application/json")) {
            return Err(problem::wrong_media_type());
        }
        json::object(&self.body).map_err(|error| problem::invalid_json(&error.to_string()))
    }

    /// Whether the query says `<flag>=true`.
    fn asks(&self, flag: &str) -> bool {
        let query = self.query.as_deref().unwrap_or_default();
        url::form_urlencoded::parse(query.as_bytes())
            .any(|(name, value)| name == flag && value == "true")
    }
}

/// A write that the state file did not take did not happen.
impl From<FileError> for Problem {
    fn from(error: FileError) -> Self {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "the state file was not written"
        );
        problem::internal()
    }
}

/// The answer to a DELETE that worked.
pub(super) fn deleted(state: &State) -> Reply {
    use crate::sandbox::switches::DeleteBody;
    let switches = state.switches();
    let status = switches.delete_status.code();
    match switches.delete_body {
        DeleteBody::Object if status != StatusCode::NO_CONTENT => {
            Reply::json(status, Object::new())
        }
        _ => Reply::empty(status),
    }
}
