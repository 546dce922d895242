//! What failures and unfinished waits of a domain read like to a practitioner.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::path::AttributePath;
use tfplugin::value::Value;

use super::{KIND, model};
use crate::provider::failure::{explanation, refuse_another_key};
use crate::provider::private_data::PrivateData;
use crate::provider::session::Session;
use crate::provider::two_addresses;
use crate::vonage::Error;
use crate::vonage::psip::{CreateError, Domain, UpdateError};

/// The domain as messages name it.
pub(super) fn subject(name: &str) -> String {
    format!("SIP domain {name:?}")
}

/// Why a domain was not created.
pub(super) fn create(session: &Session, planned: &Value, error: &CreateError) -> Diagnostics {
    let name = planned.string_field("name").known().unwrap_or_default();
    let subject = subject(name);
    let mut diagnostics = Diagnostics::new();
    match error {
        CreateError::AlreadyExists { source, .. } => diagnostics.error(
            AttributePath::root("name"),
            format!("{subject} already exists"),
            format!(
                "A domain of this name exists in the account and was neither changed nor taken over. {}\n\n{}",
                two_addresses::remedy(session, &KIND, planned),
                explanation(source)
            ),
        ),
        CreateError::NameTaken { source, .. } => diagnostics.error(
            AttributePath::root("name"),
            format!("Cannot create {subject}"),
            format!(
                "The name may be taken by another account: names are unique over all of Vonage, and this account has no \
                 domain of this name. Choose another. {}",
                explanation(source)
            ),
        ),
        CreateError::Unclear { waited, source, .. } => diagnostics.error(
            AttributePath::default(),
            format!("{subject} may not have been created"),
            format!(
                "The connection broke during the request, or its answer was unclear, and it was not sent again. No read \
                 showed the domain within {} s. It is safe to run `terraform apply` again: if the domain exists by then, an error says \
                 so and nothing is changed. {}",
                waited.as_secs(),
                explanation(source)
            ),
        ),
        CreateError::Failed(error) => {
            diagnostics.error(AttributePath::default(), format!("Cannot create {subject}"), refusal(error));
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
pub(super) fn update(
    session: &Session,
    private: &PrivateData,
    before: &Domain,
    wanted: &Domain,
    error: &UpdateError,
) -> Diagnostics {
    let subject = subject(&wanted.name);
    let summary = format!("Cannot update {subject}");
    match error {
        UpdateError::NotFound { .. } => match refuse_another_key(session, private, &subject) {
            Err(another_key) => another_key,
            Ok(()) => Diagnostics::from_error(
                summary,
                "The domain was deleted since the plan was made, and nothing was sent. Run `terraform apply` again to \
                     re-create it.",
            ),
        },
        UpdateError::Changed(found) => changed(before, wanted, found),
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

/// What somebody changed that the plan leaves alone.
fn changed(before: &Domain, wanted: &Domain, found: &Domain) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for attribute in model::changed_by_others(before, wanted, found) {
        diagnostics.error(
            AttributePath::root(attribute),
            format!("{} was changed since the plan was made", subject(&wanted.name)),
            format!(
                "The plan leaves `{attribute}` as it is: {}. Now the API has {}. Nothing was sent, so that this change is not \
                 undone unseen. Run `terraform plan` again, with a refresh, and check what it shows before you apply it.",
                model::shown(attribute, before),
                model::shown(attribute, found)
            ),
        );
    }
    diagnostics
}

/// Why a domain was not deleted, or not for certain.
pub(super) fn delete(name: &str, force_destroy: bool, error: &Error) -> Diagnostics {
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
    Diagnostics::from_error(format!("Cannot delete {}", subject(name)), detail)
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
