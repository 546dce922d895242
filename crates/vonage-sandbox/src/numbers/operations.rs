//! List and update, and what both need before their own rules.

use std::sync::Arc;

use http::{Method, StatusCode};
use serde_json::json;

use super::fields::{self, Fields, is_country, is_msisdn};
use super::problem::{self, failed};
use super::{LIST_PATH, NUMBER, UPDATE_PATH, callbacks, list, update, view};
use crate::apis::Failure;
use crate::call::Call;
use crate::problem::{Outcome, wrong_method};
use crate::request::{Request, accepts_json, form_pairs};
use crate::response::Response;
use crate::state::State;
use crate::store::{ObjectId, Store};
use crate::switches::{NotOwned, NumberAccess, Switches, WriteKind};
use crate::timeline::WRITTEN;

pub(crate) async fn operate(
    state: &State,
    switches: &Arc<Switches>,
    request: &Request,
) -> Result<Response, Failure> {
    let is_list = request.uri().path() == LIST_PATH;
    let (method, allow) = if is_list {
        (Method::GET, "GET")
    } else {
        (Method::POST, "POST")
    };
    if *request.method() != method {
        return Err(wrong_method(allow).into());
    }
    if !accepts_json(request) {
        return Err(problem::wrong_accept().into());
    }
    match switches.numbers.number_access {
        NumberAccess::Granted => {}
        NumberAccess::Empty => return Ok(Response::json(StatusCode::OK, json!({}))),
        NumberAccess::Forbidden => return Ok(Response::json(StatusCode::FORBIDDEN, json!({}))),
    }
    let mut call = Call {
        request: request.clone(),
        switches: Arc::clone(switches),
        at: WRITTEN,
        number: 0,
    };
    if is_list {
        call.at = Some(state.snapshot(switches, switches.list_lag));
        return Ok(state.storage.read(|store| list::list(store, &call))?);
    }
    let sent = fields::read(form_pairs(request).unwrap_or_default(), &update::KNOWN)?;
    let change = move |store: &mut Store| update(store, &call, &sent).map_err(Failure::from);
    state.storage.write(change).await
}

/// The form of an update.
pub(crate) fn form_of(request: &Request) -> Option<Vec<(String, String)>> {
    let is_update = request.uri().path() == UPDATE_PATH;
    form_pairs(request).filter(|_| is_update)
}

/// The number that an update is about, to lock it.
pub(crate) fn named(request: &Request) -> Option<Vec<String>> {
    let pairs = form_of(request)?;
    let value = |name| pairs.iter().find(|(key, _)| key == name);
    let key = NUMBER.key.iter().map(|name| value(*name));
    key.map(|pair| pair.map(|(_, value)| value.clone()))
        .collect()
}

fn update(store: &mut Store, call: &Call, sent: &Fields) -> Outcome {
    let field = |name: &str| sent.get(name).map(String::as_str).unwrap_or_default();
    let (country, msisdn) = (field("country"), field("msisdn"));
    if !is_country(country) {
        return Err(failed("country must be two letters in upper case"));
    }
    if !is_msisdn(msisdn) {
        return Err(failed("msisdn must have digits alone"));
    }
    callbacks::check(sent).map_err(|reason| failed(&reason))?;
    let id = ObjectId::new(&NUMBER, [country, msisdn]);
    let Some(old) = store.get(&id, WRITTEN) else {
        return match call.switches.numbers.number_not_owned {
            NotOwned::Reject => Err(failed("the account does not own this number")),
            NotOwned::Ignore => Ok(view::success()),
        };
    };
    let number = update::updated(store, &call.switches, old, sent)?;
    let effect = call.effect(&id, WriteKind::Update);
    store.put(id, number, effect);
    Ok(view::success())
}
