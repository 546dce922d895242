//! What failures of a number link read like to a practitioner.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::path::AttributePath;

use super::schema::{MSISDN, TAKE_OVER};
use crate::provider::failure::{KEY_SOURCES, refusal};
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

/// Why a link was not created; `is_there` tells a number whose calls go where they should.
pub(super) fn create(
    instance: &Instance<'_>,
    error: &LinkError,
    is_there: impl Fn(&Number) -> bool,
) -> Diagnostics {
    match error {
        LinkError::NotOwned => not_owned(instance),
        LinkError::Elsewhere(number) => elsewhere(instance, number, is_there(number)),
        LinkError::Unclear(error) => instance.cannot(
            "link",
            format!(
                "{}\n\nThe number may have been linked all the same. Run `terraform apply` again: where it was, an error says so, \
                 and how to import the link.",
                refused(error)
            ),
        ),
        LinkError::Failed(error) => instance.cannot("link", refused(error)),
    }
}

/// Why a link was not changed, or not for certain.
pub(super) fn update(instance: &Instance<'_>, error: &LinkError) -> Diagnostics {
    match error {
        LinkError::NotOwned => left_the_account(instance),
        LinkError::Elsewhere(number) if is_unknown(number) => elsewhere(instance, number, false),
        LinkError::Elsewhere(number) => Diagnostics::error_at(
            AttributePath::root(MSISDN),
            format!("{} was changed since the plan was made", instance.subject),
            format!(
                "Its calls go {} now. Nothing was sent, so that this change is not undone unseen. Run `terraform plan` again, with a \
                 refresh, and check what it shows before you apply it.",
                place(number.target().as_ref())
            ),
        ),
        LinkError::Unclear(error) => instance.cannot("update", unclear(error)),
        LinkError::Failed(error) => instance.cannot("update", refused(error)),
    }
}

/// Why a change failed that may have been done, and does no harm twice.
fn unclear(error: &Error) -> String {
    format!(
        "{}\n\nThe change may have taken effect. Run the command again: it looks at the number first, and does what is left to do.",
        refused(error)
    )
}

fn left_the_account(instance: &Instance<'_>) -> Diagnostics {
    let another_key = instance.refuse_another_key().err();
    another_key.unwrap_or_else(|| {
        instance.cannot(
            "update",
            "The number left the account since the plan was made, and nothing was sent. This provider never buys one: take the resource \
             out of the configuration, or get the number back first.",
        )
    })
}

fn not_owned(instance: &Instance<'_>) -> Diagnostics {
    Diagnostics::error_at(
        AttributePath::root(MSISDN),
        format!("{} is not a number of the account", instance.subject),
        format!(
            "The account owns no such number, and this provider never buys one. Check `country` and `msisdn`, and that the API key \
             is of the account that owns the number: {KEY_SOURCES}."
        ),
    )
}

fn is_unknown(number: &Number) -> bool {
    matches!(number.target(), Some(Target::Unknown(_)))
}

fn elsewhere(instance: &Instance<'_>, number: &Number, is_there: bool) -> Diagnostics {
    let place = place(number.target().as_ref());
    let remedy = if is_unknown(number) {
        "Change it in Vonage's dashboard first.".to_owned()
    } else if is_there {
        import(instance)
    } else {
        format!("To have it changed by Terraform, set `{TAKE_OVER} = true`.")
    };
    Diagnostics::error_at(
        AttributePath::root(MSISDN),
        format!("{} leads somewhere already", instance.subject),
        format!("Its calls go {place}, and nothing was changed. {remedy}"),
    )
}

fn import(instance: &Instance<'_>) -> String {
    format!(
        "That is where they are to go. To manage the link, set `{TAKE_OVER} = true`, or import it, with the address of your resource in the place of \
         `example`, unless another resource manages it:\n\nimport {{\n  to = vonage_number_link.example\n  id = {:?}\n}}",
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

/// Below the forward that was taken away was an application, which takes the calls from now on.
pub(super) fn application_below(instance: &Instance<'_>, number: &Number) -> Diagnostics {
    if number.target().is_none() {
        return Diagnostics::new();
    }
    Diagnostics::warning_at(
        AttributePath::default(),
        format!("{} leads somewhere still", instance.subject),
        format!(
            "Terraform took away where it had sent the calls. They go {} now, which the number had as well, and which was left as it \
             is.",
            place(number.target().as_ref())
        ),
    )
}

/// No list has shown that an unlinked number leads nowhere.
pub(super) fn still_linked(instance: &Instance<'_>) -> Diagnostics {
    Diagnostics::from_error(
        format!("{} may still be linked", instance.subject),
        "The API accepted the request to unlink it, but no list has shown that yet. It stays in the state. Run the command again; if \
         that does not help, unlink the number in Vonage's dashboard.",
    )
}

pub(super) fn unlink(instance: &Instance<'_>, error: &Error) -> Diagnostics {
    instance.cannot("unlink", refused(error))
}

pub(super) fn unlink_unclear(instance: &Instance<'_>, error: &Error) -> Diagnostics {
    instance.cannot("unlink", unclear(error))
}

/// The number is said not to take calls, which are all that a link is about.
pub(super) fn without_voice(instance: &Instance<'_>, number: &Number) -> Diagnostics {
    let features = &number.features;
    let takes_calls = |feature: &String| feature.eq_ignore_ascii_case("VOICE");
    if features.is_empty() || features.iter().any(takes_calls) {
        return Diagnostics::new();
    }
    Diagnostics::warning_at(
        AttributePath::root(MSISDN),
        format!("{} takes no calls", instance.subject),
        format!(
            "Its features are {}, without VOICE. The link is there, but no call will come.",
            features.join(", ")
        ),
    )
}

fn refused(error: &Error) -> String {
    refusal(
        error,
        &[200, 420],
        "The API has no more to say than this. It refuses numbers that the account does not own, a wrong country, perhaps an \
         application that is not there or has no voice, and a webhook for messages (`moHttpUrl`) that does not answer 200 to a GET \
         at the moment of the update: the number keeps the one that it has, so its server must be up.",
    )
}

#[cfg(test)]
mod tests;
