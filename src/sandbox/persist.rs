//! The state file: read at start, replaced as a whole with each change.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::contents::{Contents, InvalidContents};
use crate::logging;

/// A file that holds a sandbox's contents, readable by its owner alone.
#[derive(Debug)]
pub(super) struct StateFile(PathBuf);

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
    /// It cannot be written.
    #[error("cannot write {path:?}")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl StateFile {
    /// The file at `path`, which need not exist yet.
    pub(super) fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// What the file holds, or `None` where there is no file.
    pub(super) fn load(&self) -> Result<Option<Contents>, FileError> {
        match read(&self.0) {
            Err(FileError::Read { source, .. }) if source.kind() == ErrorKind::NotFound => Ok(None),
            contents => contents.map(Some),
        }
    }

    /// Replaces the file in one step: a reader, and a crash, find the old contents or the new, never a part.
    ///
    /// A failure is told to whoever runs the sandbox, too: the API's published answer to it gives no reason.
    pub(super) fn save(&self, contents: &Contents) -> Result<(), FileError> {
        self.replace(contents).map_err(|source| {
            let path = self.0.clone();
            let reason = format!("{}: {source}", path.display());
            logging::complain(&format!("the old state is kept: cannot write {reason}"));
            FileError::Write { path, source }
        })
    }

    /// A write whose outcome nobody will tell any more.
    pub(super) fn abandoned(&self) -> FileError {
        FileError::Write {
            path: self.0.clone(),
            source: ErrorKind::Interrupted.into(),
        }
    }

    fn replace(&self, contents: &Contents) -> io::Result<()> {
        // Renaming is atomic only within one file system, so the new file starts in the same folder.
        let folder = match self.0.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&serde_json::to_vec_pretty(contents)?)?;
        file.write_all(b"\n")?;
        file.as_file().sync_all()?;
        file.persist(&self.0)?;
        Ok(())
    }
}

/// The contents in the file at `path`.
pub(super) fn read(path: &Path) -> Result<Contents, FileError> {
    let text = fs::read(path).map_err(|source| FileError::Read {
        path: path.to_owned(),
        source,
    })?;
    Contents::parse(&text).map_err(|source| FileError::Contents {
        path: path.to_owned(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_domain() -> Contents {
        Contents::parse(br#"[{"name":"one"}]"#).unwrap()
    }

    #[test]
    fn what_was_saved_is_loaded_and_no_other_file_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let file = StateFile::new(folder.path().join("state.json"));
        assert!(file.load().unwrap().is_none());
        file.save(&Contents::default()).unwrap();
        file.save(&one_domain()).unwrap();
        assert_eq!(file.load().unwrap(), Some(one_domain()));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn whoever_reads_the_file_during_a_save_gets_the_whole_old_contents() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        let file = StateFile::new(path.clone());
        file.save(&one_domain()).unwrap();
        let reader = fs::File::open(&path).unwrap();
        file.save(&Contents::default()).unwrap();
        let read = io::read_to_string(reader).unwrap();
        assert_eq!(Contents::parse(read.as_bytes()).unwrap(), one_domain());
    }

    #[test]
    fn a_folder_that_disappeared_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let file = StateFile::new(folder.path().join("gone").join("state.json"));
        assert!(matches!(
            file.save(&one_domain()),
            Err(FileError::Write { .. })
        ));
    }

    #[test]
    fn a_save_that_cannot_finish_keeps_the_old_and_leaves_no_temporary_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        // A folder in the file's place: everything works but the rename, for every user, root included.
        fs::create_dir(&path).unwrap();
        fs::write(path.join("old"), "kept").unwrap();
        assert!(StateFile::new(path.clone()).save(&one_domain()).is_err());
        assert_eq!(fs::read_to_string(path.join("old")).unwrap(), "kept");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_broken_file_is_an_error_and_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        for broken in ["", "{\"domains\": [", "{\"domains\": 5}"] {
            fs::write(&path, broken).unwrap();
            assert!(
                matches!(
                    StateFile::new(path.clone()).load(),
                    Err(FileError::Contents { .. })
                ),
                "{broken:?}"
            );
            assert_eq!(fs::read_to_string(&path).unwrap(), broken);
        }
    }
}
