//! The calls about the users of a domain, one file each.

mod list;
mod requests;
mod user;

pub use user::{InvalidUser, User};
