//! The calls about the users of a domain, one file each.
//!
//! A user's secret goes one way only: from the caller into the body of a create or an update. Users are told apart by
//! domain and key, and all that a read tells of one is whether it is there.

mod create;
mod delete;
mod list;
mod read;
mod requests;
mod update;
mod user;

pub(crate) use create::CreateUserError;
pub(crate) use user::User;
