//! What failures of a user read like to a practitioner.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::path::AttributePath;

use super::schema::{DOMAIN, KEY};
use crate::provider::failure::explanation;
use crate::provider::instance::Instance;
use crate::vonage::psip::{CreateUserError, User};
use crate::vonage::{Error, UpdateError};

/// Why a user was not created.
pub(super) fn create(instance: &Instance<'_>, user: &User, error: &CreateUserError) -> Diagnostics {
    let subject = &instance.subject;
    match error {
        CreateUserError::AlreadyExists(source) => {
            let answer = source.as_ref().map(explanation).unwrap_or_default();
            Diagnostics::error_at(
                AttributePath::root(KEY),
                format!("{subject} already exists"),
                format!(
                    "A user with this key exists in the domain and was neither changed nor taken over. {}\n\n{answer}",
                    instance.remedy()
                ),
            )
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
        CreateUserError::Failed(error) => {
            Diagnostics::from_error(format!("Cannot create {subject}"), refusal(error))
        }
    }
}

/// Why a user was not updated, or not for certain.
pub(super) fn update(instance: &Instance<'_>, error: &UpdateError<User>) -> Diagnostics {
    match error {
        UpdateError::NotFound | UpdateError::Changed(_) => instance.missing_at_update(
            "The user was deleted since the plan was made, perhaps with its domain, and nothing was sent. Run \
             `terraform apply` again to re-create it.",
        ),
        UpdateError::Failed(error) => {
            let mut detail = refusal(error);
            if error.may_have_taken_effect() {
                detail.push_str(
                    "\n\nThe change may have taken effect. State keeps the old value, so the next apply sends the secret \
                     once more, which does no harm.",
                );
            }
            Diagnostics::from_error(format!("Cannot update {}", instance.subject), detail)
        }
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

/// A refusal of what was sent, with what users run into most.
fn refusal(error: &Error) -> String {
    let mut text = explanation(error);
    let is_refusal = error
        .api()
        .is_some_and(|answer| matches!(answer.status.as_u16(), 400 | 409 | 422));
    if is_refusal {
        text.push_str(
            "\n\nCheck that the domain has `digest_auth = true` and fewer than 200 users, and that the secret is one that \
             Vonage takes: 12 to 64 characters with a digit, a lower-case and an upper-case letter.",
        );
    }
    text
}
