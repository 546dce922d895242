//! What failures of an application read like to a practitioner.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::path::AttributePath;

use super::schema::FORCE_DESTROY;
use crate::provider::failure::{explanation, refusal};
use crate::provider::instance::Instance;
use crate::vonage::applications::{Application, CreateApplicationError};
use crate::vonage::{Error, UpdateError};

/// Applications that a message names at most.
const NAMED: usize = 10;

pub(super) fn create(instance: &Instance<'_>, error: &CreateApplicationError) -> Diagnostics {
    match error {
        CreateApplicationError::Unclear {
            candidates,
            waited,
            source,
        } => Diagnostics::from_error(
            format!("{} may have been created", instance.subject),
            format!(
                "The connection broke during the request, or its answer was unclear, and it was not sent again. {}\n\n{}",
                explanation(source),
                after_search(candidates.as_deref(), waited.as_secs())
            ),
        ),
        CreateApplicationError::Failed(error) => instance.cannot("create", refused(error)),
    }
}

fn after_search(candidates: Option<&[Application]>, seconds: u64) -> String {
    match candidates {
        None => "The applications of the account could not be listed at a time when a new one would show, so look there, in the dashboard or with \
                 `data \"vonage_applications\"`, for one of this name: import it if it is new, or else run `terraform apply` again."
            .to_owned(),
        Some([]) => format!(
            "No new application of this name showed up within {seconds} s. It is safe to run `terraform apply` again."
        ),
        Some(candidates) => {
            let named = candidates.iter().take(NAMED);
            let blocks = named.map(|it| {
                format!("import {{\n  to = vonage_application.example\n  id = {:?}\n}}", it.id)
            });
            let more = match candidates.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!("\n\nThere are {more} more."),
            };
            format!(
                "These applications of the account have this name, and one of them may be the new one. Look at each in the dashboard. \
                 If one is new, import it, with the address of your resource in the place of `example`; if none is, run \
                 `terraform apply` again.\n\n{}{more}",
                blocks.collect::<Vec<_>>().join("\n\n")
            )
        }
    }
}

/// Why an application was not updated, or not for certain. `changed` tells what somebody changed that the plan leaves alone.
pub(super) fn update(
    instance: &Instance<'_>,
    error: &UpdateError<Application>,
    changed: impl Fn(&Application) -> Diagnostics,
) -> Diagnostics {
    match error {
        UpdateError::NotFound => instance.missing_at_update("The application was deleted"),
        UpdateError::Changed(found) => changed(found),
        UpdateError::Failed(error) => instance.not_updated(
            error,
            refused(error),
            "The next plan reads the application and shows what is left to do.",
        ),
    }
}

/// SIP domains, or numbers, still send their calls to it.
pub(super) fn in_use(instance: &Instance<'_>, [domains, numbers]: [&[String]; 2]) -> Diagnostics {
    let users = [("SIP domain", domains), ("number", numbers)];
    let users = users.into_iter().filter(|(_, names)| !names.is_empty());
    let users: Vec<_> = users
        .map(|(noun, names)| {
            let plural = if names.len() == 1 { "" } else { "s" };
            format!("the {noun}{plural} {}", named(names))
        })
        .collect();
    Diagnostics::error_at(
        AttributePath::root(FORCE_DESTROY),
        format!("{} is in use", instance.subject),
        format!(
            "Calls to {} go to it and would fail, so nothing was deleted. Where Terraform manages such a domain, or the link of such a \
             number, refer to this resource in it, as in `application_id = vonage_application.example.id`, instead of writing the \
             ID: then it is destroyed first. One that is to send its calls to another application is changed only after this, \
             unless this resource has `create_before_destroy = true` in its `lifecycle`: add that, and run `terraform apply` \
             before you remove or replace it. To delete the application all the same, set `force_destroy = true`, run \
             `terraform apply`, and then destroy it.",
            users.join(" and ")
        ),
    )
}

/// The first of these names, and how many more there are.
fn named(names: &[String]) -> String {
    let first = names.iter().take(NAMED).map(|name| format!("{name:?}"));
    let first = first.collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

/// What uses it could not be found out this time, and nothing was deleted.
pub(super) fn not_listed(instance: &Instance<'_>, error: &Error) -> Diagnostics {
    let detail = format!(
        "Whether SIP domains or numbers refer to it could not be found out, so nothing was deleted. Run the command again; to delete \
         it without that look, set `force_destroy = true`, run `terraform apply`, and then destroy it. {}",
        explanation(error)
    );
    instance.cannot("delete", detail)
}

/// The API does not list what may use it, and it was deleted.
pub(super) fn refused_list(instance: &Instance<'_>, what: &str, error: &Error) -> Diagnostics {
    Diagnostics::warning_at(
        AttributePath::default(),
        format!("{} may have been in use", instance.subject),
        format!(
            "It was deleted, though the API does not list the {what} of the account. Calls to those that refer to it fail. {}",
            explanation(error)
        ),
    )
}

fn refused(error: &Error) -> String {
    refusal(
        error,
        &[400, 422],
        "Check that the addresses of the webhooks are ones that the API takes. What the API had before is kept, capabilities that \
         this provider does not know included.",
    )
}

#[cfg(test)]
mod tests;
