//! Credentials, route, media type and body: what every operation needs before its own rules.

use http::header::AUTHORIZATION;
use http::{Method, StatusCode};

use super::problem::{self, Problem};
use super::router::{self, Operation};
use super::{domains, users};
use crate::json::{self, Object};
use crate::path;
use crate::request::{Request, header, is_json, query_value};
use crate::response::Response;
use crate::state::{DomainLock, State};
use crate::state_file::WriteError;
use crate::switches::{AuthScheme, ConcurrentWrite, Endpoints, Switches};

/// The API's response after its latency. Another write to the same domain may be an error until then.
pub(crate) async fn respond(state: &State, request: &Request) -> Response {
    let switches = state.switches();
    let outcome = match lock(state, &switches, request) {
        Ok(lock) => {
            let outcome = operate(state, request).await;
            tokio::time::sleep(switches.latency.0).await;
            drop(lock);
            outcome
        }
        Err(problem) => Err(problem),
    };
    outcome.unwrap_or_else(|problem| problem.formatted(switches.error_body, request.body()))
}

/// Locks the domain that a write is about, where writes at once are an error.
fn lock<'a>(
    state: &'a State,
    switches: &Switches,
    request: &Request,
) -> Result<Option<DomainLock<'a>>, Problem> {
    if switches.concurrent_write == ConcurrentWrite::Accept || request.method() == Method::GET {
        return Ok(None);
    }
    let segments = path::segments(request.uri().path()).unwrap_or_default();
    match segments.get(2).filter(|domain| !domain.is_empty()) {
        Some(domain) => state
            .lock_domain(domain)
            .map(Some)
            .ok_or_else(problem::busy),
        None => Ok(None),
    }
}

async fn operate(state: &State, request: &Request) -> Result<Response, Problem> {
    use Operation as Op;
    if !request.uri().path().starts_with("/v1/") {
        return Err(problem::no_such_path());
    }
    let switches = state.switches();
    if switches
        .rate_limit
        .is_some_and(|limit| !state.admits(limit))
    {
        return Err(problem::too_many_requests(switches.retry_after_in));
    }
    let is_admitted = state
        .credentials
        .admit(header(request.headers(), &AUTHORIZATION));
    if !is_admitted || switches.auth_scheme == AuthScheme::Bearer {
        return Err(problem::unauthorized());
    }
    let operation = router::route(request.method(), request.uri().path())?;
    if operation
        .domain()
        .is_some_and(|name| switches.is_foreign(name))
    {
        return Err(problem::foreign(switches.foreign_read));
    }
    match operation {
        Op::ListDomains => domains::list(state, request),
        Op::CreateDomain => domains::create(state, object(request)?).await,
        Op::GetDomain(name) => domains::get(state, &name),
        Op::UpdateDomain(name) => domains::update(state, &name, object(request)?, request).await,
        Op::DeleteDomain(name) => {
            domains::delete(
                state,
                &name,
                query_value(request, "cascade").as_deref() == Some("true"),
                request,
            )
            .await
        }
        Op::ListUsers(domain) => users::list(state, &domain, request),
        Op::CreateUser(domain) => users::create(state, &domain, object(request)?).await,
        Op::GetUser(domain, key) => users::get(state, &domain, &key),
        Op::UpdateUser(domain, key) => users::update(state, &domain, &key, object(request)?).await,
        Op::DeleteUser(domain, key) => users::delete(state, &domain, &key).await,
        Op::ListEndpoints(_) => match switches.endpoints {
            Endpoints::NotFound => Err(problem::no_such_path()),
            Endpoints::Array => Ok(Response::json(StatusCode::OK, Vec::<Object>::new())),
        },
    }
}

/// The body's object.
fn object(request: &Request) -> Result<Object, Problem> {
    if !is_json(request) {
        return Err(problem::wrong_media_type());
    }
    json::object(request.body()).map_err(|error| problem::invalid_json(&error.to_string()))
}

/// A write that the state file did not take did not happen.
impl From<WriteError> for Problem {
    fn from(error: WriteError) -> Self {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "the state file was not written"
        );
        problem::internal()
    }
}
