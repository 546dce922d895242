//! The switches for what the API takes in the body of a write.

use clap::ValueEnum;
use serde::Serialize;

/// Whether something unusual is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// Taken, like any other.
    Accept,
    /// Refused.
    Reject,
}

/// What becomes of what is more than needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Surplus {
    /// Kept.
    Keep,
    /// Dropped.
    Drop,
    /// Refused with 422.
    Reject,
}

/// What upper case in names means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameCase {
    /// Two names that differ in it are two names.
    Keep,
    /// Names are shown as they were made, and found in any case.
    Ignore,
    /// Names are stored in lower case, and found in any case.
    Fold,
    /// It is refused with 422.
    Reject,
}

/// When an `acl` may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AclEmpty {
    /// Where `digest_auth` is true.
    WithDigest,
    /// Never.
    Reject,
    /// Always.
    Accept,
}

/// What becomes of bits outside a prefix, as in `10.1.2.3/24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AclHostBits {
    /// They stay.
    Keep,
    /// They are cleared.
    Clear,
    /// They are refused with 422.
    Reject,
}

/// Whether a domain of the type `trunk` has an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrunkApplication {
    /// It may.
    Optional,
    /// It must, else 422.
    Required,
    /// It must not, else 422.
    Rejected,
}

/// What becomes of `trunk_name`, which no document knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrunkName {
    /// It is an ordinary field.
    Keep,
    /// It is dropped.
    Drop,
    /// A trunk without one gets one.
    Invent,
}

/// Whether the application of a domain must exist and have voice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ApplicationCheck {
    /// It need not.
    None,
    /// 400 where it does not.
    #[value(name = "400")]
    #[serde(rename = "400")]
    BadRequest,
    /// 404 where it does not.
    #[value(name = "404")]
    #[serde(rename = "404")]
    NotFound,
    /// 422 where it does not.
    #[value(name = "422")]
    #[serde(rename = "422")]
    Unprocessable,
}

/// Whether `srtp` asks for `tls`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TlsSrtp {
    /// Each is free.
    Free,
    /// `srtp = always` needs `tls = always`, else 422.
    Tied,
}
