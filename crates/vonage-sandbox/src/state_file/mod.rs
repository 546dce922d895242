//! The state file: what it holds, who may have it, how it is replaced, and how writes get into it.

mod contents;
mod ledger;
mod lock;
mod persist;

pub(crate) use contents::text;
pub use contents::{Contents, InvalidContents};
pub(crate) use ledger::Ledger;
pub use persist::FileError;
pub(crate) use persist::{StateFile, read};
