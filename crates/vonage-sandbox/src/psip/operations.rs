//! Credentials, route, media type and body: what every operation needs before its own rules.

use std::sync::Arc;

use http::header::AUTHORIZATION;
use http::{Method, StatusCode};

use super::problem::{self, Problem};
use super::router::{self, Target};
use super::store::Store;
use super::{domains, users};
use crate::json::{self, Object};
use crate::path;
use crate::request::{Request, header, is_json};
use crate::response::Response;
use crate::span::Span;
use crate::state::{DomainLock, State};
use crate::state_file::WriteError;
use crate::switches::{AuthScheme, ConcurrentWrite, Endpoints, Switches};
use crate::timeline::{Snapshot, WRITTEN};

/// A request, and what its response depends on beside the store.
pub(super) struct Call {
    pub(super) request: Request,
    pub(super) switches: Arc<Switches>,
    /// Where it looks: the rules of writes at what was written, reads at what is visible.
    pub(super) at: Option<Snapshot>,
    /// Another one for each response with an `acl`, for the echo that shuffles.
    pub(super) number: usize,
}

/// The API's response, or its error in the form that the switch asks for.
pub(crate) async fn respond(state: &State, request: &Request) -> Response {
    let switches = state.switches();
    let outcome = answer(state, &switches, request).await;
    outcome.unwrap_or_else(|problem| problem.formatted(switches.error_body, request.body()))
}

/// Responds after the latency. Another write to the same domain may be an error until then.
async fn answer(
    state: &State,
    switches: &Arc<Switches>,
    request: &Request,
) -> Result<Response, Problem> {
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
    match segments.get(2).filter(|domain| !domain.is_empty()) {
        Some(domain) => state
            .lock_domain(domain)
            .map(Some)
            .ok_or_else(problem::busy),
        None => Ok(None),
    }
}

async fn operate(
    state: &State,
    switches: &Arc<Switches>,
    request: &Request,
) -> Result<Response, Problem> {
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
    let target = router::route(request.method(), request.uri().path())?;
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
            Target::Users(_) | Target::User(..) => 0,
            _ => state.response_number(),
        },
    };
    if request.method() == Method::GET {
        let lag = match target {
            Target::Domains | Target::Users(_) => switches.list_lag,
            _ => Span::default(),
        };
        call.at = Some(state.snapshot(switches, lag));
        return state.storage.read(|store| read(store, &call, &target));
    }
    let body = match *request.method() {
        Method::DELETE => None,
        _ => Some(object(request)?),
    };
    let change = move |store: &mut Store| write(store, &call, &target, body);
    state.storage.write(change).await
}

fn read(store: &Store, call: &Call, target: &Target) -> Result<Response, Problem> {
    match target {
        Target::Domains => domains::list(store, call),
        Target::Domain(name) => domains::get(store, call, name),
        Target::Users(domain) => users::list(store, call, domain),
        Target::User(domain, key) => users::get(store, call, domain, key),
        Target::Endpoints(_) => match call.switches.endpoints {
            Endpoints::NotFound => Err(problem::no_such_path()),
            Endpoints::Array => Ok(Response::json(StatusCode::OK, Vec::<Object>::new())),
        },
    }
}

/// Only a DELETE has no body.
fn write(
    store: &mut Store,
    call: &Call,
    target: &Target,
    body: Option<Object>,
) -> Result<Response, Problem> {
    match (target, body) {
        (Target::Domains, Some(body)) => domains::create(store, call, body),
        (Target::Domain(name), Some(body)) => domains::update(store, call, name, body),
        (Target::Domain(name), None) => domains::delete(store, call, name),
        (Target::Users(domain), Some(body)) => users::create(store, call, domain, body),
        (Target::User(domain, key), Some(body)) => users::update(store, call, domain, key, body),
        (Target::User(domain, key), None) => users::delete(store, call, domain, key),
        (Target::Domains | Target::Users(_) | Target::Endpoints(_), _) => {
            Err(problem::no_such_path())
        }
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
