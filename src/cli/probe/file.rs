//! The file of the report: it is there from the first request on, and names the run, so that a killed one can be cleaned after.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use serde_json::Value;

/// A report is far shorter.
const LONGEST: u64 = 1024 * 1024;

/// Makes the file, where nothing has its name.
pub(super) fn create(path: &Path, report: &Value) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(text(report).as_bytes())?;
    file.sync_all()
}

/// Puts the report in its place, whole or not at all.
pub(super) fn replace(path: &Path, report: &Value) -> io::Result<()> {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let mut temporary = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    temporary.write_all(text(report).as_bytes())?;
    temporary
        .as_file()
        .set_permissions(fs::metadata(path)?.permissions())?;
    temporary.as_file().sync_all()?;
    temporary.persist(path)?;
    Ok(())
}

/// What is in the file, where there is one.
pub(super) fn read(path: &Path) -> Option<String> {
    let mut text = String::new();
    let file = File::open(path).ok()?;
    file.take(LONGEST).read_to_string(&mut text).ok()?;
    Some(text)
}

fn text(report: &Value) -> String {
    format!("{report:#}\n")
}
