//! Users of a domain: list, create, get, update, delete. No specification of them is public.

use http::StatusCode;
use serde_json::{Value, json};

use super::lists;
use super::names;
use super::operations::Call;
use super::problem::{self, Problem};
use super::store::{ObjectId, Store};
use super::user::{self, MAX_USERS};
use super::view;
use super::writes::{self, deleted};
use crate::json::Object;
use crate::response::Response;
use crate::switches::{
    DeleteUnknown, Policy, PutKey, PutUnknown, Switches, UserBody, WriteBody, WriteKind,
};

pub(super) fn list(store: &Store, call: &Call, domain: &str) -> Result<Response, Problem> {
    let domain = names::existing(store, call, domain)?;
    let users = store.users(&domain, call.at);
    let rows = users.map(|user| view::user(user, &call.switches));
    lists::respond(rows.collect(), "users", call)
}

pub(super) fn get(
    store: &Store,
    call: &Call,
    domain: &str,
    key: &str,
) -> Result<Response, Problem> {
    let (_, user) = existing(store, call, domain, key)?;
    let shown = view::user(user, &call.switches);
    Ok(Response::json(StatusCode::OK, shown))
}

pub(super) fn create(
    store: &mut Store,
    call: &Call,
    domain: &str,
    body: Object,
) -> Result<Response, Problem> {
    let domain = names::existing(store, call, domain)?;
    let user = user::accept(body, &domain, &call.switches)?;
    writes::check_free(store, call, &ObjectId::of_user(&user))?;
    add(store, call, user)
}

pub(super) fn update(
    store: &mut Store,
    call: &Call,
    domain: &str,
    key: &str,
    body: Object,
) -> Result<Response, Problem> {
    let switches = &call.switches;
    let id = ObjectId::user(&names::existing(store, call, domain)?, key);
    let old = store.get(&id, call.at);
    if old.is_none() && switches.user_put_unknown == PutUnknown::NotFound {
        return Err(problem::user_not_found());
    }
    let is_new = old.is_none();
    let user = updated(&id.domain, key, old, body, switches)?;
    if is_new {
        return add(store, call, user);
    }
    let new_id = ObjectId::of_user(&user);
    if new_id != id {
        writes::check_free(store, call, &new_id)?;
        store.delete(id, switches.effect_on_user(WriteKind::Update));
    }
    Ok(stored(store, call, user, WriteKind::Update))
}

/// The user that a PUT makes of the old one, if there is one.
fn updated(
    domain: &str,
    key: &str,
    old: Option<&Object>,
    body: Object,
    switches: &Switches,
) -> Result<Object, Problem> {
    let mut user = writes::merged(old, body, switches.put_mode);
    let sent = user.entry("key").or_insert_with(|| key.into());
    if *sent != key {
        match switches.user_put_key {
            PutKey::Reject => {
                let status = switches.user_error_status;
                return Err(problem::invalid_user("User key cannot be changed", status));
            }
            PutKey::Ignore => *sent = key.into(),
            PutKey::Rename => {}
        }
    }
    user::accept(user, domain, switches)
}

pub(super) fn delete(
    store: &mut Store,
    call: &Call,
    domain: &str,
    key: &str,
) -> Result<Response, Problem> {
    let switches = &call.switches;
    let found = existing(store, call, domain, key).map(|(id, user)| (id, user.clone()));
    let old = match found {
        Ok((id, user)) => {
            store.delete(id, switches.effect_on_user(WriteKind::Delete));
            user
        }
        Err(_) if switches.delete_unknown == DeleteUnknown::Succeed => Object::new(),
        Err(problem) => return Err(problem),
    };
    let shown = view::user(&old, switches);
    let (status, body) = (switches.user_delete_status, switches.delete_body);
    Ok(deleted(status, body, shown))
}

fn existing<'a>(
    store: &'a Store,
    call: &Call,
    domain: &str,
    key: &str,
) -> Result<(ObjectId, &'a Object), Problem> {
    let id = ObjectId::user(&names::existing(store, call, domain)?, key);
    let user = store
        .get(&id, call.at)
        .ok_or_else(problem::user_not_found)?;
    Ok((id, user))
}

/// Stores one user more, where the domain has room for it and lets it in.
fn add(store: &mut Store, call: &Call, user: Object) -> Result<Response, Problem> {
    let switches = &call.switches;
    let domain = ObjectId::of_user(&user).domain;
    let refused = |detail: &str| problem::invalid_user(detail, switches.user_error_status);
    let max = switches.user_max.unwrap_or(MAX_USERS);
    if store.users(&domain, call.at).count() >= max {
        return Err(refused(&format!("A domain can have at most {max} users")));
    }
    let has_digest = store
        .get(&ObjectId::domain(&domain), call.at)
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
    let id = ObjectId::of_user(&user);
    store.put(id, user, switches.effect_on_user(kind));
    writes::written(status, body, shown)
}
