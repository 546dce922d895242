//! The calls of the Programmable SIP API, one file each.
//!
//! Every write is followed by looks at the domain until it shows (`watch`): the API is replicated, and an answer
//! to a read may be some 10 s old.

mod create;
mod delete;
mod domain;
mod list;
mod read;
mod requests;
mod update;
mod watch;

pub use create::CreateError;
pub use delete::Deleted;
pub use domain::{Domain, InvalidDomain};
pub use update::UpdateError;
pub use watch::{Visibility, Written};
