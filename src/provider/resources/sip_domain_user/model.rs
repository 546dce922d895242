//! Between the resource's attributes and the API's user, and where its secret comes from.

use secrecy::SecretString;
use tfplugin::value::Value;

use crate::vonage::psip::User;
use crate::vonage::register_secret;

/// What of a secret a state can have.
const KEPT_OF_SECRET: [&str; 2] = ["secret", "secret_wo_version"];

/// The user that wholly known attributes describe.
pub(super) fn to_user(object: &Value) -> User {
    let text = |name: &str| object.string_field(name).known().unwrap_or_default();
    User {
        domain: text("domain").to_owned(),
        key: text("key").to_owned(),
    }
}

/// The secret of a configuration: the one or the other attribute. `None` where neither has a known value.
pub(super) fn secret(config: &Value) -> Option<SecretString> {
    ["secret_wo", "secret"]
        .into_iter()
        .find_map(|name| config.string_field(name).known())
        .map(SecretString::from)
}

/// Keeps the secrets of a configuration or a state out of all that is told from now on.
pub(super) fn register_secrets(object: &Value) {
    ["secret_wo", "secret"]
        .into_iter()
        .filter_map(|name| object.string_field(name).known())
        .for_each(register_secret);
}

/// Whether a change may mean that the API gets the secret once more. A write-only value itself is never there to be
/// compared: its version stands for it.
pub(super) fn secret_changes(prior: &Value, planned: &Value) -> bool {
    KEPT_OF_SECRET
        .into_iter()
        .any(|name| prior.attribute(name) != planned.attribute(name))
}

/// Whether a state, or a plan, has a secret: the value, or the version that stands for it.
pub(super) fn has_secret(object: &Value) -> bool {
    KEPT_OF_SECRET
        .into_iter()
        .any(|name| !object.attribute(name).is_null())
}

/// `<domain>/<key>`, unknown until both are known.
pub(super) fn id(object: &Value) -> Value {
    let text = |name: &str| object.string_field(name).known();
    match (text("domain"), text("key")) {
        (Some(domain), Some(key)) => format!("{domain}/{key}").into(),
        _ => Value::UNKNOWN,
    }
}

#[cfg(test)]
mod tests;
