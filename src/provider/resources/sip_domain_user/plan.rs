//! What a plan warns of: what keeps phones from authenticating.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::path::AttributePath;

use super::model::UserModel;
use super::schema::{DOMAIN, KEY, SECRET, SECRET_WO_VERSION};
use crate::vonage::psip::User;

const SUMMARY: &str = "SIP user will stop working";

/// What a change of the user breaks. `subject` is how messages name it.
pub(super) fn warnings(prior: &UserModel, planned: &UserModel, subject: &str) -> Diagnostics {
    [
        replacement(prior, planned),
        first_secret(prior, planned, subject),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub(super) fn destruction(user: &User) -> Diagnostics {
    Diagnostics::warning_at(
        AttributePath::default(),
        SUMMARY,
        format!(
            "Once the user {:?} of the SIP domain {:?} is destroyed, the phones and trunks that use it can no longer \
             authenticate, and their calls are refused.",
            user.key, user.domain
        ),
    )
}

/// The domain asks nobody for a secret.
pub(super) fn shut_out(domain: &str) -> Diagnostics {
    Diagnostics::warning_at(
        AttributePath::root(DOMAIN),
        "SIP user cannot authenticate",
        format!(
            "The SIP domain {domain:?} has `digest_auth = false`: it accepts calls only from the addresses in its `acl`, and nobody as \
             a user. Set `digest_auth = true` on the domain, or remove the user."
        ),
    )
}

/// A user that was imported has a secret that the state does not know, and phones that use it.
fn first_secret(prior: &UserModel, planned: &UserModel, subject: &str) -> Option<Diagnostics> {
    if prior.has_secret() || !planned.has_secret() {
        return None;
    }
    let attribute = if planned.secret.is_null() {
        SECRET_WO_VERSION
    } else {
        SECRET
    };
    Some(Diagnostics::warning_at(
        AttributePath::root(attribute),
        "The secret of a SIP user will be overwritten",
        format!(
            "The {subject} exists, and the state does not know its secret. This change sends the configured one: phones and trunks \
             that use another can no longer authenticate. Leave out `secret` and `secret_wo_version` to keep the secret that it \
             has."
        ),
    ))
}

fn replacement(prior: &UserModel, planned: &UserModel) -> Option<Diagnostics> {
    let attribute = if prior.domain != planned.domain {
        DOMAIN
    } else if prior.key != planned.key {
        KEY
    } else {
        return None;
    };
    let user = prior.to_api();
    Some(Diagnostics::warning_at(
        AttributePath::root(attribute),
        SUMMARY,
        format!(
            "A change of `{attribute}` replaces the user {:?} of the SIP domain {:?}: the phones and trunks that use it can \
             no longer authenticate until they are given the new user.",
            user.key, user.domain
        ),
    ))
}
