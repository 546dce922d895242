//! What can be told of a configuration offline; unknown values are left for later. No message shows a secret.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::field::Field;
use tfplugin::path::AttributePath;
use tfplugin::value::Value;

use crate::provider::changes::errors_in_changes;
use crate::provider::resources::sip_domain::validate_name;
use crate::provider::timeouts;

/// Every problem with a configuration at once.
pub(super) fn validate(config: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    if let Field::Known(domain) = config.string_field("domain") {
        diagnostics.append(validate_domain(domain));
    }
    if let Field::Known(key) = config.string_field("key") {
        diagnostics.append(validate_key(key));
    }
    diagnostics.append(validate_ways(config));
    for attribute in ["secret", "secret_wo"] {
        if let Field::Known(secret) = config.string_field(attribute) {
            diagnostics.append(validate_secret(attribute, secret));
        }
    }
    diagnostics.append(timeouts::validate(config));
    diagnostics
}

/// The errors that keep a configuration from being planned or applied. The warnings have been said before.
pub(super) fn errors(config: &Value, prior: &Value) -> Diagnostics {
    let differs = |name: &str| config.attribute(name) != prior.attribute(name);
    let mut written = config.clone();
    if !differs("secret") {
        // `ignore_changes` may have put it beside a new `secret_wo`.
        written.set_attribute("secret", Value::Null);
    }
    errors_in_changes(validate(&written), prior, differs)
}

/// A user that exists needs no secret in the configuration; one that is to be created does.
pub(super) fn secret_for_new_user(config: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let is_null = |name| config.string_field(name).is_null();
    if is_null("secret") && is_null("secret_wo") {
        diagnostics.error(
            AttributePath::root("secret"),
            "Missing secret",
            "A user cannot be created without a secret, so `secret_wo` or `secret` must be set. Set `secret_wo` with \
             Terraform 1.11 or OpenTofu 1.11, or newer: it is kept in no plan and no state. Set `secret` otherwise: the \
             state keeps it as a sensitive value. To keep a user that exists with the secret that it has, import it instead.",
        );
    }
    diagnostics
}

/// The rules for a domain's name, at the attribute that gives it here.
pub(in crate::provider) fn validate_domain(name: &str) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for problem in validate_name(name) {
        let path = AttributePath::root("domain");
        diagnostics.push(problem.severity, path, problem.summary, problem.detail);
    }
    diagnostics
}

/// The rules for a key, as clients of the API report them.
pub(super) fn validate_key(key: &str) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let path = || AttributePath::root("key");
    let shown: String = key.chars().take(70).collect();
    let length = key.chars().count();
    if !(1..=64).contains(&length) {
        let detail = format!("{shown:?} has {length} characters; a user's key has 1 to 64.");
        diagnostics.error(path(), "Invalid user key", detail);
    }
    if let Some(letter) = key.chars().find(|letter| !is_key_letter(*letter)) {
        let lower = shown.to_ascii_lowercase();
        let hint = if lower.chars().all(is_key_letter) {
            format!(" Did you mean {lower:?}?")
        } else {
            String::new()
        };
        let detail = format!(
            "{shown:?} contains {letter:?}; a user's key is made of the lower-case letters a-z, digits and dashes.{hint}"
        );
        diagnostics.error(path(), "Invalid user key", detail);
    }
    diagnostics
}

fn is_key_letter(letter: char) -> bool {
    letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'
}

/// At most one way to give the secret, and a version only with the one that needs it.
fn validate_ways(config: &Value) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let secret = config.string_field("secret");
    let secret_wo = config.string_field("secret_wo");
    if let (Field::Known(_), Field::Known(_)) = (&secret, &secret_wo) {
        diagnostics.error(
            AttributePath::root("secret_wo"),
            "Two secrets",
            "Both `secret` and `secret_wo` are set, but a user has one secret. Remove `secret`, so that the state does not \
             keep it, or else `secret_wo`.",
        );
    }
    let version = config.number_field("secret_wo_version");
    if matches!(version, Field::Known(_)) && secret_wo.is_null() {
        diagnostics.error(
            AttributePath::root("secret_wo_version"),
            "Version without a write-only secret",
            "`secret_wo_version` says when `secret_wo` is to be sent again, but `secret_wo` is not set. Set it, or remove \
             the version: a change of `secret` is noticed without one.",
        );
    }
    diagnostics
}

/// The rules for a secret, as Vonage's dashboard states them.
fn validate_secret(attribute: &str, secret: &str) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let mut problems = Vec::new();
    let length = secret.chars().count();
    if !(12..=64).contains(&length) {
        let noun = if length == 1 {
            "character"
        } else {
            "characters"
        };
        problems.push(format!("it has {length} {noun}, and needs 12 to 64"));
    }
    // What comes along from a file or a copy, and nobody types into a phone.
    let inner = secret.trim();
    for (is_there, problem) in [
        (
            inner.len() < secret.len(),
            "it begins or ends with white space, often the line break at the end of a file; remove it, for example with \
             `trimspace()`",
        ),
        (
            inner.contains(|letter: char| {
                letter.is_control() || "\u{2028}\u{2029}".contains(letter)
            }),
            "it holds a line break or another control character; remove it",
        ),
        (
            secret.contains('\u{feff}'),
            "it holds a byte order mark (U+FEFF), which some editors put at the beginning of a file; remove it",
        ),
    ] {
        if is_there {
            problems.push(problem.to_owned());
        }
    }
    let lacks = |kind: fn(&char) -> bool| !secret.chars().any(|letter| kind(&letter));
    for (missing, kind) in [
        (lacks(char::is_ascii_digit), "a digit (0-9)"),
        (lacks(char::is_ascii_lowercase), "a lower-case letter (a-z)"),
        (
            lacks(char::is_ascii_uppercase),
            "an upper-case letter (A-Z)",
        ),
    ] {
        if missing {
            problems.push(format!("it lacks {kind}"));
        }
    }
    if !problems.is_empty() {
        let detail = format!(
            "The value of `{attribute}`, which is not shown here, cannot be a user's secret: {}.",
            problems.join("; ")
        );
        diagnostics.error(AttributePath::root(attribute), "Invalid secret", detail);
    }
    diagnostics
}

#[cfg(test)]
mod tests;
