//! What failures of a user read like to a practitioner.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::path::AttributePath;
use tfplugin::value::Value;

use super::{KIND, model};
use crate::provider::failure::{explanation, refuse_another_key};
use crate::provider::private_data::PrivateData;
use crate::provider::session::Session;
use crate::provider::two_addresses;
use crate::vonage::Error;
use crate::vonage::psip::{CreateUserError, UpdateUserError, User};

/// The user as messages name it.
pub(super) fn subject(user: &User) -> String {
    format!("SIP user {:?} of domain {:?}", user.key, user.domain)
}

/// Why a user was not created.
pub(super) fn create(session: &Session, planned: &Value, error: &CreateUserError) -> Diagnostics {
    let user = &model::to_user(planned);
    let mut diagnostics = Diagnostics::new();
    match error {
        CreateUserError::AlreadyExists { source, .. } => {
            let answer = source.as_ref().map(explanation).unwrap_or_default();
            diagnostics.error(
                AttributePath::root("key"),
                format!("{} already exists", subject(user)),
                format!(
                    "A user with this key exists in the domain and was neither changed nor taken over. {}\n\n{answer}",
                    two_addresses::remedy(session, &KIND, planned)
                ),
            );
        }
        CreateUserError::NoDomain { source, .. } => diagnostics.error(
            AttributePath::root("domain"),
            format!("SIP domain {:?} does not exist", user.domain),
            format!(
                "The account has no domain of this name, so the user {:?} was not created. Where Terraform manages the \
                 domain, refer to its resource, as in `domain = vonage_sip_domain.example.name`, so that it is created first; \
                 otherwise check the name and the account. {}",
                user.key,
                explanation(source)
            ),
        ),
        CreateUserError::Unclear { waited, source, .. } => diagnostics.error(
            AttributePath::default(),
            format!("{} may not have been created", subject(user)),
            format!(
                "The connection broke during the request, or its answer was unclear, and it was not sent again. No read \
                 showed the user within {} s. It is safe to run `terraform apply` again: if the user exists by then, an error says \
                 so and nothing is changed. {}",
                waited.as_secs(),
                explanation(source)
            ),
        ),
        CreateUserError::Failed(error) => diagnostics.error(
            AttributePath::default(),
            format!("Cannot create {}", subject(user)),
            refusal(error),
        ),
    }
    diagnostics
}

/// Why a user could not be read; its state stays.
pub(super) fn read(user: &User, error: &Error) -> Diagnostics {
    Diagnostics::from_error(format!("Cannot read {}", subject(user)), explanation(error))
}

/// Why a user was not updated, or not for certain.
pub(super) fn update(
    session: &Session,
    private: &PrivateData,
    user: &User,
    error: &UpdateUserError,
) -> Diagnostics {
    let summary = format!("Cannot update {}", subject(user));
    match error {
        UpdateUserError::NotFound(_) => {
            match refuse_another_key(session, private, &subject(user)) {
                Err(another_key) => another_key,
                Ok(()) => Diagnostics::from_error(
                    summary,
                    "The user was deleted since the plan was made, perhaps with its domain, and nothing was sent. Run \
                     `terraform apply` again to re-create it.",
                ),
            }
        }
        UpdateUserError::Failed(error) => {
            let mut detail = refusal(error);
            if error.may_have_taken_effect() {
                detail.push_str(
                    "\n\nThe change may have taken effect. State keeps the old value, so the next apply sends the secret \
                     once more, which does no harm.",
                );
            }
            Diagnostics::from_error(summary, detail)
        }
    }
}

/// Why a user was not deleted, or not for certain.
pub(super) fn delete(user: &User, error: &Error) -> Diagnostics {
    Diagnostics::from_error(
        format!("Cannot delete {}", subject(user)),
        explanation(error),
    )
}

/// The configuration of an apply gives no secret, though the plan promised one.
pub(super) fn no_secret(user: &User) -> Diagnostics {
    Diagnostics::from_error(
        format!("{} has no secret", subject(user)),
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
