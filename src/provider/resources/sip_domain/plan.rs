//! What a plan warns of: what it breaks for callers, and whom it lets in.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::field::Field;
use tfplugin::path::AttributePath;

use super::model::DomainModel;
use super::schema::{ACL, DIGEST_AUTH, DOMAIN_TYPE, NAME};
use crate::acl::{Acl, Size};

/// The addresses of a /24.
const ONE_NETWORK: u128 = 256;

/// Prefixes that a message names before it only counts.
const NAMED: usize = 3;

pub(super) fn warnings(prior: &DomainModel, planned: &DomainModel) -> Diagnostics {
    [
        replacement(prior, planned),
        lost_users(prior, planned),
        widening(prior, planned),
    ]
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

/// Once more addresses are let in than one network has, or any where there were none.
fn widening(prior: &DomainModel, planned: &DomainModel) -> Option<Diagnostics> {
    let (before, after) = (prior.acl.as_known()?, planned.acl.as_known()?);
    if before == after {
        return None;
    }
    let at_least = if after.is_known() { "" } else { "at least " };
    let [before, after] = [before, after].map(Acl::union);
    let is_opened = before.is_empty() && !after.is_empty();
    if !is_opened && after.size() <= before.size() + Size::from(ONE_NETWORK) {
        return None;
    }
    let new = after.without(&before).prefixes();
    let named: Vec<_> = new.iter().take(NAMED).map(ToString::to_string).collect();
    let more = match new.len() - named.len() {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    Some(Diagnostics::warning_at(
        AttributePath::root(ACL),
        "ACL admits more addresses than before",
        format!(
            "The number of addresses that the ACL of the SIP domain {:?} admits rises from {} to {at_least}{}. The largest prefixes \
             that come in: {}{more}. Check that your calls come from there: whoever is admitted may place calls at your cost.",
            prior.name(),
            before.size(),
            after.size(),
            named.join(", ")
        ),
    ))
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
