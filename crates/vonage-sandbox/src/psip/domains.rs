//! Domains: list, create, get, update, delete.
//!
//! Rules of writes look at what was written, reads at what is visible.

use std::sync::Arc;

use http::StatusCode;
use http::header::{ETAG, HeaderValue, IF_MATCH};
use serde_json::Value;

use super::domain;
use super::lists;
use super::names;
use super::problem::{self, Problem, unprocessable};
use super::store::Store;
use super::version;
use super::view;
use super::writes::{self, deleted};
use crate::json::Object;
use crate::request::{Request, header};
use crate::response::Response;
use crate::span::Span;
use crate::state::State;
use crate::state_file::text;
use crate::switches::{
    DeleteUnknown, DeleteWithUsers, Etag, PutDomainType, PutKey, PutMode, PutUnknown, Switches,
    WriteKind,
};
use crate::timeline::WRITTEN;

pub(super) fn list(state: &State, request: &Request) -> Result<Response, Problem> {
    let switches = state.switches();
    if switches.list_status != StatusCode::OK {
        return Err(problem::no_list(switches.list_status));
    }
    let snapshot = Some(state.snapshot(&switches, switches.list_lag));
    let number = state.response_number();
    let rows: Vec<Value> = state.storage.read(|store| {
        let seen = store.domains(snapshot).enumerate();
        seen.map(|(index, domain)| view::row(domain, &switches, number + index))
            .collect()
    });
    lists::respond(rows, "domains", request, &switches)
}

pub(super) fn get(state: &State, name: &str) -> Result<Response, Problem> {
    let switches = state.switches();
    let snapshot = Some(state.snapshot(&switches, Span::default()));
    let domain = state.storage.read(|store| {
        let name = names::resolved(store, &switches, name);
        store.domain(&name, snapshot).cloned()
    });
    let domain = domain.ok_or_else(problem::domain_not_found)?;
    let mut response = Response::json(
        StatusCode::OK,
        view::domain(&domain, &switches, state.response_number()),
    );
    if switches.etag != Etag::None {
        let etag = HeaderValue::from_str(&version::of(&domain)).ok();
        response.headers.extend(etag.map(|value| (ETAG, value)));
    }
    Ok(response)
}

pub(super) async fn create(state: &State, body: Object) -> Result<Response, Problem> {
    let switches = state.switches();
    let domain = domain::accept(body, &switches)?;
    let name = text(&domain, "name");
    if switches.is_foreign(&name) {
        return Err(problem::taken(switches.foreign_status, "domain name"));
    }
    let (stored, of_write) = (domain.clone(), Arc::clone(&switches));
    state
        .storage
        .write(move |store| {
            let name = names::resolved(store, &of_write, &name);
            if store.domain(&name, WRITTEN).is_some() {
                return Err(problem::taken(of_write.duplicate_status, "domain name"));
            }
            store.put_domain(stored, of_write.effect_on_domain(WriteKind::Create));
            Ok(())
        })
        .await?;
    Ok(written(state, &switches, switches.create_status, &domain))
}

/// Replaces the whole object: what the body leaves out has its default afterwards, or is gone, unless PUTs merge.
pub(super) async fn update(
    state: &State,
    name: &str,
    body: Object,
    request: &Request,
) -> Result<Response, Problem> {
    let switches = state.switches();
    let (of_write, name) = (Arc::clone(&switches), name.to_owned());
    let if_match = header(request.headers(), &IF_MATCH).map(str::to_owned);
    let change = move |store: &mut Store| {
        let name = names::resolved(store, &of_write, &name);
        let old = store.domain(&name, WRITTEN).cloned();
        if old.is_none() && of_write.put_unknown == PutUnknown::NotFound {
            return Err(problem::domain_not_found());
        }
        if let Some(old) = &old {
            version::check(old, if_match.as_deref(), &of_write)?;
        }
        let domain = updated(&name, old.as_ref(), body, &of_write)?;
        let kind = if old.is_some() {
            WriteKind::Update
        } else {
            WriteKind::Create
        };
        let new_name = text(&domain, "name");
        if old.is_some() && new_name != name {
            if store.domain(&new_name, WRITTEN).is_some() {
                return Err(problem::taken(of_write.duplicate_status, "domain name"));
            }
            store.rename_domain(&name, &new_name, of_write.effect_on_domain(kind));
        }
        store.put_domain(domain.clone(), of_write.effect_on_domain(kind));
        let status = if old.is_some() {
            of_write.put_status
        } else {
            of_write.create_status
        };
        Ok((status, domain))
    };
    let (status, domain) = state.storage.write(change).await?;
    Ok(written(state, &switches, status, &domain))
}

/// The domain that a PUT makes of the old one, if there is one.
fn updated(
    name: &str,
    old: Option<&Object>,
    body: Object,
    switches: &Switches,
) -> Result<Object, Problem> {
    let mut domain = match old {
        Some(old) if switches.put_mode == PutMode::Merge => old.clone(),
        _ => Object::new(),
    };
    domain.extend(body);
    let sent = domain.entry("name").or_insert_with(|| name.into());
    let is_same = sent
        .as_str()
        .is_some_and(|sent| names::same(switches, sent, name));
    match switches.put_name {
        // The same name in another case is none other: it stays as it was made.
        _ if is_same => *sent = name.into(),
        PutKey::Reject => return Err(unprocessable("name cannot be changed")),
        PutKey::Ignore => *sent = name.into(),
        PutKey::Rename => {}
    }
    let mut domain = domain::accept(domain, switches)?;
    let Some(old) = old else { return Ok(domain) };
    let old_type = old.get("domain_type").cloned().unwrap_or_default();
    if domain.get("domain_type") != Some(&old_type) {
        match switches.put_domain_type {
            PutDomainType::Accept => {}
            PutDomainType::Reject => {
                return Err(unprocessable("domain_type cannot be changed"));
            }
            PutDomainType::Ignore => {
                domain.insert("domain_type".into(), old_type);
            }
        }
    }
    Ok(domain)
}

pub(super) async fn delete(
    state: &State,
    name: &str,
    cascade: bool,
    request: &Request,
) -> Result<Response, Problem> {
    let switches = state.switches();
    let (of_write, name) = (Arc::clone(&switches), name.to_owned());
    let if_match = header(request.headers(), &IF_MATCH).map(str::to_owned);
    let change = move |store: &mut Store| {
        let name = names::resolved(store, &of_write, &name);
        let Some(old) = store.domain(&name, WRITTEN).cloned() else {
            return match of_write.delete_unknown {
                DeleteUnknown::NotFound => Err(problem::domain_not_found()),
                DeleteUnknown::Succeed => Ok(Object::new()),
            };
        };
        version::check(&old, if_match.as_deref(), &of_write)?;
        let users = store.users(&name, WRITTEN).len();
        let is_refused = of_write.delete_with_users == DeleteWithUsers::Reject && !cascade;
        if users > 0 && is_refused {
            return Err(problem::has_users(users, of_write.has_users_status));
        }
        store.delete_domain(&name, of_write.effect_on_domain(WriteKind::Delete));
        Ok(old)
    };
    let old = state.storage.write(change).await?;
    let shown = view::domain(&old, &switches, state.response_number());
    Ok(deleted(
        switches.delete_status,
        switches.delete_body,
        shown.into(),
    ))
}

/// The response to a write that worked.
fn written(state: &State, switches: &Switches, status: StatusCode, domain: &Object) -> Response {
    let shown = view::domain(domain, switches, state.response_number());
    writes::written(status, switches.write_body, shown.into())
}
