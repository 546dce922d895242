//! What can be told of a configuration offline; unknown values are left for later.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::field::Field;
use tfplugin::path::AttributePath;
use tfplugin::value::Value;
use uuid::Uuid;

use super::schema::{DOMAIN_TYPES, ENCRYPTION};
use crate::acl::{self, Severity};
use crate::provider::changes::errors_in_changes;
use crate::provider::{domain_name, timeouts};

/// Every problem with a configuration, or with a plan, at once.
pub(super) fn validate(config: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    if let Field::Known(name) = config.string_field("name") {
        diagnostics.append(validate_name(name));
    }
    diagnostics.append(validate_application(config));
    diagnostics.append(validate_choice(config, "domain_type", &DOMAIN_TYPES));
    diagnostics.append(validate_choice(config, "srtp", &ENCRYPTION));
    diagnostics.append(validate_choice(config, "tls", &ENCRYPTION));
    diagnostics.append(validate_acl(config));
    diagnostics.append(timeouts::validate(config));
    diagnostics
}

/// The errors that keep a configuration from being planned or applied. The warnings have been said before.
pub(super) fn errors(config: &Value, prior: &Value) -> Diagnostics {
    let differs = |name: &str| config.attribute(name) != prior.attribute(name);
    // Without users that authenticate, an empty ACL lets nobody call.
    let shuts_users_out = prior.bool_field("digest_auth") == Field::Known(true)
        && config.bool_field("digest_auth") != Field::Known(true);
    let is_empty = matches!(config.elements_field("acl"), Field::Known([]));
    errors_in_changes(validate(config), prior, |name| {
        differs(name) || (name == "acl" && is_empty && shuts_users_out)
    })
}

/// The rule for a name, and a warning where it holds but may surprise.
pub(in crate::provider) fn validate_name(name: &str) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let path = || AttributePath::root("name");
    let mistakes = domain_name::mistakes(name);
    if mistakes.is_empty() && name.chars().any(|letter| letter.is_ascii_uppercase()) {
        let detail = format!(
            "{name:?} has upper-case letters. The name becomes part of host names, which know no case, and the API may \
             store it in lower case. Write {:?}.",
            name.to_ascii_lowercase()
        );
        diagnostics.warning(path(), "Upper case in a domain name", detail);
    }
    for mistake in mistakes {
        diagnostics.error(path(), "Invalid domain name", mistake);
    }
    diagnostics
}

fn validate_application(config: &Value) -> Diagnostics {
    let mut diagnostics = validate_application_id(config);
    if config.string_field("application_id").is_null() && is_app(config) {
        let detail = "A domain of type \"app\" sends its calls to a Vonage application: set `application_id` to the \
                      application's ID, or `domain_type` to \"trunk\".";
        diagnostics.error(
            AttributePath::root("application_id"),
            "Missing application",
            detail,
        );
    }
    diagnostics
}

/// The form of `application_id`, where it is given.
pub(in crate::provider) fn validate_application_id(config: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    if let Field::Known(id) = config.string_field("application_id")
        && !is_uuid(id)
    {
        let shown: String = id.chars().take(60).collect();
        let detail = format!(
            "{shown:?} is not a UUID. Take the ID of the application from the Vonage dashboard; it looks like \
             \"c49f3586-9c3c-458b-89fc-3c8beb58865f\"."
        );
        let path = AttributePath::root("application_id");
        diagnostics.error(path, "Invalid application ID", detail);
    }
    diagnostics
}

fn is_app(config: &Value) -> bool {
    match config.string_field("domain_type") {
        Field::Null => true,
        Field::Known(domain_type) => domain_type == "app",
        Field::Unknown => false,
    }
}

fn is_uuid(text: &str) -> bool {
    // The crate reads braces, `urn:` and forms without dashes, too; the API shows this one alone.
    text.len() == 36 && Uuid::try_parse(text).is_ok()
}

/// An attribute that takes one of a few words, where it is given.
pub(in crate::provider) fn validate_choice(
    config: &Value,
    name: &str,
    choices: &[&str],
) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let Field::Known(value) = config.string_field(name) else {
        return diagnostics;
    };
    if choices.contains(&value) {
        return diagnostics;
    }
    let shown: String = value.chars().take(60).collect();
    let listed = choices
        .iter()
        .map(|choice| format!("{choice:?}"))
        .collect::<Vec<_>>()
        .join(", ");
    let meant = choices
        .iter()
        .find(|choice| choice.eq_ignore_ascii_case(value.trim()));
    let hint = meant
        .map(|choice| format!(" Did you mean {choice:?}?"))
        .unwrap_or_default();
    diagnostics.error(
        AttributePath::root(name),
        format!("Invalid {name}"),
        format!("{shown:?} is not one of {listed}.{hint}"),
    );
    diagnostics
}

fn validate_acl(config: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let Field::Known(elements) = config.elements_field("acl") else {
        return diagnostics;
    };
    let path = || AttributePath::root("acl");
    if elements.iter().any(Value::is_null) {
        let detail = "An entry of `acl` is null. Remove it, for example with `compact()`.";
        diagnostics.error(path(), "Invalid ACL entry", detail);
    }
    let present: Vec<_> = elements
        .iter()
        .filter(|element| !element.is_null())
        .map(Value::as_str)
        .collect();
    let digest_auth = match config.bool_field("digest_auth") {
        Field::Known(digest_auth) => Some(digest_auth),
        Field::Null => Some(false),
        Field::Unknown => None,
    };
    for finding in acl::lint(&present, digest_auth) {
        let path = finding.entry.map_or_else(path, |entry| path().key(entry));
        match finding.severity {
            Severity::Error => diagnostics.error(path, finding.summary, finding.detail),
            Severity::Warning => diagnostics.warning(path, finding.summary, finding.detail),
        }
    }
    diagnostics
}

#[cfg(test)]
mod tests;
