//! The state file: what it holds, who may have it, how it is replaced, and how writes get into it.

mod contents;
mod lock;
mod persist;
mod storage;

pub(crate) use contents::text;
pub use contents::{Contents, InvalidContents};
pub use persist::FileError;
pub(crate) use persist::{StateFile, read};
pub(crate) use storage::Storage;
