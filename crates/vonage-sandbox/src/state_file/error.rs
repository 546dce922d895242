//! Why a state file, or a seed, is of no use.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::contents::InvalidContents;

/// A file that cannot be used as it is. It is left as it was.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("cannot read {path:?}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It holds something else; mend it, or move it away.
    #[error("{path:?} does not hold the contents of a sandbox; mend it, or move it away")]
    Contents {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: InvalidContents,
    },
    /// A folder, a pipe, a device: nothing that can be replaced.
    #[error("{path:?} is not a regular file; give another path")]
    NotRegular {
        /// What is there.
        path: PathBuf,
    },
    /// Another sandbox has it.
    #[error(
        "{path:?} is in use by another sandbox ({holder}); stop that one, or give this one a file of its own"
    )]
    InUse {
        /// The file.
        path: PathBuf,
        /// Its process and URL.
        holder: String,
    },
    /// It cannot be locked.
    #[error("cannot lock {path:?}")]
    Lock {
        /// The lock file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// A file that was not written. It is shared by all whose writes waited together.
#[derive(Clone, Debug, thiserror::Error)]
#[error("cannot write {path:?}")]
pub struct WriteError {
    pub(super) path: PathBuf,
    pub(super) source: Arc<io::Error>,
}
