//! Domains: list, create, get, update, delete.
//!
//! Writes are judged by what was written, reads by what is visible.

use http::StatusCode;
use serde_json::Value;
use tokio::time::Instant;

use super::answer::deleted;
use crate::sandbox::domain;
use crate::sandbox::json::Object;
use crate::sandbox::problem::{self, Problem};
use crate::sandbox::reply::Reply;
use crate::sandbox::state::State;
use crate::sandbox::store::Effect;
use crate::sandbox::switches::PutUnknown;

pub(super) fn list(state: &State) -> Reply {
    let domains: Vec<Object> = state.read(|store| {
        store
            .seen_domains(Instant::now())
            .into_iter()
            .cloned()
            .collect()
    });
    let shown: Vec<Value> = domains
        .into_iter()
        .map(|domain| shown(state, domain))
        .collect();
    Reply::json(StatusCode::OK, shown)
}

pub(super) fn get(state: &State, name: &str) -> Result<Reply, Problem> {
    let domain = state.read(|store| store.seen_domain(name, Instant::now()).cloned());
    let domain = domain.ok_or_else(problem::domain_not_found)?;
    Ok(Reply::json(StatusCode::OK, shown(state, domain)))
}

pub(super) fn create(state: &State, body: Object) -> Result<Reply, Problem> {
    let switches = state.switches();
    let domain = domain::accept(body, &switches)?;
    state.write(|store| {
        let name = domain
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if store.domain(name).is_some() {
            return Err(problem::taken(
                switches.duplicate_status.code(),
                "domain name",
            ));
        }
        store.put_domain(
            domain.clone(),
            Effect::After(switches.visibility_delay.create),
        );
        Ok(())
    })?;
    Ok(Reply::json(StatusCode::CREATED, shown(state, domain)))
}

/// Replaces the whole object: what the body leaves out has its default afterwards, or is gone.
pub(super) fn update(state: &State, name: &str, mut body: Object) -> Result<Reply, Problem> {
    let switches = state.switches();
    if body.entry("name").or_insert_with(|| name.into()) != name {
        return Err(problem::unprocessable("name cannot be changed"));
    }
    let domain = domain::accept(body, &switches)?;
    let status = state.write(|store| {
        let delay = switches.visibility_delay;
        let (status, delay) = match (store.domain(name), switches.put_unknown) {
            (Some(_), _) => (switches.put_status.code(), delay.update),
            (None, PutUnknown::Upsert) => (StatusCode::CREATED, delay.create),
            (None, PutUnknown::NotFound) => return Err(problem::domain_not_found()),
        };
        store.put_domain(domain.clone(), Effect::After(delay));
        Ok(status)
    })?;
    Ok(Reply::json(status, shown(state, domain)))
}

pub(super) fn delete(state: &State, name: &str, cascade: bool) -> Result<Reply, Problem> {
    let delay = state.switches().visibility_delay.delete;
    state.write(|store| {
        store.domain(name).ok_or_else(problem::domain_not_found)?;
        let users = store.users(name).len();
        if users > 0 && !cascade {
            return Err(problem::has_users(users));
        }
        store.delete_domain(name, Effect::After(delay));
        Ok(())
    })?;
    Ok(deleted(state))
}

/// The domain as answers show it.
fn shown(state: &State, mut domain: Object) -> Value {
    if let Some(Value::Array(acl)) = domain.get_mut("acl") {
        *acl = state.switches().acl_echo.echo(acl, state.turn());
    }
    domain.into()
}
