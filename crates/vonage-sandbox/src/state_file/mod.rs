//! The state file: what it holds, who may have it, how it is replaced, and how writes get into it.

mod contents;
mod error;
mod lock;
mod path;
mod persist;
mod storage;

pub use contents::InvalidContents;
pub(crate) use contents::{Contents, text};
pub use error::{FileError, WriteError};
pub(crate) use persist::{StateFile, read};
pub(crate) use storage::Storage;
