//! Domains: list, create, get, update, delete.

use http::StatusCode;
use http::header::{ETAG, HeaderValue};
use serde_json::Value;

use super::domain;
use super::ids::{self, SipId};
use super::lists;
use super::names;
use super::objects::{check_free, existing, merged, to_delete};
use super::problem::{self, Outcome, Problem, unprocessable};
use super::version;
use super::view;
use super::writes::{deleted, written};
use crate::applications;
use crate::call::Call;
use crate::json::Object;
use crate::request::query_value;
use crate::response::Response;
use crate::state_file::text;
use crate::store::Store;
use crate::switches::{
    ApplicationCheck, DeleteWithUsers, Etag, PutDomainType, PutKey, PutUnknown, Switches, WriteKind,
};

pub(super) fn list(store: &Store, call: &Call) -> Outcome {
    let switches = &call.switches;
    if switches.list_status != StatusCode::OK {
        return Err(problem::no_list(switches.list_status));
    }
    let seen = ids::domains(store, call.at).enumerate();
    let rows = seen.map(|(index, domain)| view::row(domain, switches, call.number + index));
    lists::respond(rows.collect(), "domains", call)
}

pub(super) fn get(store: &Store, call: &Call, id: &SipId) -> Outcome {
    let domain = existing(store, call, id)?;
    let shown = view::domain(domain, &call.switches, call.number);
    let mut response = Response::json(StatusCode::OK, shown);
    if call.switches.etag != Etag::None {
        let etag = HeaderValue::from_str(&version::of(domain)).ok();
        response.headers.extend(etag.map(|value| (ETAG, value)));
    }
    Ok(response)
}

pub(super) fn create(store: &mut Store, call: &Call, body: Object) -> Outcome {
    let switches = &call.switches;
    let domain = domain::accept(body, switches)?;
    check_application(store, &domain, switches)?;
    let name = text(&domain, "name");
    if switches.is_foreign(&name) {
        return Err(problem::taken(switches.foreign_status, "domain name"));
    }
    let id = SipId::domain(&names::resolved(store, switches, &name));
    check_free(store, call, &id)?;
    Ok(stored(store, call, domain, WriteKind::Create))
}

/// Replaces the whole object: what the body leaves out has its default afterwards, or is gone, unless PUTs merge.
pub(super) fn update(store: &mut Store, call: &Call, id: &SipId, body: Object) -> Outcome {
    let switches = &call.switches;
    let old = store.get(&id.id(), call.at).cloned();
    let kind = match &old {
        Some(old) => {
            version::check(old, call)?;
            WriteKind::Update
        }
        None if switches.put_unknown == PutUnknown::NotFound => {
            return Err(problem::not_found("domain"));
        }
        None => WriteKind::Create,
    };
    let domain = updated(&id.domain, old.as_ref(), body, switches)?;
    check_application(store, &domain, switches)?;
    let new_id = SipId::of_domain(&domain);
    if old.is_some() && new_id != *id {
        check_free(store, call, &new_id)?;
        ids::rename(
            store,
            &id.domain,
            &new_id.domain,
            call.effect(&id.id(), kind),
        );
    }
    Ok(stored(store, call, domain, kind))
}

/// The domain that a PUT makes of the old one, if there is one.
fn updated(
    name: &str,
    old: Option<&Object>,
    body: Object,
    switches: &Switches,
) -> Result<Object, Problem> {
    let mut domain = merged(old, body, switches.put_mode);
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

pub(super) fn delete(store: &mut Store, call: &Call, id: &SipId) -> Outcome {
    let switches = &call.switches;
    let old = to_delete(store, call, id)?;
    if let Some(old) = &old {
        version::check(old, call)?;
        let users = ids::users(store, &id.domain, call.at).count();
        let cascades = switches.delete_with_users == DeleteWithUsers::Cascade
            || query_value(&call.request, "cascade").as_deref() == Some("true");
        if users > 0 && !cascades {
            return Err(problem::has_users(users, switches.has_users_status));
        }
        store.delete(&id.id(), call.effect(&id.id(), WriteKind::Delete));
    }
    let shown = view::domain(&old.unwrap_or_default(), switches, call.number);
    let (status, body) = (switches.delete_status, switches.delete_body);
    Ok(deleted(status, body, shown.into()))
}

/// Refuses a domain whose application cannot be called, where that is checked.
fn check_application(store: &Store, domain: &Object, switches: &Switches) -> Result<(), Problem> {
    let status = match switches.application_check {
        ApplicationCheck::None => return Ok(()),
        ApplicationCheck::BadRequest => 400,
        ApplicationCheck::NotFound => 404,
        ApplicationCheck::Unprocessable => 422,
    };
    match domain.get("application_id").and_then(Value::as_str) {
        Some(id) if !applications::has_voice(store, switches, id) => {
            Err(problem::unknown_application(status))
        }
        _ => Ok(()),
    }
}

/// Stores a domain, and tells so.
fn stored(store: &mut Store, call: &Call, domain: Object, kind: WriteKind) -> Response {
    let switches = &call.switches;
    let status = match kind {
        WriteKind::Create => switches.create_status,
        _ => switches.put_status,
    };
    let shown = view::domain(&domain, switches, call.number);
    let id = SipId::of_domain(&domain).id();
    let effect = call.effect(&id, kind);
    store.put(id, domain, effect);
    written(status, switches.write_body, shown.into())
}
