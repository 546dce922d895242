//! Credentials, route, media type and body: what every operation needs before its own rules.

use std::sync::Arc;

use http::header::AUTHORIZATION;
use http::{Method, StatusCode};

use super::call::Call;
use super::problem::{self, Outcome, Problem};
use super::router::{self, Target};
use super::store::{ObjectId, Store};
use super::{domains, names, users};
use crate::error_body;
use crate::json::{self, Object};
use crate::path;
use crate::request::{Request, header, is_json};
use crate::response::Response;
use crate::span::Span;
use crate::state::{DomainLock, State};
use crate::state_file::WriteError;
use crate::switches::{AuthScheme, ConcurrentWrite, Endpoints, Switches};
use crate::timeline::WRITTEN;

/// The API's response, or its error in the form that the switch asks for.
pub(crate) async fn respond(state: &State, request: &Request) -> Response {
    let switches = state.switches();
    let outcome = answer(state, &switches, request).await;
    outcome
        .unwrap_or_else(|problem| error_body::format(problem, switches.error_body, request.body()))
}

/// Responds after the latency. Another write to the same domain may be an error until then.
async fn answer(state: &State, switches: &Arc<Switches>, request: &Request) -> Outcome {
    let _lock = lock(state, switches, request)?;
    let outcome = operate(state, switches, request).await;
    tokio::time::sleep(switches.latency.0).await;
    outcome
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
    let Some(domain) = segments.get(2).filter(|domain| !domain.is_empty()) else {
        return Ok(None);
    };
    let lock = state.lock_domain(domain);
    lock.map(Some).ok_or_else(problem::busy)
}

async fn operate(state: &State, switches: &Arc<Switches>, request: &Request) -> Outcome {
    if !request.uri().path().starts_with("/v1/") {
        return Err(problem::no_such_path());
    }
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
    let mut target = router::route(request.method(), request.uri().path())?;
    if target
        .domain()
        .is_some_and(|name| switches.is_foreign(name))
    {
        return Err(problem::foreign(switches.foreign_read));
    }
    let mut call = Call {
        request: request.clone(),
        switches: Arc::clone(switches),
        at: WRITTEN,
        number: match target {
            Target::Users(_) | Target::Object(ObjectId { key: Some(_), .. }) => 0,
            _ => state.response_number(),
        },
    };
    if request.method() == Method::GET {
        let lag = match target {
            Target::Domains | Target::Users(_) => switches.list_lag,
            _ => Span::default(),
        };
        call.at = Some(state.snapshot(switches, lag));
        return state.storage.read(|store| read(store, &call, target));
    }
    let body = match *request.method() {
        Method::DELETE => None,
        _ => Some(object(request)?),
    };
    let change = move |store: &mut Store| write(store, &call, target, body);
    state.storage.write(change).await
}

fn read(store: &Store, call: &Call, target: Target) -> Outcome {
    match resolved(store, call, target) {
        Target::Domains => domains::list(store, call),
        Target::Users(domain) => users::list(store, call, &domain),
        Target::Object(id @ ObjectId { key: None, .. }) => domains::get(store, call, &id),
        Target::Object(id) => users::get(store, call, &id),
        Target::Endpoints(_) => match call.switches.endpoints {
            Endpoints::NotFound => Err(problem::no_such_path()),
            Endpoints::Array => Ok(Response::json(StatusCode::OK, Vec::<Object>::new())),
        },
    }
}

/// A POST or PUT has a body, a DELETE none.
fn write(store: &mut Store, call: &Call, target: Target, body: Option<Object>) -> Outcome {
    let target = resolved(store, call, target);
    match (target, body) {
        (Target::Domains, Some(body)) => domains::create(store, call, body),
        (Target::Users(domain), Some(body)) => users::create(store, call, &domain, body),
        (Target::Object(id), body) => match (&id.key, body) {
            (None, Some(body)) => domains::update(store, call, &id, body),
            (None, None) => domains::delete(store, call, &id),
            (Some(_), Some(body)) => users::update(store, call, &id, body),
            (Some(_), None) => users::delete(store, call, &id),
        },
        _ => Err(problem::no_such_path()),
    }
}

/// The target with the name under which its domain is stored.
fn resolved(store: &Store, call: &Call, mut target: Target) -> Target {
    if let Some(name) = target.domain() {
        *name = names::resolved(store, &call.switches, name);
    }
    target
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
