//! The switches for the rate limit: none is published for this API, and how it would be told is unknown.

use serde::{Deserialize, Serialize};

/// Where a 429 says how long to wait: Vonage's generic error has a field for it, HTTP has a header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, Serialize, Deserialize)]
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
