//! The plan of a domain: what follows from its name, what only differs in spelling, and what breaks callers.

use tfplugin::diagnostics::{Diagnosed, Diagnostics, Outcome};
use tfplugin::field::Field;
use tfplugin::path::AttributePath;
use tfplugin::resource::PlanRequest;
use tfplugin::value::Value;

use super::{KIND, model, validate};
use crate::provider::session::Session;
use crate::provider::two_addresses;

/// Finishes the plan of a creation or a change.
pub(super) fn plan(session: &Session, request: PlanRequest) -> Outcome<Value> {
    let errors = validate::errors(&request.config, &request.prior);
    if errors.has_errors() {
        return Err(errors);
    }
    let mut planned = request.draft;
    keep_prior_spelling(&mut planned, &request.prior);
    plan_derived(&mut planned, session.sip_base_domain().as_deref());
    let mut diagnostics = warn_of_replacement(&request.prior, &planned);
    diagnostics.append(warn_of_lost_users(&request.prior, &planned));
    diagnostics.append(two_addresses::planned(
        session,
        &KIND,
        &request.prior,
        &planned,
    ));
    Ok(Diagnosed {
        value: planned,
        diagnostics,
    })
}

/// Says what the destruction of a domain breaks.
pub(super) fn destroy(session: &Session, prior: &Value) -> Diagnostics {
    let mut diagnostics = two_addresses::planned_destroy(session, &KIND, prior);
    let name = prior.string_field("name").known().unwrap_or_default();
    diagnostics.warning(
        AttributePath::default(),
        "SIP URIs will stop working",
        format!(
            "Destroying the SIP domain {name:?} makes every SIP URI of it fail, in all regions. Its name becomes free for \
             any Vonage account."
        ),
    );
    diagnostics
}

/// A configuration may be spelled differently from the state and mean the same: that is no change.
fn keep_prior_spelling(planned: &mut Value, prior: &Value) {
    planned.set_attribute(
        "acl",
        model::keep_acl(prior.attribute("acl"), planned.attribute("acl")),
    );
    for attribute in ["name", "application_id"] {
        if let Some(text) = planned.attribute(attribute).as_str() {
            let kept = model::keep_spelling(prior.attribute(attribute), text);
            planned.set_attribute(attribute, kept);
        }
    }
}

/// What follows from the name is known as soon as the name is.
fn plan_derived(planned: &mut Value, sip_base_domain: Option<&str>) {
    let name = planned.attribute("name").clone();
    let hosts = match (name.as_str(), sip_base_domain) {
        (Some(name), Some(base)) => model::regional_hosts(name, base),
        _ => Value::UNKNOWN,
    };
    planned.set_attribute("regional_hosts", hosts);
    planned.set_attribute("id", name);
}

/// Once digest authentication is off, nobody is let in by a user's secret.
fn warn_of_lost_users(prior: &Value, planned: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let is_on = |object: &Value| object.bool_field("digest_auth");
    if (is_on(prior), is_on(planned)) == (Field::Known(true), Field::Known(false)) {
        let name = prior.string_field("name").known().unwrap_or_default();
        diagnostics.warning(
            AttributePath::root("digest_auth"),
            "SIP users can no longer authenticate",
            format!(
                "With `digest_auth = false`, the SIP domain {name:?} accepts calls only from the addresses in `acl`: phones \
                 and trunks that authenticate as a user of the domain from any other address are refused."
            ),
        );
    }
    diagnostics
}

fn warn_of_replacement(prior: &Value, planned: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let Some(name) = prior.string_field("name").known() else {
        return diagnostics;
    };
    let changed = |attribute: &&str| prior.attribute(attribute) != planned.attribute(attribute);
    let Some(attribute) = ["name", "domain_type"]
        .into_iter()
        .find(|attribute| changed(attribute))
    else {
        return diagnostics;
    };
    let consequence = if attribute == "name" {
        "every SIP URI of the old name stops working for good, and callers must change to the new one"
    } else {
        "calls to its SIP URIs fail until the new domain is there"
    };
    diagnostics.warning(
        AttributePath::root(attribute),
        "SIP URIs will stop working",
        format!(
            "A change of `{attribute}` replaces the SIP domain {name:?}: {consequence}. Users of the domain that Terraform \
             does not manage are lost."
        ),
    );
    diagnostics
}

#[cfg(test)]
mod tests;
