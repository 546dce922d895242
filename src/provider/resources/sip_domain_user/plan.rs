//! The plan of a user: what follows from domain and key, and what keeps phones from authenticating.

use tfplugin::diagnostics::{Diagnosed, Diagnostics, Outcome};
use tfplugin::path::AttributePath;
use tfplugin::resource::PlanRequest;
use tfplugin::value::Value;

use super::{KIND, failure, model, validate};
use crate::provider::resources::sip_domain::keep_spelling;
use crate::provider::session::Session;
use crate::provider::two_addresses;

const SUMMARY: &str = "SIP user will stop working";

/// Finishes the plan of a creation or a change.
pub(super) fn plan(session: &Session, request: PlanRequest) -> Outcome<Value> {
    let mut errors = validate::errors(&request.config, &request.prior);
    if request.prior.is_null() {
        errors.append(validate::secret_for_new_user(&request.config));
    }
    if errors.has_errors() {
        return Err(errors);
    }
    let mut planned = request.draft;
    // The domain's name is part of host names, which know no case.
    if let Some(domain) = planned.attribute("domain").as_str() {
        let kept = keep_spelling(request.prior.attribute("domain"), domain);
        planned.set_attribute("domain", kept);
    }
    planned.set_attribute("id", model::id(&planned));
    let mut diagnostics = warn_of_replacement(&request.prior, &planned);
    diagnostics.append(warn_of_first_secret(&request.prior, &planned));
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

/// Says what the destruction of a user breaks.
pub(super) fn destroy(session: &Session, prior: &Value) -> Diagnostics {
    let mut diagnostics = two_addresses::planned_destroy(session, &KIND, prior);
    let user = model::to_user(prior);
    diagnostics.warning(
        AttributePath::default(),
        SUMMARY,
        format!(
            "Once the user {:?} of the SIP domain {:?} is destroyed, the phones and trunks that use it can no longer \
             authenticate, and their calls are refused.",
            user.key, user.domain
        ),
    );
    diagnostics
}

/// A user that was imported has a secret that the state does not know, and phones that use it.
fn warn_of_first_secret(prior: &Value, planned: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    if prior.is_null() || model::has_secret(prior) || !model::has_secret(planned) {
        return diagnostics;
    }
    let attribute = if planned.attribute("secret").is_null() {
        "secret_wo_version"
    } else {
        "secret"
    };
    diagnostics.warning(
        AttributePath::root(attribute),
        "The secret of a SIP user will be overwritten",
        format!(
            "The {} exists, and the state does not know its secret. This change sends the configured one: phones and trunks \
             that use another can no longer authenticate. Leave out `secret` and `secret_wo_version` to keep the secret that it \
             has.",
            failure::subject(&model::to_user(prior))
        ),
    );
    diagnostics
}

fn warn_of_replacement(prior: &Value, planned: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let changed = |attribute: &&str| prior.attribute(attribute) != planned.attribute(attribute);
    let attribute = ["domain", "key"].into_iter().find(changed);
    let (Some(attribute), false) = (attribute, prior.is_null()) else {
        return diagnostics;
    };
    let user = model::to_user(prior);
    diagnostics.warning(
        AttributePath::root(attribute),
        SUMMARY,
        format!(
            "A change of `{attribute}` replaces the user {:?} of the SIP domain {:?}: the phones and trunks that use it can \
             no longer authenticate until they are given the new user.",
            user.key, user.domain
        ),
    );
    diagnostics
}

#[cfg(test)]
mod tests;
