//! Programs that tests write themselves.

use std::{fs, path::Path, process::Command};

/// Writes a program that can be run at once.
///
/// Another process writes it: whatever this one holds open for writing, a process that is being started beside it holds, too, and
/// what anybody holds open for writing cannot be run.
#[track_caller]
pub(crate) fn write_program(path: &Path, script: &str) {
    let text = path.with_extension("text");
    fs::write(&text, script).unwrap();
    let mut install = Command::new("install");
    let status = install.args(["-m", "755"]).arg(&text).arg(path).status();
    assert!(status.unwrap().success(), "{}", path.display());
    fs::remove_file(text).unwrap();
}
