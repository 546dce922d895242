//! One state file, one sandbox: a lock in a file beside it, which says who holds it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::error::FileError;
use super::path::{check_regular, hidden_name};

/// How much of a lock file is read: a process and a URL are shorter.
const HOLDER_MAX: u64 = 256;

/// Keeps other sandboxes off a state file for as long as the result lives. `url` is where they find this one.
///
/// The lock file stays when the lock is released: a process that has opened it meanwhile would lock a file that is gone.
pub(crate) fn take(state: &Path, url: &str) -> Result<File, FileError> {
    let path = beside(state);
    check_regular(&path)?;
    let failed = |source| FileError::Lock {
        path: path.clone(),
        source,
    };
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(FileError::InUse {
                path: state.to_owned(),
                holder: holder(file),
            });
        }
        Err(TryLockError::Error(source)) => return Err(failed(source)),
    }
    file.set_len(0)
        .and_then(|()| writeln!(&file, "process {} on {url}", std::process::id()))
        .map_err(failed)?;
    Ok(file)
}

fn beside(state: &Path) -> PathBuf {
    state.with_file_name(hidden_name(state, ".lock"))
}

/// What the holder of the lock wrote into the file, where it can be read: some systems let no process read a locked file.
fn holder(file: File) -> String {
    let mut text = String::new();
    let is_read = file.take(HOLDER_MAX).read_to_string(&mut text).is_ok();
    let text = text.trim();
    let is_plain = text
        .bytes()
        .all(|byte| byte == b' ' || byte.is_ascii_graphic());
    if is_read && is_plain && !text.is_empty() {
        text.to_owned()
    } else {
        "which does not say who it is".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_a_stranger_wrote_into_a_lock_file_is_not_told() {
        for text in ["", "\u{1b}[31mred", "\u{202e}"] {
            let folder = tempfile::tempdir().unwrap();
            let state = folder.path().join("state.json");
            let path = beside(&state);
            fs::write(&path, text).unwrap();
            let held = File::open(&path).unwrap();
            held.lock().unwrap();
            let refused = take(&state, "http://127.0.0.1:4010")
                .unwrap_err()
                .to_string();
            assert!(
                refused.contains("(which does not say who it is)"),
                "{refused:?}"
            );
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }
}
