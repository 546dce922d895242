//! Credentials, route, media type and body: what every operation needs before its own rules.

use bytes::Bytes;
use http::{Method, StatusCode};
use serde_json::Value;

use super::router::{self, Operation};
use super::{domains, users};
use crate::json::{self, Object};
use crate::problem::{self, Problem};
use crate::reply::Reply;
use crate::state::State;
use crate::state_file::FileError;
use crate::switches::{AuthScheme, DeleteBody, Endpoints, WriteBody};

/// A request that has been read whole.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    pub(crate) method: Method,
    /// The path as sent, still escaped.
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    /// The `Authorization` header.
    pub(crate) authorization: Option<String>,
    /// The `Content-Type` header.
    pub(crate) content_type: Option<String>,
    /// The `If-Match` header.
    pub(crate) if_match: Option<String>,
    pub(crate) body: Bytes,
}

/// The API's answer.
pub(crate) async fn answer(state: &State, request: &Request) -> Reply {
    match operate(state, request).await {
        Ok(reply) => reply,
        Err(problem) => problem.dressed(state.switches().error_body, &request.body),
    }
}

async fn operate(state: &State, request: &Request) -> Result<Reply, Problem> {
    use Operation as Op;
    if !request.path.starts_with("/v1/") {
        return Err(problem::no_such_path());
    }
    let switches = state.switches();
    if switches
        .rate_limit
        .is_some_and(|limit| !state.admits(limit))
    {
        return Err(problem::too_many_requests(switches.retry_after_in));
    }
    let is_admitted = state.credentials().admit(request.authorization.as_deref());
    if !is_admitted || switches.auth_scheme == AuthScheme::Bearer {
        return Err(problem::unauthorized());
    }
    let operation = router::route(&request.method, &request.path)?;
    if operation
        .domain()
        .is_some_and(|name| switches.is_foreign(name))
    {
        return Err(problem::foreign(switches.foreign_read));
    }
    match operation {
        Op::ListDomains => domains::list(state, request),
        Op::CreateDomain => domains::create(state, request.object()?).await,
        Op::GetDomain(name) => domains::get(state, &name),
        Op::UpdateDomain(name) => domains::update(state, &name, request.object()?, request).await,
        Op::DeleteDomain(name) => {
            domains::delete(state, &name, request.asks("cascade"), request).await
        }
        Op::ListUsers(domain) => users::list(state, &domain, request),
        Op::CreateUser(domain) => users::create(state, &domain, request.object()?).await,
        Op::GetUser(domain, key) => users::get(state, &domain, &key),
        Op::UpdateUser(domain, key) => users::update(state, &domain, &key, request.object()?).await,
        Op::DeleteUser(domain, key) => users::delete(state, &domain, &key).await,
        Op::ListEndpoints(_) => match switches.endpoints {
            Endpoints::NotFound => Err(problem::no_such_path()),
            Endpoints::Array => Ok(Reply::json(StatusCode::OK, Vec::<Object>::new())),
        },
    }
}

impl Request {
    /// Whether the body is said to be JSON.
    pub(crate) fn is_json(&self) -> bool {
        let content_type = self.content_type.as_deref().unwrap_or_default();
        let media_type = content_type.split(';').next().unwrap_or_default();
        media_type.trim().eq_ignore_ascii_case("application/json")
    }

    /// The body's object.
    fn object(&self) -> Result<Object, Problem> {
        if !self.is_json() {
            return Err(problem::wrong_media_type());
        }
        json::object(&self.body).map_err(|error| problem::invalid_json(&error.to_string()))
    }

    /// Whether the query says `<flag>=true`.
    fn asks(&self, flag: &str) -> bool {
        self.query_value(flag).as_deref() == Some("true")
    }

    /// The first value of this name in the query.
    pub(crate) fn query_value(&self, name: &str) -> Option<String> {
        let query = self.query.as_deref().unwrap_or_default();
        url::form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
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

/// The answer to a POST or PUT that worked.
pub(super) fn body_of_write(status: StatusCode, body: WriteBody, object: Value) -> Reply {
    match body {
        _ if status == StatusCode::NO_CONTENT => Reply::empty(status),
        WriteBody::Object => Reply::json(status, object),
        WriteBody::Empty => Reply::empty(status),
        WriteBody::Text => Reply::text(status, "Success"),
        WriteBody::Braces => Reply::json(status, Object::new()),
    }
}

/// The answer to a DELETE that worked.
pub(super) fn deleted(status: StatusCode, body: DeleteBody, object: Value) -> Reply {
    match body {
        _ if status == StatusCode::NO_CONTENT => Reply::empty(status),
        DeleteBody::Empty => Reply::empty(status),
        DeleteBody::Object => Reply::json(status, Object::new()),
        DeleteBody::Deleted => Reply::json(status, object),
        DeleteBody::Text => Reply::text(status, "Deleted"),
    }
}
