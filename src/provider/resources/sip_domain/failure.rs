//! What failures of a domain read like to a practitioner.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::path::AttributePath;

use super::schema::NAME;
use crate::provider::failure::{explanation, refusal};
use crate::provider::instance::Instance;
use crate::vonage::psip::{CreateError, Domain};
use crate::vonage::{Error, UpdateError};

pub(super) fn create(instance: &Instance<'_>, error: &CreateError) -> Diagnostics {
    match error {
        CreateError::AlreadyExists(source) => {
            instance.already_exists("A domain of this name exists in the account", Some(source))
        }
        CreateError::NameTaken(source) => Diagnostics::error_at(
            AttributePath::root(NAME),
            format!("Cannot create {}", instance.subject),
            format!(
                "The name may be taken by another account: names are unique over all of Vonage, and this account has no \
                 domain of this name. Choose another. {}",
                explanation(source)
            ),
        ),
        CreateError::Unclear { waited, source } => instance.unclear("domain", *waited, source),
        CreateError::Failed(error) => instance.cannot("create", refused(error)),
    }
}

/// Why a domain was not updated, or not for certain. `changed` tells what somebody changed that the plan leaves alone.
pub(super) fn update(
    instance: &Instance<'_>,
    error: &UpdateError<Domain>,
    changed: impl Fn(&Domain) -> Diagnostics,
) -> Diagnostics {
    match error {
        UpdateError::NotFound => instance.missing_at_update("The domain was deleted"),
        UpdateError::Changed(found) => changed(found),
        UpdateError::Failed(error) => instance.not_updated(
            error,
            refused(error),
            "The next plan reads the domain and shows what is left to do.",
        ),
    }
}

/// Why a domain was not deleted, or not for certain.
pub(super) fn delete(instance: &Instance<'_>, force_destroy: bool, error: &Error) -> Diagnostics {
    if force_destroy {
        return instance.failed("delete", error);
    }
    let detail = refusal(
        error,
        &[400, 403, 409, 412, 422],
        "A domain that still has users is not deleted. Where Terraform manages the users, refer to the domain's \
         resource in each of them, as in `domain = vonage_sip_domain.example.name`, instead of writing the name: then they \
         are destroyed before the domain. To delete all its users with it, set `force_destroy = true`, run \
         `terraform apply`, and then destroy it.",
    );
    instance.cannot("delete", detail)
}

fn refused(error: &Error) -> String {
    refusal(
        error,
        &[400, 422],
        "Check that the application of `application_id` exists in this account and has voice, and that the API takes every \
         entry of `acl`.",
    )
}

#[cfg(test)]
mod tests;
