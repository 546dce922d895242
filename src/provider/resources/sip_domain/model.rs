//! Between the resource's attributes and the API's domain, and when the two mean the same.

use crate::acl::CanonicalSet;
use crate::provider::hosts::{self, REGIONS};
use crate::tfplugin::value::Value;
use crate::vonage::psip::Domain;

/// What the API takes for one that it does not name.
const DEFAULT_ENCRYPTION: &str = "optional";
const DEFAULT_DOMAIN_TYPE: &str = "app";

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

/// Whether the API's domain is the one wanted, in all that we manage. What the API leaves out counts as wanted: it says
/// nothing to the contrary.
pub(super) fn is_same(wanted: &Domain, found: &Domain) -> bool {
    let same_text = |wanted: &Option<String>, found: &Option<String>| match (wanted, found) {
        (Some(wanted), Some(found)) => wanted.eq_ignore_ascii_case(found),
        (_, None) => true,
        (None, Some(_)) => false,
    };
    let wanted_application = wanted.application_id.as_deref().unwrap_or_default();
    let found_application = found.application_id.as_deref().unwrap_or_default();
    wanted.name.eq_ignore_ascii_case(&found.name)
        && wanted_application.eq_ignore_ascii_case(found_application)
        && same_acl(
            wanted.acl.iter().map(String::as_str),
            found.acl.iter().map(String::as_str),
        )
        && same_text(&wanted.tls, &found.tls)
        && same_text(&wanted.srtp, &found.srtp)
        && same_text(&wanted.domain_type, &found.domain_type)
        && (found.digest_auth.is_none() || wanted.digest_auth == found.digest_auth)
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

/// The first, where both are ACLs that let in the same addresses; the second otherwise.
pub(super) fn keep_acl(prior: &Value, other: &Value) -> Value {
    let texts = |value: &Value| -> Option<Vec<String>> {
        value
            .as_elements()?
            .iter()
            .map(|element| element.as_str().map(ToOwned::to_owned))
            .collect()
    };
    match (texts(prior), texts(other)) {
        (Some(before), Some(now))
            if same_acl(
                before.iter().map(String::as_str),
                now.iter().map(String::as_str),
            ) =>
        {
            prior.clone()
        }
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

/// The identity of the domain of this name.
pub(in crate::provider) fn identity(name: &Value) -> Value {
    Value::object([("name", name.clone())])
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
