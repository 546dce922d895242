//! Users of a domain: list, create, get, update, delete. No specification of them is public.

use http::StatusCode;
use serde_json::{Value, json};

use super::ids::{self, SipId};
use super::lists;
use super::objects::{check_free, existing, merged, to_delete};
use super::problem::{self, Outcome, Problem};
use super::user::{self, MAX_USERS};
use super::view;
use super::writes::{deleted, written};
use crate::call::Call;
use crate::json::Object;
use crate::response::Response;
use crate::store::Store;
use crate::switches::{Policy, PutKey, PutUnknown, Switches, UserBody, WriteBody, WriteKind};

pub(super) fn list(store: &Store, call: &Call, domain: &str) -> Outcome {
    existing(store, call, &SipId::domain(domain))?;
    let users = ids::users(store, domain, call.at);
    let rows = users.map(|user| view::user(user, &call.switches));
    lists::respond(rows.collect(), "users", call)
}

pub(super) fn get(store: &Store, call: &Call, id: &SipId) -> Outcome {
    let shown = view::user(existing(store, call, id)?, &call.switches);
    Ok(Response::json(StatusCode::OK, shown))
}

pub(super) fn create(store: &mut Store, call: &Call, domain: &str, body: Object) -> Outcome {
    existing(store, call, &SipId::domain(domain))?;
    let user = user::accept(body, domain, &call.switches)?;
    check_free(store, call, &SipId::of_user(&user))?;
    add(store, call, user)
}

pub(super) fn update(store: &mut Store, call: &Call, id: &SipId, body: Object) -> Outcome {
    let switches = &call.switches;
    existing(store, call, &SipId::domain(&id.domain))?;
    let Some(old) = store.get(&id.id(), call.at) else {
        return match switches.user_put_unknown {
            PutUnknown::NotFound => Err(problem::not_found("user")),
            PutUnknown::Upsert => {
                let user = updated(id, None, body, switches)?;
                add(store, call, user)
            }
        };
    };
    let user = updated(id, Some(old), body, switches)?;
    let new_id = SipId::of_user(&user);
    if new_id != *id {
        check_free(store, call, &new_id)?;
        store.delete(&id.id(), call.effect(&id.id(), WriteKind::Update));
    }
    Ok(stored(store, call, user, WriteKind::Update))
}

/// The user that a PUT makes of the old one, if there is one.
fn updated(
    id: &SipId,
    old: Option<&Object>,
    body: Object,
    switches: &Switches,
) -> Result<Object, Problem> {
    let mut user = merged(old, body, switches.put_mode);
    let key = Value::from(id.key.as_deref());
    let sent = user.entry("key").or_insert_with(|| key.clone());
    if *sent != key {
        match switches.user_put_key {
            PutKey::Reject => {
                let status = switches.user_error_status;
                return Err(problem::invalid_user("User key cannot be changed", status));
            }
            PutKey::Ignore => *sent = key,
            PutKey::Rename => {}
        }
    }
    user::accept(user, &id.domain, switches)
}

pub(super) fn delete(store: &mut Store, call: &Call, id: &SipId) -> Outcome {
    let switches = &call.switches;
    let old = to_delete(store, call, id)?;
    if old.is_some() {
        store.delete(&id.id(), call.effect(&id.id(), WriteKind::Delete));
    }
    let shown = view::user(&old.unwrap_or_default(), switches);
    let (status, body) = (switches.user_delete_status, switches.delete_body);
    Ok(deleted(status, body, shown))
}

/// Stores one user more, where the domain has room for it and lets it in.
fn add(store: &mut Store, call: &Call, user: Object) -> Outcome {
    let switches = &call.switches;
    let domain = SipId::of_user(&user).domain;
    let refused = |detail: &str| problem::invalid_user(detail, switches.user_error_status);
    let max = switches.user_max.unwrap_or(MAX_USERS);
    if ids::users(store, &domain, call.at).count() >= max {
        return Err(refused(&format!("A domain can have at most {max} users")));
    }
    let has_digest = store
        .get(&SipId::domain(&domain).id(), call.at)
        .is_some_and(|domain| domain.get("digest_auth") == Some(&json!(true)));
    if switches.users_without_digest == Policy::Reject && !has_digest {
        return Err(refused("The domain does not use digest authentication"));
    }
    Ok(stored(store, call, user, WriteKind::Create))
}

/// Stores a user, and tells so.
fn stored(store: &mut Store, call: &Call, user: Object, kind: WriteKind) -> Response {
    let switches = &call.switches;
    let status = match kind {
        WriteKind::Create => switches.user_create_status,
        _ => switches.user_put_status,
    };
    let (body, shown) = match switches.user_body {
        UserBody::Object => (WriteBody::Object, view::user(&user, switches)),
        UserBody::Key => (WriteBody::Object, json!({ "key": user.get("key") })),
        UserBody::Empty => (WriteBody::Empty, Value::Null),
        UserBody::Text => (WriteBody::Text, Value::Null),
        UserBody::Braces => (WriteBody::Braces, Value::Null),
    };
    let id = SipId::of_user(&user).id();
    let effect = call.effect(&id, kind);
    store.put(id, user, effect);
    written(status, body, shown)
}
