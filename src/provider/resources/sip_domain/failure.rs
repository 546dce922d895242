//! What failures of a domain read like to a practitioner.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::path::AttributePath;

use super::schema::NAME;
use crate::provider::failure::explanation;
use crate::provider::instance::Instance;
use crate::vonage::psip::{CreateError, Domain};
use crate::vonage::{Error, UpdateError};

/// Why a domain was not created.
pub(super) fn create(instance: &Instance<'_>, error: &CreateError) -> Diagnostics {
    let subject = &instance.subject;
    let cannot = format!("Cannot create {subject}");
    match error {
        CreateError::AlreadyExists(source) => Diagnostics::error_at(
            AttributePath::root(NAME),
            format!("{subject} already exists"),
            format!(
                "A domain of this name exists in the account and was neither changed nor taken over. {}\n\n{}",
                instance.remedy(),
                explanation(source)
            ),
        ),
        CreateError::NameTaken(source) => Diagnostics::error_at(
            AttributePath::root(NAME),
            cannot,
            format!(
                "The name may be taken by another account: names are unique over all of Vonage, and this account has no \
                 domain of this name. Choose another. {}",
                explanation(source)
            ),
        ),
        CreateError::Unclear { waited, source } => instance.unclear("domain", *waited, source),
        CreateError::Failed(error) => Diagnostics::from_error(cannot, refusal(error)),
    }
}

/// Why a domain was not updated, or not for certain. `changed` tells what somebody changed that the plan leaves alone.
pub(super) fn update(
    instance: &Instance<'_>,
    error: &UpdateError<Domain>,
    changed: impl Fn(&Domain) -> Diagnostics,
) -> Diagnostics {
    match error {
        UpdateError::NotFound => instance.missing_at_update(
            "The domain was deleted since the plan was made, and nothing was sent. Run `terraform apply` again to re-create it.",
        ),
        UpdateError::Changed(found) => changed(found),
        UpdateError::Failed(error) => {
            let mut detail = refusal(error);
            if error.may_have_taken_effect() {
                detail.push_str(
                    "\n\nThe change may have taken effect. The next plan reads the domain and shows what is left to do.",
                );
            }
            Diagnostics::from_error(format!("Cannot update {}", instance.subject), detail)
        }
    }
}

/// Why a domain was not deleted, or not for certain.
pub(super) fn delete(instance: &Instance<'_>, force_destroy: bool, error: &Error) -> Diagnostics {
    let mut detail = explanation(error);
    let is_refusal = error
        .api()
        .is_some_and(|answer| matches!(answer.status.as_u16(), 400 | 403 | 409 | 412 | 422));
    if is_refusal && !force_destroy {
        detail.push_str(
            "\n\nA domain that still has users is not deleted. Where Terraform manages the users, refer to the domain's \
             resource in each of them, as in `domain = vonage_sip_domain.example.name`, instead of writing the name: then they \
             are destroyed before the domain. To delete all its users with it, set `force_destroy = true`, run \
             `terraform apply`, and then destroy it.",
        );
    }
    Diagnostics::from_error(format!("Cannot delete {}", instance.subject), detail)
}

/// A refusal of what was sent, with what users run into most.
fn refusal(error: &Error) -> String {
    let mut text = explanation(error);
    if error
        .api()
        .is_some_and(|answer| matches!(answer.status.as_u16(), 400 | 422))
    {
        text.push_str(
            "\n\nCheck that the application of `application_id` exists in this account and has voice, and that the API \
             takes every entry of `acl`.",
        );
    }
    text
}
