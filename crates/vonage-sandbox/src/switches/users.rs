//! The switches for users, of which no specification is public.

use clap::ValueEnum;
use serde::Serialize;

/// Body of the answer to a POST or PUT of a user that worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UserBody {
    /// The user.
    Object,
    /// Its key alone.
    Key,
    /// No byte.
    Empty,
    /// A word of plain text.
    Text,
    /// An empty JSON object.
    Braces,
}

/// What a read shows of a user beside its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UserFields {
    /// Its domain.
    Domain,
    /// Nothing.
    None,
    /// Its domain, an `id`, and dates.
    More,
}

/// What answers show of a user's secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UserSecret {
    /// Nothing.
    Hidden,
    /// The secret.
    Echoed,
    /// Stars.
    Masked,
    /// `null`.
    Null,
}

/// What a secret must be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecretRules {
    /// 12 to 64 characters, among them a digit, a lower and an upper case letter.
    Strict,
    /// That, and nothing but letters and digits.
    Alphanumeric,
    /// Not empty.
    None,
}

/// What a key must be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyRules {
    /// 1 to 64 of `a` to `z`, digits and hyphen.
    Strict,
    /// Not empty.
    None,
}
