//! What failures of a user read like to a practitioner.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::path::AttributePath;

use super::schema::DOMAIN;
use crate::provider::failure::{explanation, refusal};
use crate::provider::instance::Instance;
use crate::vonage::psip::{CreateUserError, User};
use crate::vonage::{Error, UpdateError};

pub(super) fn create(instance: &Instance<'_>, user: &User, error: &CreateUserError) -> Diagnostics {
    match error {
        CreateUserError::AlreadyExists(source) => {
            instance.already_exists("A user with this key exists in the domain", source.as_ref())
        }
        CreateUserError::NoDomain(source) => Diagnostics::error_at(
            AttributePath::root(DOMAIN),
            format!("SIP domain {:?} does not exist", user.domain),
            format!(
                "The account has no domain of this name, so the user {:?} was not created. Where Terraform manages the \
                 domain, refer to its resource, as in `domain = vonage_sip_domain.example.name`, so that it is created first; \
                 otherwise check the name and the account. {}",
                user.key,
                explanation(source)
            ),
        ),
        CreateUserError::Unclear { waited, source } => instance.unclear("user", *waited, source),
        CreateUserError::Failed(error) => instance.cannot("create", refused(error)),
    }
}

pub(super) fn update(instance: &Instance<'_>, error: &UpdateError<User>) -> Diagnostics {
    match error {
        UpdateError::NotFound | UpdateError::Changed(_) => {
            instance.missing_at_update("The user was deleted, perhaps with its domain,")
        }
        UpdateError::Failed(error) => instance.not_updated(
            error,
            refused(error),
            "State keeps the old value, so the next apply sends the secret once more, which does no harm.",
        ),
    }
}

/// The configuration of an apply gives no secret, though the plan promised one.
pub(super) fn no_secret(instance: &Instance<'_>) -> Diagnostics {
    Diagnostics::from_error(
        format!("{} has no secret", instance.subject),
        "Neither `secret_wo` nor `secret` has a value in this apply, so nothing was sent. A value that is read in the plan, \
         such as an ephemeral resource's, must be there in the apply, too.",
    )
}

fn refused(error: &Error) -> String {
    refusal(
        error,
        &[400, 409, 422],
        "Check that the domain has `digest_auth = true` and fewer than 200 users, and that the secret is one that Vonage \
         takes: 12 to 64 characters with a digit, a lower-case and an upper-case letter.",
    )
}

#[cfg(test)]
mod tests;
