//! Users of a domain: list, create, get, update, delete. No specification of them is public.

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Value, json};

use super::lists;
use super::names;
use super::problem::{self, Problem};
use super::store::Store;
use super::user::{self, MAX_USERS};
use super::view;
use super::writes::{self, deleted};
use crate::json::Object;
use crate::request::Request;
use crate::response::Response;
use crate::span::Span;
use crate::state::State;
use crate::state_file::text;
use crate::switches::{
    DeleteUnknown, Policy, PutKey, PutMode, PutUnknown, Switches, UserBody, WriteBody, WriteKind,
};
use crate::timeline::WRITTEN;

pub(super) fn list(state: &State, domain: &str, request: &Request) -> Result<Response, Problem> {
    let switches = state.switches();
    let snapshot = Some(state.snapshot(&switches, switches.list_lag));
    let rows = state.storage.read(|store| {
        let domain = names::resolved(store, &switches, domain);
        store.domain(&domain, snapshot)?;
        let users = store.users(&domain, snapshot).into_iter();
        Some(
            users
                .map(|user| view::user(user, &switches))
                .collect::<Vec<Value>>(),
        )
    });
    let rows = rows.ok_or_else(problem::domain_not_found)?;
    lists::respond(rows, "users", request, &switches)
}

pub(super) fn get(state: &State, domain: &str, key: &str) -> Result<Response, Problem> {
    let switches = state.switches();
    let snapshot = Some(state.snapshot(&switches, Span::default()));
    state.storage.read(|store| {
        let domain = names::resolved(store, &switches, domain);
        store
            .domain(&domain, snapshot)
            .ok_or_else(problem::domain_not_found)?;
        let found = store
            .user(&domain, key, snapshot)
            .ok_or_else(problem::user_not_found)?;
        Ok(Response::json(StatusCode::OK, view::user(found, &switches)))
    })
}

pub(super) async fn create(state: &State, domain: &str, body: Object) -> Result<Response, Problem> {
    let switches = state.switches();
    let domain = domain.to_owned();
    let change = move |store: &mut Store| {
        let domain = existing_domain(store, &switches, &domain)?;
        let user = user::accept(body, &domain, &switches)?;
        if store.user(&domain, &text(&user, "key"), WRITTEN).is_some() {
            return Err(problem::taken(switches.duplicate_status, "user key"));
        }
        add(store, &domain, user, &switches)
    };
    state.storage.write(change).await
}

pub(super) async fn update(
    state: &State,
    domain: &str,
    key: &str,
    body: Object,
) -> Result<Response, Problem> {
    let switches = state.switches();
    let (domain, key) = (domain.to_owned(), key.to_owned());
    let change = move |store: &mut Store| {
        let domain = existing_domain(store, &switches, &domain)?;
        let Some(old) = store.user(&domain, &key, WRITTEN).cloned() else {
            return match switches.user_put_unknown {
                PutUnknown::NotFound => Err(problem::user_not_found()),
                PutUnknown::Upsert => add(
                    store,
                    &domain,
                    updated(&domain, &key, None, body, &switches)?,
                    &switches,
                ),
            };
        };
        let user = updated(&domain, &key, Some(&old), body, &switches)?;
        let effect = switches.effect_on_user(WriteKind::Update);
        let new_key = text(&user, "key");
        if new_key != key {
            if store.user(&domain, &new_key, WRITTEN).is_some() {
                return Err(problem::taken(switches.duplicate_status, "user key"));
            }
            store.delete_user(&domain, &key, effect);
        }
        let response = written(&user, switches.user_put_status, &switches);
        store.put_user(user, effect);
        Ok(response)
    };
    state.storage.write(change).await
}

/// The user that a PUT makes of the old one, if there is one.
fn updated(
    domain: &str,
    key: &str,
    old: Option<&Object>,
    body: Object,
    switches: &Switches,
) -> Result<Object, Problem> {
    let mut user = match old {
        Some(old) if switches.put_mode == PutMode::Merge => old.clone(),
        _ => Object::new(),
    };
    user.extend(body);
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

pub(super) async fn delete(state: &State, domain: &str, key: &str) -> Result<Response, Problem> {
    let switches = state.switches();
    let (of_write, domain, key) = (Arc::clone(&switches), domain.to_owned(), key.to_owned());
    let change = move |store: &mut Store| {
        let found = existing_domain(store, &of_write, &domain);
        let found = found.and_then(|domain| {
            let user = store
                .user(&domain, &key, WRITTEN)
                .cloned()
                .ok_or_else(problem::user_not_found)?;
            store.delete_user(&domain, &key, of_write.effect_on_user(WriteKind::Delete));
            Ok(user)
        });
        match of_write.delete_unknown {
            DeleteUnknown::NotFound => found,
            DeleteUnknown::Succeed => Ok(found.unwrap_or_default()),
        }
    };
    let old = state.storage.write(change).await?;
    let shown = view::user(&old, &switches);
    Ok(deleted(
        switches.user_delete_status,
        switches.delete_body,
        shown,
    ))
}

fn existing_domain(store: &Store, switches: &Switches, name: &str) -> Result<String, Problem> {
    let name = names::resolved(store, switches, name);
    store
        .domain(&name, WRITTEN)
        .ok_or_else(problem::domain_not_found)?;
    Ok(name)
}

/// Stores one user more, where the domain has room for it and lets it in.
fn add(
    store: &mut Store,
    domain: &str,
    user: Object,
    switches: &Switches,
) -> Result<Response, Problem> {
    let refused = |detail: &str| problem::invalid_user(detail, switches.user_error_status);
    let max = switches.user_max.unwrap_or(MAX_USERS);
    if store.users(domain, WRITTEN).len() >= max {
        return Err(refused(&format!("A domain can have at most {max} users")));
    }
    let has_digest = store
        .domain(domain, WRITTEN)
        .is_some_and(|domain| domain.get("digest_auth") == Some(&json!(true)));
    if switches.users_without_digest == Policy::Reject && !has_digest {
        return Err(refused("The domain does not use digest authentication"));
    }
    let response = written(&user, switches.user_create_status, switches);
    store.put_user(user, switches.effect_on_user(WriteKind::Create));
    Ok(response)
}

/// The response to a write that worked.
fn written(user: &Object, status: StatusCode, switches: &Switches) -> Response {
    let (body, shown) = match switches.user_body {
        UserBody::Object => (WriteBody::Object, view::user(user, switches)),
        UserBody::Key => (WriteBody::Object, json!({ "key": user.get("key") })),
        UserBody::Empty => (WriteBody::Empty, Value::Null),
        UserBody::Text => (WriteBody::Text, Value::Null),
        UserBody::Braces => (WriteBody::Braces, Value::Null),
    };
    writes::written(status, body, shown)
}
