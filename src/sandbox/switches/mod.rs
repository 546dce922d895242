//! Switches: one for each question about the real API that nobody outside Vonage can answer.
//!
//! A switch is a field of [`Switches`] and a type in a file of its own that holds its values and its effect.
//! The field gives the flag (`--acl-echo`) and the JSON key under `/_sandbox/switches` (`acl_echo`).

mod acl_echo;
mod acl_rules;
mod rate_limit;
mod statuses;
mod table;
mod visibility;

pub use acl_echo::AclEcho;
pub use acl_rules::AclIpv6;
pub use rate_limit::RetryAfterIn;
pub use statuses::{DeleteBody, DeleteStatus, DuplicateStatus, PutStatus, PutUnknown};
pub use table::{Switches, SwitchesError};
pub use visibility::{InvalidDelay, VisibilityDelay};
