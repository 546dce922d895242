//! Applications: create, get, update, delete, and what every operation needs before its own rules.

use std::sync::Arc;

use http::{Method, StatusCode};
use serde_json::Value;

use super::application::{self, Accepted};
use super::ids::{self, resolved};
use super::keys::PUBLIC_KEY;
use super::problem::{self, Invalid};
use super::router::{self, Target};
use super::{APPLICATION, list, view};
use crate::apis::Failure;
use crate::call::Call;
use crate::json::{self, Object};
use crate::numbers::{self, NUMBER};
use crate::problem::{Outcome, Problem};
use crate::psip::DOMAIN;
use crate::request::{Request, accepts_json, is_json};
use crate::response::Response;
use crate::span::Span;
use crate::state::State;
use crate::state_file::text;
use crate::store::{ObjectId, Store};
use crate::switches::{DeleteLinked, Policy, PutPrivateKey, Switches, WriteKind};
use crate::timeline::WRITTEN;

pub(crate) async fn operate(
    state: &State,
    switches: &Arc<Switches>,
    request: &Request,
) -> Result<Response, Failure> {
    let target = router::route(request.method(), request.uri().path())?;
    if !accepts_json(request) {
        return Err(problem::wrong_accept().into());
    }
    let mut call = Call {
        request: request.clone(),
        switches: Arc::clone(switches),
        at: WRITTEN,
        number: 0,
    };
    match *request.method() {
        Method::GET => {
            let lag = match target {
                Target::All => switches.list_lag,
                Target::One(_) => Span::default(),
            };
            call.at = Some(state.snapshot(switches, lag));
            let read = |store: &Store| match target {
                Target::All => list::list(store, &call),
                Target::One(id) => get(store, &call, &id),
            };
            return Ok(state.storage.read(read)?);
        }
        Method::POST => call.number = state.request_number(),
        _ => {}
    }
    let body = match *request.method() {
        Method::DELETE => None,
        _ => Some(object(request)?),
    };
    let change = move |store: &mut Store| {
        let outcome = match (target, body) {
            (Target::All, Some(body)) => create(store, &call, body),
            (Target::One(id), Some(body)) => update(store, &call, &id, body),
            (Target::One(id), None) => delete(store, &call, &id),
            (Target::All, None) => Err(problem::wrong_verb(call.request.method(), "GET, POST")),
        };
        outcome.map_err(Failure::from)
    };
    state.storage.write(change).await
}

/// The body's object.
fn object(request: &Request) -> Result<Object, Problem> {
    if !is_json(request) {
        return Err(problem::wrong_content_type());
    }
    json::object(request.body()).map_err(|error| problem::invalid_json(&error.to_string()))
}

/// The status that everything about a disabled application gets, if it does.
pub(super) fn check_enabled(application: &Object, switches: &Switches) -> Option<StatusCode> {
    let switches = &switches.applications;
    let mut disabled = switches.disabled_applications.iter();
    let is_disabled = disabled.any(|name| application::is_named(application, name.trim()));
    Some(switches.disabled_status).filter(|status| is_disabled && *status != StatusCode::OK)
}

/// The application with the ID that was sent.
fn existing<'a>(store: &'a Store, call: &Call, sent: &str) -> Result<&'a Object, Problem> {
    let found = store.get(&resolved(store, &call.switches, sent), call.at);
    let application = found.ok_or_else(|| problem::not_found(sent))?;
    match check_enabled(application, &call.switches) {
        None => Ok(application),
        Some(StatusCode::NOT_FOUND) => Err(problem::not_found(sent)),
        Some(_) => Err(problem::forbidden()),
    }
}

fn get(store: &Store, call: &Call, sent: &str) -> Outcome {
    let shown = view::application(existing(store, call, sent)?, &call.switches);
    Ok(Response::json(StatusCode::OK, shown))
}

fn create(store: &mut Store, call: &Call, mut body: Object) -> Outcome {
    // An ID in the body counts, though no document says so.
    let sent_id = body.remove("id");
    let accepted = application::accept(body, None, &call.switches)?;
    check_unnamed(store, call, &accepted.application, None)?;
    let id = match &sent_id {
        None => ids::free(store, call.number),
        Some(sent) => sent_free_id(store, sent)?,
    };
    let shown = stored(store, call, id, accepted, WriteKind::Create);
    Ok(Response::json(StatusCode::CREATED, shown))
}

fn update(store: &mut Store, call: &Call, sent: &str, body: Object) -> Outcome {
    let old = existing(store, call, sent)?;
    let accepted = application::accept(body, Some(old), &call.switches)?;
    let id = ObjectId::of(&APPLICATION, old);
    check_unnamed(store, call, &accepted.application, Some(&id))?;
    let shown = stored(store, call, id, accepted, WriteKind::Update);
    Ok(Response::json(StatusCode::OK, shown))
}

fn delete(store: &mut Store, call: &Call, sent: &str) -> Outcome {
    let id = ObjectId::of(&APPLICATION, existing(store, call, sent)?);
    let policy = call.switches.applications.application_delete_linked;
    let unlinked = match policy {
        DeleteLinked::Dangle => Vec::new(),
        _ => unlinked(store, call, &id),
    };
    if policy == DeleteLinked::Reject && !unlinked.is_empty() {
        let detail = format!(
            "The application is used by {} SIP domain(s) or number(s)",
            unlinked.len()
        );
        return Err(problem::conflict(&detail));
    }
    for (linked, object) in unlinked {
        let effect = call.effect(&linked, WriteKind::Update);
        store.put(linked, object, effect);
    }
    store.delete(&id, call.effect(&id, WriteKind::Delete));
    Ok(Response::empty(StatusCode::NO_CONTENT))
}

/// The domains and numbers that refer to an application, as they are without it.
fn unlinked(store: &Store, call: &Call, id: &ObjectId) -> Vec<(ObjectId, Object)> {
    let is_it = |sent: &str| resolved(store, &call.switches, sent) == *id;
    let domains = store.list(&DOMAIN, &[], WRITTEN).filter_map(|domain| {
        let mut rest = domain.clone();
        let linked = rest.remove("application_id")?;
        linked
            .as_str()
            .is_some_and(is_it)
            .then_some((&DOMAIN, rest))
    });
    let numbers = store
        .list(&NUMBER, &[], WRITTEN)
        .filter_map(|number| Some((&NUMBER, numbers::unlinked(number, is_it)?)));
    domains
        .chain(numbers)
        .map(|(kind, object)| (ObjectId::of(kind, &object), object))
        .collect()
}

/// Refuses the name of another application, where names are unique.
fn check_unnamed(
    store: &Store,
    call: &Call,
    application: &Object,
    own: Option<&ObjectId>,
) -> Result<(), Problem> {
    let name = text(application, "name");
    let mut others = store.list(&APPLICATION, &[], WRITTEN);
    let is_taken = call.switches.applications.application_duplicate_names == Policy::Reject
        && others.any(|other| {
            application::is_named(other, &name) && own != Some(&ObjectId::of(&APPLICATION, other))
        });
    if is_taken {
        return Err(refused("name", "is already in use"));
    }
    Ok(())
}

fn refused(name: &str, reason: &str) -> Problem {
    let (name, reason) = (name.to_owned(), reason.to_owned());
    problem::invalid_payload(&[Invalid { name, reason }])
}

fn sent_free_id(store: &Store, sent: &Value) -> Result<ObjectId, Problem> {
    let Some(sent) = sent.as_str().filter(|sent| !sent.is_empty()) else {
        return Err(refused("id", "must be a UUID"));
    };
    let id = ObjectId::new(&APPLICATION, [sent]);
    match store.get(&id, WRITTEN) {
        None => Ok(id),
        Some(_) => Err(refused("id", "is already in use")),
    }
}

/// Stores an application, and shows it as the response to the write does.
fn stored(
    store: &mut Store,
    call: &Call,
    id: ObjectId,
    accepted: Accepted,
    kind: WriteKind,
) -> Object {
    let Accepted {
        mut application,
        has_new_keys,
    } = accepted;
    let key = id.key.first().map(String::as_str);
    application.insert("id".into(), key.into());
    let shown = view::application(&application, &call.switches);
    let is_own_pair = application
        .get("keys")
        .is_some_and(|keys| keys.get("public_key").is_some_and(|key| key == PUBLIC_KEY));
    let shows_again =
        call.switches.applications.application_put_private_key == PutPrivateKey::Shown;
    let effect = call.effect(&id, kind);
    store.put(id, application, effect);
    if has_new_keys || (kind == WriteKind::Update && is_own_pair && shows_again) {
        view::with_private_key(shown)
    } else {
        shown
    }
}
