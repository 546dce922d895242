//! Which file a path means, and which ones belong to it.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::error::FileError;

/// The most symbolic links in a row that are followed; systems have about the same limit.
const MAX_LINKS: usize = 40;

/// Where symbolic links lead, whether or not there is anything.
pub(super) fn followed(path: PathBuf) -> Result<PathBuf, FileError> {
    let is_link = |path: &Path| fs::symlink_metadata(path).is_ok_and(|it| it.is_symlink());
    let mut target = path.clone();
    for _ in 0..MAX_LINKS {
        if !is_link(&target) {
            return Ok(target);
        }
        let next = fs::read_link(&target).map_err(|source| FileError::Read {
            path: path.clone(),
            source,
        })?;
        target = folder(&target).join(next);
    }
    Err(FileError::NotRegular { path })
}

/// Refuses what is there and no regular file: reading a pipe or a device may never end.
pub(super) fn check_regular(path: &Path) -> Result<(), FileError> {
    let is_other = fs::symlink_metadata(path).is_ok_and(|it| !it.is_file());
    if is_other || path.file_name().is_none() {
        return Err(FileError::NotRegular {
            path: path.to_owned(),
        });
    }
    Ok(())
}

/// The name of a file that belongs to this one: with a dot before it, and an ending.
pub(super) fn hidden_name(path: &Path, ending: &str) -> OsString {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(ending);
    name
}

pub(super) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
