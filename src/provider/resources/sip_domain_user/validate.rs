//! What can be told of a configuration offline; unknown values are left for later. No message shows a secret.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::field::Field;
use tfplugin::path::AttributePath;
use tfplugin::value::Value;

use super::model::{UserKey, UserModel};
use super::schema::{DOMAIN, KEY, SECRET, SECRET_WO, SECRET_WO_VERSION};
use crate::provider::changes::must_be_valid;

/// The user before a change, and as it is configured, unless that has errors in what is changed.
pub(super) fn valid_change(
    prior: &Value,
    config: &Value,
    check: fn(&UserModel) -> Diagnostics,
) -> Result<(UserModel, UserModel), Diagnostics> {
    let (before, configured) = (UserModel::from(prior), UserModel::from(config));
    let mut written = configured.clone();
    if written.secret == before.secret {
        // `ignore_changes` may have put it beside a new `secret_wo`.
        written.secret = Field::Null;
    }
    must_be_valid(check(&written), config, prior, &[])?;
    Ok((before, configured))
}

impl UserModel {
    /// Every problem with a configuration at once.
    pub(super) fn check(&self) -> Diagnostics {
        let secret = |attribute, secret: &Field<String>| {
            let secret = secret.as_known();
            secret.map(|secret| check_secret(attribute, secret))
        };
        [
            self.domain.as_known().map(|domain| domain.check(DOMAIN)),
            self.key.as_known().map(UserKey::check),
            Some(self.check_ways()),
            secret(SECRET, &self.secret),
            secret(SECRET_WO, &self.secret_wo),
            Some(self.timeouts.check()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Every problem with the configuration of a user that is to be created: one that exists needs no secret in it.
    pub(super) fn check_new(&self) -> Diagnostics {
        let mut diagnostics = self.check();
        if !self.secret.is_null() || !self.secret_wo.is_null() {
            return diagnostics;
        }
        diagnostics.error(
            AttributePath::root(SECRET),
            "Missing secret",
            "A user cannot be created without a secret, so `secret_wo` or `secret` must be set. Set `secret_wo` with \
             Terraform 1.11 or OpenTofu 1.11, or newer: it is kept in no plan and no state. Set `secret` otherwise: the \
             state keeps it as a sensitive value. To keep a user that exists with the secret that it has, import it instead.",
        );
        diagnostics
    }

    /// At most one way to give the secret, and a version only with the one that needs it.
    fn check_ways(&self) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        if let (Field::Known(_), Field::Known(_)) = (&self.secret, &self.secret_wo) {
            diagnostics.error(
                AttributePath::root(SECRET_WO),
                "Two secrets",
                "Both `secret` and `secret_wo` are set, but a user has one secret. Remove `secret`, so that the state does not \
                 keep it, or else `secret_wo`.",
            );
        }
        if matches!(self.secret_wo_version, Field::Known(_)) && self.secret_wo.is_null() {
            diagnostics.error(
                AttributePath::root(SECRET_WO_VERSION),
                "Version without a write-only secret",
                "`secret_wo_version` says when `secret_wo` is to be sent again, but `secret_wo` is not set. Set it, or remove \
                 the version: a change of `secret` is noticed without one.",
            );
        }
        diagnostics
    }
}

impl UserKey {
    /// The rules for a key, as clients of the API report them.
    pub(super) fn check(&self) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        let path = || AttributePath::root(KEY);
        let shown: String = self.0.chars().take(70).collect();
        let length = self.0.chars().count();
        if !(1..=64).contains(&length) {
            let detail = format!("{shown:?} has {length} characters; a user's key has 1 to 64.");
            diagnostics.error(path(), "Invalid user key", detail);
        }
        if let Some(letter) = self.0.chars().find(|letter| !is_key_letter(*letter)) {
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
}

fn is_key_letter(letter: char) -> bool {
    letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'
}

/// The rules for a secret, as Vonage's dashboard states them.
fn check_secret(attribute: &str, secret: &str) -> Diagnostics {
    let length = secret.chars().count();
    let s = if length == 1 { "" } else { "s" };
    let length_problem = format!("it has {length} character{s}, and needs 12 to 64");
    // What comes along from a file or a copy, and nobody types into a phone.
    let inner = secret.trim();
    let is_control = |letter: char| letter.is_control() || "\u{2028}\u{2029}".contains(letter);
    let lacks = |kind: fn(&char) -> bool| !secret.chars().any(|letter| kind(&letter));
    let problems = [
        (!(12..=64).contains(&length), length_problem.as_str()),
        (
            inner.len() < secret.len(),
            "it begins or ends with white space, often the line break at the end of a file; remove it, for example with \
             `trimspace()`",
        ),
        (
            inner.contains(is_control),
            "it holds a line break or another control character; remove it",
        ),
        (
            secret.contains('\u{feff}'),
            "it holds a byte order mark (U+FEFF), which some editors put at the beginning of a file; remove it",
        ),
        (lacks(char::is_ascii_digit), "it lacks a digit (0-9)"),
        (
            lacks(char::is_ascii_lowercase),
            "it lacks a lower-case letter (a-z)",
        ),
        (
            lacks(char::is_ascii_uppercase),
            "it lacks an upper-case letter (A-Z)",
        ),
    ];
    let problems = problems.iter().filter(|(is_there, _)| *is_there);
    let problems: Vec<_> = problems.map(|(_, problem)| *problem).collect();
    if problems.is_empty() {
        return Diagnostics::new();
    }
    let detail = format!(
        "The value of `{attribute}`, which is not shown here, cannot be a user's secret: {}.",
        problems.join("; ")
    );
    Diagnostics::error_at(AttributePath::root(attribute), "Invalid secret", detail)
}

#[cfg(test)]
mod tests;
