//! The calls of the Programmable SIP API, one file each.
//!
//! Every write is followed by looks at its object until it shows (`watch`): the API is replicated, and an answer
//! to a read may be some 10 s old (`visibility`). Where many objects are read or awaited at the same time, one list
//! serves them all (`together`). What domains and their users have in common besides is in `locator`, `pages` and
//! `delete`.

mod create;
mod delete;
mod domain;
#[doc(hidden)]
pub mod fuzzing;
mod list;
mod read;
mod requests;
mod settling;
mod together;
mod update;
mod users;
mod visibility;
mod watch;

pub use create::CreateError;
pub use delete::Deleted;
pub use domain::{Domain, InvalidDomain};
pub use settling::{Settled, Settling};
pub(super) use together::{SharedList, UserLists};
pub use update::{LeftAlone, UpdateError};
pub use users::{CreateUserError, InvalidUser, UpdateUserError, User};
pub use watch::{Visibility, Written};
