//! The state file: read at start, replaced as a whole with each change.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use super::contents::Contents;
use super::error::{FileError, WriteError};
use super::lock;
use super::path::{check_regular, folder, followed, hidden_name};

/// How the name of a copy ends that is not finished yet.
const UNFINISHED: &str = ".tmp";

/// A file that holds a sandbox's contents, readable by its owner alone.
#[derive(Debug)]
pub(crate) struct StateFile {
    /// Symbolic links followed: a link stays, and what it leads to is replaced.
    path: PathBuf,
    /// Held until this is dropped.
    _lock: File,
}

impl StateFile {
    /// The file at `path`, which need not exist yet, for the sandbox at `url` alone.
    pub(crate) fn open(path: PathBuf, url: &str) -> Result<Self, FileError> {
        let path = followed(path)?;
        check_regular(&path)?;
        let lock = lock::take(&path, url)?;
        // What an interrupted save has left: no other process is writing it, for to save takes the lock. If it stays, the
        // next save says so.
        let _ = fs::remove_file(path.with_file_name(hidden_name(&path, UNFINISHED)));
        Ok(Self { path, _lock: lock })
    }

    /// What the file holds, or `None` where there is no file.
    pub(crate) fn load(&self) -> Result<Option<Contents>, FileError> {
        match read(&self.path) {
            Err(FileError::Read { source, .. }) if source.kind() == ErrorKind::NotFound => Ok(None),
            contents => contents.map(Some),
        }
    }

    /// Replaces the file in one step: a reader, and a crash, find the old contents or the new, never a part.
    ///
    /// A failure is also written to standard error: the API's published response to it gives no reason.
    pub(crate) fn save(&self, contents: &Contents) -> Result<(), WriteError> {
        self.replace(contents).map_err(|source| {
            let path = self.path.clone();
            let reason = format!("{}: {source}", path.display());
            let line = format!("the old state is kept: cannot write {reason}\n");
            // A failure of this has nowhere to be reported.
            let _ = io::stderr().write_all(line.as_bytes());
            let source = Arc::new(source);
            WriteError { path, source }
        })
    }

    /// A write whose outcome is unknown.
    pub(super) fn abandoned(&self) -> WriteError {
        WriteError {
            path: self.path.clone(),
            source: Arc::new(ErrorKind::Interrupted.into()),
        }
    }

    fn replace(&self, contents: &Contents) -> io::Result<()> {
        // Renaming is atomic only within one file system, so the new file starts in the same folder.
        let mut file = tempfile::Builder::new()
            .prefix(&hidden_name(&self.path, UNFINISHED))
            .rand_bytes(0)
            .tempfile_in(folder(&self.path))?;
        file.write_all(&serde_json::to_vec_pretty(contents)?)?;
        file.write_all(b"\n")?;
        file.as_file().sync_all()?;
        // Unlike the library's own way, the system's lets Windows replace a file that somebody reads.
        fs::rename(file.into_temp_path(), &self.path)
    }
}

/// The contents in the file at `path`.
pub(crate) fn read(path: &Path) -> Result<Contents, FileError> {
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

    fn open(path: &Path) -> Result<StateFile, FileError> {
        StateFile::open(path.to_owned(), "http://127.0.0.1:4010")
    }

    /// The names in a folder, in order.
    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort_unstable();
        names
    }

    fn one_domain() -> Contents {
        Contents::parse(br#"[{"name":"one"}]"#).unwrap()
    }

    #[test]
    fn what_was_saved_is_loaded_and_no_other_file_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let file = open(&folder.path().join("state.json")).unwrap();
        assert!(file.load().unwrap().is_none());
        file.save(&Contents::default()).unwrap();
        file.save(&one_domain()).unwrap();
        assert_eq!(file.load().unwrap(), Some(one_domain()));
        assert_eq!(names(folder.path()), [".state.json.lock", "state.json"]);
    }

    #[test]
    fn whoever_reads_the_file_during_a_save_gets_the_whole_old_contents() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        let file = open(&path).unwrap();
        file.save(&one_domain()).unwrap();
        let reader = fs::File::open(&path).unwrap();
        file.save(&Contents::default()).unwrap();
        let read = io::read_to_string(reader).unwrap();
        assert_eq!(Contents::parse(read.as_bytes()).unwrap(), one_domain());
    }

    #[test]
    fn a_folder_that_disappeared_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let gone = folder.path().join("gone");
        assert!(matches!(
            open(&gone.join("state.json")),
            Err(FileError::Lock { .. })
        ));
        fs::create_dir(&gone).unwrap();
        let file = open(&gone.join("state.json")).unwrap();
        fs::remove_dir_all(&gone).unwrap();
        assert!(matches!(file.save(&one_domain()), Err(WriteError { .. })));
    }

    #[test]
    fn a_save_that_cannot_finish_keeps_the_old_and_leaves_no_temporary_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        let file = open(&path).unwrap();
        // A folder in the file's place: everything works but the rename, for every user, root included.
        fs::create_dir(&path).unwrap();
        fs::write(path.join("old"), "kept").unwrap();
        assert!(file.save(&one_domain()).is_err());
        assert_eq!(fs::read_to_string(path.join("old")).unwrap(), "kept");
        assert_eq!(names(folder.path()), [".state.json.lock", "state.json"]);
    }

    #[test]
    fn a_broken_file_is_an_error_and_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        for broken in ["", "{\"domains\": [", "{\"domains\": 5}"] {
            fs::write(&path, broken).unwrap();
            assert!(
                matches!(open(&path).unwrap().load(), Err(FileError::Contents { .. })),
                "{broken:?}"
            );
            assert_eq!(fs::read_to_string(&path).unwrap(), broken);
        }
    }

    #[test]
    fn a_file_has_one_holder_who_is_named_to_others_until_he_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        let first = open(&path).unwrap();
        let refused = open(&path).unwrap_err().to_string();
        let holder = format!("process {} on http://127.0.0.1:4010", std::process::id());
        assert!(refused.contains(&holder), "{refused}");
        drop(first);
        open(&path).unwrap();
    }

    #[test]
    fn unfinished_copies_are_swept_at_start_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let kept = [
            ".state.json.more.tmp",
            ".state.json.abcdef.tmp",
            ".state.json.tmp.tmp",
            "state.json.tmp",
            ".other.json.tmp",
        ];
        for name in kept.iter().chain(&[".state.json.tmp"]) {
            fs::write(folder.path().join(name), "{").unwrap();
        }
        let file = open(&folder.path().join("state.json")).unwrap();
        drop(file);
        let mut expected = [&kept[..], &[".state.json.lock"]].concat();
        expected.sort_unstable();
        assert_eq!(names(folder.path()), expected);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_what_it_leads_to_is_replaced_and_locked() {
        let folder = tempfile::tempdir().unwrap();
        let (inner, link) = (folder.path().join("inner"), folder.path().join("link.json"));
        fs::create_dir(&inner).unwrap();
        std::os::unix::fs::symlink("inner/next.json", &link).unwrap();
        std::os::unix::fs::symlink("state.json", inner.join("next.json")).unwrap();
        let target = inner.join("state.json");
        for contents in [one_domain(), Contents::default()] {
            let file = open(&link).unwrap();
            assert!(matches!(open(&target), Err(FileError::InUse { .. })));
            file.save(&contents).unwrap();
            assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
            assert!(fs::symlink_metadata(&target).unwrap().is_file());
            assert_eq!(read(&target).unwrap(), contents);
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_regular_file_is_refused_unread() {
        let folder = tempfile::tempdir().unwrap();
        let [pipe, dir, around, null, locked] =
            ["pipe", "dir", "around", "null", "locked"].map(|name| folder.path().join(name));
        nix::unistd::mkfifo(&pipe, nix::sys::stat::Mode::S_IRWXU).unwrap();
        nix::unistd::mkfifo(
            &folder.path().join(".locked.lock"),
            nix::sys::stat::Mode::S_IRWXU,
        )
        .unwrap();
        fs::create_dir(&dir).unwrap();
        std::os::unix::fs::symlink("around", &around).unwrap();
        std::os::unix::fs::symlink("/dev/null", &null).unwrap();
        for path in [&pipe, &dir, &around, &null, &locked, &dir.join("..")] {
            let refused = open(path);
            assert!(
                matches!(refused, Err(FileError::NotRegular { .. })),
                "{path:?}: {refused:?}"
            );
        }
    }
}
