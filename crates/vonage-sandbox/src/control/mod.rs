//! The routes under `/_sandbox/`, and the same acts for users in this process: journal, reset, switches, faults, direct edits.
//!
//! They need the API's credentials or the sandbox's token, follow none of the API's rules and are in no journal.

pub(crate) mod edits;
mod routes;

pub use edits::EditError;
pub(crate) use routes::{is_control, respond};
