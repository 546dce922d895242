//! Between the resource's attributes and the API's domain, and when the two mean the same.

use tfplugin::value::Value;

use crate::acl::CanonicalSet;
use crate::provider::hosts::{self, REGIONS};
use crate::vonage::psip::Domain;

/// What the API takes for one that it does not name.
const DEFAULT_ENCRYPTION: &str = "optional";
const DEFAULT_DOMAIN_TYPE: &str = "app";
/// More entries than a domain's ACL usually has.
const SHOWN_ENTRIES: usize = 20;

/// The domain that wholly known attributes describe.
pub(super) fn to_domain(object: &Value) -> Domain {
    let text = |name: &str| object.string_field(name).known().map(ToOwned::to_owned);
    let entries = object.elements_field("acl").known().unwrap_or_default();
    Domain {
        name: text("name").unwrap_or_default(),
        application_id: text("application_id"),
        acl: entries
            .iter()
            .filter_map(Value::as_str)
            .map(ToOwned::to_owned)
            .collect(),
        tls: text("tls"),
        srtp: text("srtp"),
        digest_auth: object.bool_field("digest_auth").known(),
        domain_type: text("domain_type"),
        unmanaged: serde_json::Map::new(),
    }
}

/// Whether two domains mean the same in one attribute.
type Comparison = fn(&Domain, &Domain) -> bool;

/// What an update can change. What the API leaves out of the second domain counts as the same: it says nothing to the
/// contrary.
const COMPARED: [(&str, Comparison); 6] = [
    ("acl", |one, other| {
        same_acl(texts(&one.acl), texts(&other.acl))
    }),
    ("application_id", |one, other| {
        let id = |domain: &Domain| domain.application_id.clone().unwrap_or_default();
        id(one).eq_ignore_ascii_case(&id(other))
    }),
    ("digest_auth", |one, other| {
        other.digest_auth.is_none() || one.digest_auth == other.digest_auth
    }),
    ("domain_type", |one, other| {
        same_text(one.domain_type.as_deref(), other.domain_type.as_deref())
    }),
    ("srtp", |one, other| {
        same_text(one.srtp.as_deref(), other.srtp.as_deref())
    }),
    ("tls", |one, other| {
        same_text(one.tls.as_deref(), other.tls.as_deref())
    }),
];

/// Whether the API's domain is the one wanted, in all that we manage.
pub(super) fn is_same(wanted: &Domain, found: &Domain) -> bool {
    wanted.name.eq_ignore_ascii_case(&found.name)
        && COMPARED.iter().all(|(_, same)| same(wanted, found))
}

/// The attributes that an update from `before` to `wanted` leaves alone, and that `found` has other values for.
pub(super) fn changed_by_others(
    before: &Domain,
    wanted: &Domain,
    found: &Domain,
) -> Vec<&'static str> {
    COMPARED
        .iter()
        .filter(|(_, same)| same(before, wanted) && !same(before, found))
        .map(|(name, _)| *name)
        .collect()
}

/// An attribute's value for a sentence.
pub(super) fn shown(attribute: &str, domain: &Domain) -> String {
    let text = |text: &Option<String>| text.as_deref().map(quoted);
    let value = match attribute {
        "acl" => Some(shown_acl(&domain.acl)),
        "application_id" => text(&domain.application_id),
        "digest_auth" => domain.digest_auth.map(|is_on| is_on.to_string()),
        "domain_type" => text(&domain.domain_type),
        "srtp" => text(&domain.srtp),
        "tls" => text(&domain.tls),
        _ => None,
    };
    value.unwrap_or_else(|| "no value".to_owned())
}

/// The beginning, for the API may hold anything.
fn quoted(text: &str) -> String {
    let shown: String = text.chars().take(60).collect();
    format!("{shown:?}")
}

/// The first entries, for a list may be long.
fn shown_acl(acl: &[String]) -> String {
    let mut entries: Vec<_> = acl.iter().map(|entry| quoted(entry)).collect();
    entries.sort_unstable();
    let more = entries.len().saturating_sub(SHOWN_ENTRIES);
    entries.truncate(SHOWN_ENTRIES);
    let more = match more {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("[{}]{more}", entries.join(", "))
}

/// The attributes after a read: the API's, in the state's own spelling wherever both mean the same.
pub(in crate::provider) fn refresh(prior: &Value, found: &Domain, sip_base_domain: &str) -> Value {
    let mut state = prior.clone();
    let name = keep_spelling(prior.attribute("name"), &found.name);
    let application_id = found.application_id.as_deref().filter(|id| !id.is_empty());
    let application_id =
        application_id.map(|id| keep_spelling(prior.attribute("application_id"), id));
    let choice = |attribute: &str, found: &Option<String>, default: &str| match found {
        Some(found) => keep_spelling(prior.attribute(attribute), found),
        None => or_default(prior.attribute(attribute), default.into()),
    };
    let digest_auth = found.digest_auth.map_or_else(
        || or_default(prior.attribute("digest_auth"), false.into()),
        Value::from,
    );
    state.set_attribute(
        "acl",
        keep_acl(
            prior.attribute("acl"),
            &Value::string_set(found.acl.iter().cloned()),
        ),
    );
    state.set_attribute("tls", choice("tls", &found.tls, DEFAULT_ENCRYPTION));
    state.set_attribute("srtp", choice("srtp", &found.srtp, DEFAULT_ENCRYPTION));
    state.set_attribute(
        "domain_type",
        choice("domain_type", &found.domain_type, DEFAULT_DOMAIN_TYPE),
    );
    state.set_attribute("digest_auth", digest_auth);
    state.set_attribute("application_id", application_id.unwrap_or(Value::Null));
    // Terraform's alone: the API has no such thing.
    state.set_attribute(
        "force_destroy",
        or_default(prior.attribute("force_destroy"), false.into()),
    );
    state.set_attribute(
        "regional_hosts",
        regional_hosts(name.as_str().unwrap_or_default(), sip_base_domain),
    );
    state.set_attribute("id", name.clone());
    state.set_attribute("name", name);
    state
}

/// The state after a write: the plan, and what was unknown in it from the API's answer.
pub(super) fn completed(planned: Value, answered: &Domain, sip_base_domain: &str) -> Value {
    if planned.is_wholly_known() {
        return planned;
    }
    let mut state = planned;
    let refreshed = refresh(&state, answered, sip_base_domain);
    for (attribute, value) in refreshed.as_entries().into_iter().flatten() {
        if !state.attribute(attribute).is_wholly_known() {
            state.set_attribute(attribute, value.clone());
        }
    }
    state
}

/// The first, where both are ACLs that let in the same addresses; the second otherwise.
pub(super) fn keep_acl(prior: &Value, other: &Value) -> Value {
    let entries = |value: &Value| -> Option<Vec<String>> {
        value
            .as_elements()?
            .iter()
            .map(|element| element.as_str().map(ToOwned::to_owned))
            .collect()
    };
    match (entries(prior), entries(other)) {
        (Some(before), Some(now)) if same_acl(texts(&before), texts(&now)) => prior.clone(),
        _ => other.clone(),
    }
}

/// The first, where it differs from the second in the case of letters alone; the second otherwise.
pub(in crate::provider) fn keep_spelling(prior: &Value, other: &str) -> Value {
    match prior.as_str() {
        Some(before) if before.eq_ignore_ascii_case(other) => prior.clone(),
        _ => other.into(),
    }
}

/// The SIP host in each region.
pub(super) fn regional_hosts(name: &str, sip_base_domain: &str) -> Value {
    let host = |region: &str| {
        let host = hosts::host(name, region, sip_base_domain);
        (region.to_owned(), host.into())
    };
    Value::Map(REGIONS.into_iter().map(host).collect())
}

fn texts(acl: &[String]) -> impl Iterator<Item = &str> {
    acl.iter().map(String::as_str)
}

fn same_text(one: Option<&str>, other: Option<&str>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        (_, None) => true,
        (None, Some(_)) => false,
    }
}

fn same_acl<'a>(one: impl Iterator<Item = &'a str>, other: impl Iterator<Item = &'a str>) -> bool {
    CanonicalSet::from_remote(one) == CanonicalSet::from_remote(other)
}

fn or_default(prior: &Value, default: Value) -> Value {
    if prior.is_null() {
        default
    } else {
        prior.clone()
    }
}

#[cfg(test)]
mod tests;
