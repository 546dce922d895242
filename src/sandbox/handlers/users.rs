//! Users of a domain: list, create, get, update, delete. No specification of them is public.

use http::StatusCode;
use serde_json::Value;
use tokio::time::Instant;

use super::answer::deleted;
use crate::sandbox::json::Object;
use crate::sandbox::problem::{self, Problem};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;
use crate::sandbox::store::{Effect, Store};
use crate::sandbox::switches::PutUnknown;
use crate::sandbox::user::{self, MAX_USERS};

pub(super) fn list(state: &State, domain: &str) -> Result<Reply, Problem> {
    let now = Instant::now();
    state.read(|store| {
        store
            .seen_domain(domain, now)
            .ok_or_else(problem::domain_not_found)?;
        let users: Vec<Value> = store
            .seen_users(domain, now)
            .into_iter()
            .map(user::shown)
            .collect();
        Ok(Reply::json(StatusCode::OK, users))
    })
}

pub(super) fn get(state: &State, domain: &str, key: &str) -> Result<Reply, Problem> {
    let now = Instant::now();
    state.read(|store| {
        store
            .seen_domain(domain, now)
            .ok_or_else(problem::domain_not_found)?;
        let found = store
            .seen_user(domain, key, now)
            .ok_or_else(problem::user_not_found)?;
        Ok(Reply::json(StatusCode::OK, user::shown(found)))
    })
}

pub(super) fn create(state: &State, domain: &str, body: Object) -> Result<Reply, Problem> {
    let switches = state.switches();
    state.write(|store| {
        store.domain(domain).ok_or_else(problem::domain_not_found)?;
        let user = user::accept(body, domain)?;
        let key = user.get("key").and_then(Value::as_str).unwrap_or_default();
        if store.user(domain, key).is_some() {
            return Err(problem::taken(switches.duplicate_status.code(), "user key"));
        }
        add(
            store,
            domain,
            user,
            Effect::After(switches.visibility_delay.create),
        )
    })
}

pub(super) fn update(
    state: &State,
    domain: &str,
    key: &str,
    mut body: Object,
) -> Result<Reply, Problem> {
    let switches = state.switches();
    state.write(|store| {
        store.domain(domain).ok_or_else(problem::domain_not_found)?;
        if body.entry("key").or_insert_with(|| key.into()) != key {
            return Err(problem::invalid_user("User key cannot be changed"));
        }
        let user = user::accept(body, domain)?;
        let delay = switches.visibility_delay;
        match (store.user(domain, key), switches.put_unknown) {
            (Some(_), _) => {
                let reply = Reply::json(switches.put_status.code(), user::shown(&user));
                store.put_user(user, Effect::After(delay.update));
                Ok(reply)
            }
            (None, PutUnknown::Upsert) => add(store, domain, user, Effect::After(delay.create)),
            (None, PutUnknown::NotFound) => Err(problem::user_not_found()),
        }
    })
}

pub(super) fn delete(state: &State, domain: &str, key: &str) -> Result<Reply, Problem> {
    let delay = state.switches().visibility_delay.delete;
    state.write(|store| {
        store.domain(domain).ok_or_else(problem::domain_not_found)?;
        store
            .user(domain, key)
            .ok_or_else(problem::user_not_found)?;
        store.delete_user(domain, key, Effect::After(delay));
        Ok::<(), Problem>(())
    })?;
    Ok(deleted(state))
}

/// Stores one user more, where the domain has room for it.
fn add(store: &mut Store, domain: &str, user: Object, effect: Effect) -> Result<Reply, Problem> {
    if store.users(domain).len() >= MAX_USERS {
        return Err(problem::invalid_user(&format!(
            "A domain can have at most {MAX_USERS} users"
        )));
    }
    let reply = Reply::json(StatusCode::CREATED, user::shown(&user));
    store.put_user(user, effect);
    Ok(reply)
}
