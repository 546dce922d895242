//! The switch for IPv6 in `acl`: never mentioned in the API's documents.

use serde::{Deserialize, Serialize};

/// Whether IPv6 entries in `acl` are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AclIpv6 {
    /// Taken and echoed like any other.
    #[default]
    Accept,
    /// Refused with 422.
    Reject,
}
