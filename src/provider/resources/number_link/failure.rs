//! What failures of a number link read like to a practitioner.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::path::AttributePath;

use super::schema::{MSISDN, TAKE_OVER};
use crate::provider::failure::{explanation, refusal};
use crate::provider::instance::Instance;
use crate::vonage::Error;
use crate::vonage::numbers::{LinkError, Number, Target};

/// Where calls go, for the end of a sentence.
pub(super) fn place(target: Option<&Target>) -> String {
    match target {
        None => "nowhere".to_owned(),
        Some(Target::Application(id)) => format!("to the application {id:?}"),
        Some(Target::Sip(uris)) => format!("to {uris:?}"),
        Some(Target::Telephone(_)) => "to another telephone number".to_owned(),
        Some(Target::Unknown(kind)) => {
            format!(
                "somewhere by a rule {kind:?} that this provider does not know, and never changes"
            )
        }
    }
}

/// Why a link was not created; `wanted` is where the calls should go.
pub(super) fn create(
    instance: &Instance<'_>,
    error: &LinkError,
    wanted: Option<&Target>,
) -> Diagnostics {
    match error {
        LinkError::NotOwned => not_owned(instance),
        LinkError::Elsewhere(number) => elsewhere(instance, number, wanted),
        LinkError::Failed(error) => instance.cannot("create", refused(error)),
    }
}

/// Why a link was not changed, or not for certain.
pub(super) fn update(instance: &Instance<'_>, error: &LinkError) -> Diagnostics {
    match error {
        LinkError::NotOwned => instance.missing_at_update("The number left the account"),
        LinkError::Elsewhere(number) => Diagnostics::error_at(
            AttributePath::root(MSISDN),
            format!("{} was changed since the plan was made", instance.subject),
            format!(
                "Its calls go {} now. Nothing was sent, so that this change is not undone unseen. Run `terraform plan` again, with a \
                 refresh, and check what it shows before you apply it.",
                place(number.target().as_ref())
            ),
        ),
        LinkError::Failed(error) => instance.not_updated(
            error,
            refused(error),
            "The next plan reads the number and shows what is left to do.",
        ),
    }
}

fn not_owned(instance: &Instance<'_>) -> Diagnostics {
    Diagnostics::error_at(
        AttributePath::root(MSISDN),
        format!("{} is not a number of the account", instance.subject),
        "The account owns no such number, and this provider never buys one. Check `country` and `msisdn`, and that the API key is \
         of the account that owns the number: `api_key` of the provider block, or VONAGE_API_KEY, or the Vonage CLI's \
         ~/.vonage/config.json, in this order.",
    )
}

fn elsewhere(instance: &Instance<'_>, number: &Number, wanted: Option<&Target>) -> Diagnostics {
    let target = number.target();
    let place = place(target.as_ref());
    let remedy = if matches!(target, Some(Target::Unknown(_))) {
        "Change it in Vonage's dashboard first.".to_owned()
    } else {
        format!(
            "To have it changed by Terraform, set `{TAKE_OVER} = true`. {}",
            if target.as_ref() == wanted {
                import(instance)
            } else {
                String::new()
            }
        )
    };
    Diagnostics::error_at(
        AttributePath::root(MSISDN),
        format!("{} leads somewhere already", instance.subject),
        format!("Its calls go {place}, and nothing was changed. {remedy}"),
    )
}

fn import(instance: &Instance<'_>) -> String {
    format!(
        "To manage the link as it is, import it, with the address of your resource in the place of `example`, unless another \
         resource manages it:\n\nimport {{\n  to = vonage_number_link.example\n  id = {:?}\n}}",
        instance.id
    )
}

/// The number leads somewhere else by now, and was left as it is.
pub(super) fn left_alone(instance: &Instance<'_>, number: &Number) -> Diagnostics {
    Diagnostics::warning_at(
        AttributePath::default(),
        format!("{} was left as it is", instance.subject),
        format!(
            "Its calls go {}, where Terraform did not send them, so that was not changed. The account still owns the number.",
            place(number.target().as_ref())
        ),
    )
}

/// The unlinked number still leads to us.
pub(super) fn still_linked(instance: &Instance<'_>, seconds: u64) -> Diagnostics {
    Diagnostics::from_error(
        format!("{} is still linked", instance.subject),
        format!(
            "The API accepted the request to unlink it, but for {seconds} s every list has shown the link. It stays in the state. Run \
             the command again, or unlink the number in Vonage's dashboard."
        ),
    )
}

fn refused(error: &Error) -> String {
    refusal(
        error,
        &[200, 420],
        "The API has no more to say than this. It refuses numbers that the account does not own, a wrong country, and a webhook \
         for messages (`moHttpUrl`) that does not answer 200 to a GET at the moment of the update: the number keeps the one that \
         it has, so its server must be up.",
    )
}

/// The request of a read failed.
pub(super) fn read(instance: &Instance<'_>, error: &Error) -> Diagnostics {
    instance.cannot("read", explanation(error))
}
