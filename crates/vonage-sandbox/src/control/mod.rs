//! The routes under `/_sandbox/`, and the same acts for users in this process: journal, reset, switches, faults, direct edits.
//!
//! They need the API's credentials or the sandbox's token, follow none of the API's rules and are in no journal.

mod edits;
mod routes;

pub use edits::EditError;
pub(super) use edits::{
    delete_domain, delete_user, domain, domains, patch_domain, patch_user, put_domain, put_user,
    user, users,
};
pub(super) use routes::{answer, is_control};
