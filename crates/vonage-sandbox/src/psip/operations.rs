//! Route, media type and body: what every operation needs before its own rules.

use std::sync::Arc;

use http::{Method, StatusCode};

use super::ids::SipId;
use super::problem::{self, Outcome, Problem};
use super::router::{self, Target};
use super::{domains, names, users};
use crate::apis::Failure;
use crate::call::Call;
use crate::json::{self, Object};
use crate::request::{Request, is_json};
use crate::response::Response;
use crate::span::Span;
use crate::state::State;
use crate::store::Store;
use crate::switches::{Endpoints, Switches};
use crate::timeline::WRITTEN;

pub(crate) async fn operate(
    state: &State,
    switches: &Arc<Switches>,
    request: &Request,
) -> Result<Response, Failure> {
    let mut target = router::route(request.method(), request.uri().path())?;
    if target
        .domain()
        .is_some_and(|name| switches.is_foreign(name))
    {
        return Err(problem::foreign(switches.foreign_read).into());
    }
    let mut call = Call {
        request: request.clone(),
        switches: Arc::clone(switches),
        at: WRITTEN,
        number: match target {
            Target::Users(_) | Target::Object(SipId { key: Some(_), .. }) => 0,
            _ => state.request_number(),
        },
    };
    if request.method() == Method::GET {
        let lag = match target {
            Target::Domains | Target::Users(_) => switches.list_lag,
            _ => Span::default(),
        };
        call.at = Some(state.snapshot(switches, lag));
        return Ok(state.storage.read(|store| read(store, &call, target))?);
    }
    let body = match *request.method() {
        Method::DELETE => None,
        _ => Some(object(request)?),
    };
    let change = move |store: &mut Store| write(store, &call, target, body).map_err(Failure::from);
    state.storage.write(change).await
}

fn read(store: &Store, call: &Call, target: Target) -> Outcome {
    match resolved(store, call, target) {
        Target::Domains => domains::list(store, call),
        Target::Users(domain) => users::list(store, call, &domain),
        Target::Object(id @ SipId { key: None, .. }) => domains::get(store, call, &id),
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
