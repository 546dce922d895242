//! The switches for the form of answers.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// The form of an error's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorBody {
    /// As specification 1.0.0 publishes it: `type`, `title`, `detail`.
    Published,
    /// With `instance`, `error_code` as text and `invalid_parameters`, as `application/problem+json`.
    Generic,
    /// `error-code-label` and `title`.
    Label,
    /// `error_text` alone.
    ErrorText,
    /// `title` and a number as `error_code`.
    NumberCode,
    /// The published one below the key `error`.
    Nested,
    /// The published one, with the request's own body in `detail`, secrets included.
    Echo,
    /// A line of plain text.
    Text,
    /// A page for people.
    Html,
    /// No byte.
    Empty,
}

/// How `always`, `never`, `optional`, `app` and `trunk` are written in answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EnumCase {
    /// `always`.
    Lower,
    /// `ALWAYS`.
    Upper,
    /// `Always`.
    Capitalized,
}

/// How `digest_auth` is written in answers: Vonage's own test sends it as a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DigestAuthEcho {
    /// `true`.
    Boolean,
    /// `"True"`.
    Word,
    /// `"true"`.
    LowerWord,
}

/// Which fields answers leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Omitted {
    /// None.
    Nothing,
    /// Those that have their default.
    Defaults,
    /// `tls`, `srtp`, `digest_auth` and `domain_type`.
    Optional,
    /// The name.
    Name,
}

/// What answers show for `application_id` and `trunk_name` where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unset {
    /// Nothing.
    Absent,
    /// `null`.
    Null,
    /// An empty text.
    EmptyText,
}

/// Whether answers have fields that no document knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExtraFields {
    /// No.
    None,
    /// An `id`, a date, links and a list.
    Some,
}

/// The form of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ListShape {
    /// A JSON array.
    Array,
    /// An object with `_embedded` and `_links`, as Vonage's other APIs have it, in pages.
    Embedded,
    /// That, with pages that lead round in a circle.
    Looping,
    /// An object with the rows under a plain key.
    Wrapped,
}

/// What the rows of the list of domains hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ListRows {
    /// All that a read shows.
    Complete,
    /// The name alone.
    Names,
    /// All but the `acl`.
    WithoutAcl,
}

/// Which credentials are taken: the first draft had a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuthScheme {
    /// HTTP Basic.
    Basic,
    /// A bearer token only; key and secret get 401.
    Bearer,
}

/// What a GET of a trunk's endpoints answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Endpoints {
    /// 404: there is no such path.
    NotFound,
    /// An empty list.
    Array,
}

/// Where a 429 says how long to wait: Vonage's generic error has a field for it, HTTP has a header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RetryAfterIn {
    /// In the header `Retry-After`, in seconds.
    #[default]
    Header,
    /// In the header `Retry-After`, as a date.
    Date,
    /// In the field `retry_after` of the body, in seconds.
    Body,
    /// In both, in seconds.
    Both,
    /// Nowhere.
    Neither,
}

/// How `acl` comes back in answers. What is stored stays as sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AclEcho {
    /// Entry for entry as it was sent.
    AsSent,
    /// In the order of the entries' text.
    Sorted,
    /// In an order that is never the one sent and changes from read to read.
    Shuffled,
    /// `/32` (IPv6: `/128`) added to bare addresses.
    #[value(name = "add-32")]
    #[serde(rename = "add-32")]
    Add32,
    /// `/32` (IPv6: `/128`) taken off.
    #[value(name = "remove-32")]
    #[serde(rename = "remove-32")]
    Remove32,
    /// Only the first of the entries that mean the same.
    Dedup,
}
