//! What a plan warns of: what it breaks for callers.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::field::Field;
use tfplugin::path::AttributePath;

use super::model::DomainModel;
use super::schema::{DIGEST_AUTH, DOMAIN_TYPE, NAME};

pub(super) fn warnings(prior: &DomainModel, planned: &DomainModel) -> Diagnostics {
    [replacement(prior, planned), lost_users(prior, planned)]
        .into_iter()
        .flatten()
        .collect()
}

pub(super) fn destruction(name: &str) -> Diagnostics {
    Diagnostics::warning_at(
        AttributePath::default(),
        "SIP URIs will stop working",
        format!(
            "Destroying the SIP domain {name:?} makes every SIP URI of it fail, in all regions. Its name becomes free for \
             any Vonage account."
        ),
    )
}

/// Once digest authentication is off, nobody is let in by a user's secret.
fn lost_users(prior: &DomainModel, planned: &DomainModel) -> Option<Diagnostics> {
    let is_turned_off =
        (prior.digest_auth, planned.digest_auth) == (Field::Known(true), Field::Known(false));
    is_turned_off.then(|| {
        Diagnostics::warning_at(
            AttributePath::root(DIGEST_AUTH),
            "SIP users can no longer authenticate",
            format!(
                "With `digest_auth = false`, the SIP domain {:?} accepts calls only from the addresses in `acl`: phones \
                 and trunks that authenticate as a user of the domain from any other address are refused.",
                prior.name()
            ),
        )
    })
}

fn replacement(prior: &DomainModel, planned: &DomainModel) -> Option<Diagnostics> {
    let name = prior.name.as_known()?.as_str();
    let (attribute, consequence) = if prior.name != planned.name {
        (
            NAME,
            "every SIP URI of the old name stops working for good, and callers must change to the new one",
        )
    } else if prior.domain_type != planned.domain_type {
        (
            DOMAIN_TYPE,
            "calls to its SIP URIs fail until the new domain is there",
        )
    } else {
        return None;
    };
    Some(Diagnostics::warning_at(
        AttributePath::root(attribute),
        "SIP URIs will stop working",
        format!(
            "A change of `{attribute}` replaces the SIP domain {name:?}: {consequence}. Users of the domain that Terraform \
             does not manage are lost."
        ),
    ))
}
