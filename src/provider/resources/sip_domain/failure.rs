//! What failures and unfinished waits of a domain read like to a practitioner.

use crate::provider::failure::explanation;
use crate::tfplugin::diagnostics::Diagnostics;
use crate::tfplugin::path::AttributePath;
use crate::vonage::Error;
use crate::vonage::psip::{CreateError, Domain, UpdateError};

/// The domain as messages name it.
pub(super) fn subject(name: &str) -> String {
    format!("SIP domain {name:?}")
}

/// Why a domain was not created.
pub(super) fn create(wanted: &Domain, error: &CreateError) -> Diagnostics {
    let name = &wanted.name;
    let mut diagnostics = Diagnostics::new();
    match error {
        CreateError::AlreadyExists { source, .. } => diagnostics.error(
            AttributePath::root("name"),
            format!("SIP domain {name:?} already exists"),
            format!(
                "A domain of this name exists in the account and was neither changed nor taken over. To manage it with \
                 Terraform, import it, with the address of your resource in the place of `example`:\n\n\
                 import {{\n  to = vonage_sip_domain.example\n  id = {name:?}\n}}\n\n\
                 Otherwise choose another name. {}",
                explanation(source)
            ),
        ),
        CreateError::NameTaken { source, .. } => diagnostics.error(
            AttributePath::root("name"),
            format!("Cannot create SIP domain {name:?}"),
            format!(
                "The name may be taken by another account: names are unique over all of Vonage, and this account has no \
                 domain of this name. Choose another. {}",
                explanation(source)
            ),
        ),
        CreateError::Unclear { waited, source, .. } => diagnostics.error(
            AttributePath::default(),
            format!("SIP domain {name:?} may not have been created"),
            format!(
                "The request had no clear end, and was not sent again. The domain was looked for over {} s, and no read \
                 showed it. It is safe to run `terraform apply` again: should the domain exist by then, that says so and changes \
                 nothing. {}",
                waited.as_secs(),
                explanation(source)
            ),
        ),
        CreateError::Failed(error) => {
            diagnostics.error(AttributePath::default(), format!("Cannot create SIP domain {name:?}"), refusal(error));
        }
    }
    diagnostics
}

/// Why a domain could not be read; its state stays.
pub(super) fn read(name: &str, error: &Error) -> Diagnostics {
    Diagnostics::from_error(
        format!("Cannot read SIP domain {name:?}"),
        explanation(error),
    )
}

/// Why a domain was not updated, or not for certain.
pub(super) fn update(error: &UpdateError, name: &str) -> Diagnostics {
    let summary = format!("Cannot update SIP domain {name:?}");
    match error {
        UpdateError::NotFound { .. } => Diagnostics::from_error(
            summary,
            "The domain was deleted since the plan was made, and nothing was sent. Run `terraform apply` again to create it \
             anew.",
        ),
        UpdateError::Failed(error) => {
            let mut detail = refusal(error);
            if error.may_have_taken_effect() {
                detail.push_str(
                    "\n\nThe change may have taken effect. The next plan reads the domain and shows what is left to do.",
                );
            }
            Diagnostics::from_error(summary, detail)
        }
    }
}

/// Why a domain was not deleted, or not for certain.
pub(super) fn delete(name: &str, force_destroy: bool, error: &Error) -> Diagnostics {
    let mut detail = explanation(error);
    let is_refusal = error
        .api()
        .is_some_and(|answer| matches!(answer.status.as_u16(), 400 | 403 | 409 | 412 | 422));
    if is_refusal && !force_destroy {
        detail.push_str(
            "\n\nA domain that still has users is not deleted. To delete its users with it, set `force_destroy = true`, \
             run `terraform apply`, and then destroy it.",
        );
    }
    Diagnostics::from_error(format!("Cannot delete SIP domain {name:?}"), detail)
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
