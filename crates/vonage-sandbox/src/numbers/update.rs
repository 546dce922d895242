//! What an update makes of a number: it sets all links at once, and what it leaves out is gone, unless a switch says otherwise.

use super::callbacks::{self, filled};
use super::fields::Fields;
use super::links;
use super::problem::{self, failed};
use super::view::HIDDEN;
use crate::applications;
use crate::json::Object;
use crate::problem::Problem;
use crate::store::Store;
use crate::switches::{
    AppAndForward, CallbackApp, HiddenFields, Kept, LinkCheck, NumberSwitches, Probe, Switches,
    Unlink,
};

/// What an update knows: the number, and all that it sets.
pub(super) const KNOWN: [&str; 10] = [
    "country",
    "msisdn",
    "app_id",
    "voiceCallbackType",
    "voiceCallbackValue",
    "voiceStatusCallback",
    "moHttpUrl",
    "moSmppSysType",
    "messagesCallbackType",
    "messagesCallbackValue",
];

/// The number as it is afterwards.
pub(super) fn updated(
    store: &Store,
    switches: &Switches,
    old: &Object,
    sent: &Fields,
) -> Result<Object, Problem> {
    check_applications(store, switches, sent)?;
    let switches = &switches.numbers;
    check_webhook(switches, old, sent)?;
    let mut number = old.clone();
    for name in KNOWN {
        match filled(sent, name) {
            Some(value) => {
                number.insert(name.to_owned(), value.into());
            }
            None if stays(switches, name, sent.contains_key(name)) => {}
            None => {
                number.remove(name);
            }
        }
    }
    if filled(sent, "voiceCallbackType") == Some("app") {
        link_voice(switches, &mut number, sent)?;
    }
    part(switches, &mut number)?;
    Ok(number)
}

/// Whether a field that has no value in an update stays as it is.
fn stays(switches: &NumberSwitches, name: &str, was_sent: bool) -> bool {
    let mut stays = !was_sent && switches.number_update_omitted == Kept::Kept;
    if name == "app_id" {
        stays |= match switches.number_unlink {
            Unlink::Omitted => false,
            Unlink::Empty => !was_sent,
            Unlink::Never => true,
        };
    }
    if HIDDEN.contains(&name) {
        stays |= !was_sent && switches.number_hidden_fields == HiddenFields::Kept;
    }
    stays
}

/// The deprecated way to name an application.
fn link_voice(
    switches: &NumberSwitches,
    number: &mut Object,
    sent: &Fields,
) -> Result<(), Problem> {
    match switches.number_callback_app {
        CallbackApp::Voice => Ok(()),
        CallbackApp::Error => Err(problem::internal()),
        CallbackApp::Link => {
            let id = filled(sent, "voiceCallbackValue");
            if filled(sent, "app_id").is_some_and(|other| Some(other) != id) {
                return Err(failed(
                    "app_id and voiceCallbackValue name two applications",
                ));
            }
            number.remove("voiceCallbackType");
            number.remove("voiceCallbackValue");
            number.extend(id.map(|id| ("app_id".to_owned(), id.into())));
            Ok(())
        }
    }
}

/// What becomes of an application and a forward on one number.
fn part(switches: &NumberSwitches, number: &mut Object) -> Result<(), Problem> {
    if !links::is_forwarded(number) || !number.contains_key("app_id") {
        return Ok(());
    }
    match switches.number_app_and_forward {
        AppAndForward::Both => {}
        AppAndForward::Application => {
            number.retain(|name, _| !name.starts_with("voiceCallback"));
        }
        AppAndForward::Forward => {
            number.remove("app_id");
        }
        AppAndForward::Reject => {
            return Err(failed("a number has an application or a forward, not both"));
        }
    }
    Ok(())
}

fn check_applications(store: &Store, switches: &Switches, sent: &Fields) -> Result<(), Problem> {
    let is_app = filled(sent, "voiceCallbackType") == Some("app");
    let callback = filled(sent, "voiceCallbackValue").filter(|_| is_app);
    let ids = filled(sent, "app_id").into_iter().chain(callback);
    for id in ids {
        let is_fit = match switches.numbers.number_application_check {
            LinkCheck::None => true,
            LinkCheck::Exists => applications::exists(store, switches, id),
            LinkCheck::Voice => applications::has_voice(store, switches, id),
        };
        if !is_fit {
            return Err(failed(&format!(
                "{id:?} is no application that can be linked"
            )));
        }
    }
    Ok(())
}

fn check_webhook(switches: &NumberSwitches, old: &Object, sent: &Fields) -> Result<(), Problem> {
    let Some(url) = filled(sent, "moHttpUrl") else {
        return Ok(());
    };
    let is_probed = match switches.number_probe {
        Probe::Always => true,
        Probe::Changed => old.get("moHttpUrl").is_none_or(|old| old != url),
        Probe::Never => false,
    };
    if is_probed && !callbacks::answers(url) {
        return Err(failed("moHttpUrl did not answer 200 OK"));
    }
    Ok(())
}
