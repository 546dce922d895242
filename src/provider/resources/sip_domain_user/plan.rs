//! The plan of a user: what follows from domain and key, and what keeps phones from authenticating.

use super::{model, validate};
use crate::provider::resources::sip_domain::keep_spelling;
use crate::tfplugin::diagnostics::{Diagnosed, Diagnostics, Outcome};
use crate::tfplugin::path::AttributePath;
use crate::tfplugin::resource::{Plan, PlanRequest};
use crate::tfplugin::value::Value;

const SUMMARY: &str = "SIP user will stop working";

/// Finishes the plan of a creation or a change.
pub(super) fn plan(request: PlanRequest) -> Outcome<Plan> {
    let errors = validate::errors(&request.config);
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
    let diagnostics = warn_of_replacement(&request.prior, &planned);
    let plan = Plan {
        identity: Some(model::identity(&planned)),
        planned,
        requires_replace: Vec::new(),
        private: request.private,
    };
    Ok(Diagnosed {
        value: plan,
        diagnostics,
    })
}

/// Says what the destruction of a user breaks.
pub(super) fn destroy(prior: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
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
