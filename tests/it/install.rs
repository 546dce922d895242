//! The `install` command as a process: over a program that runs, without a home, without rights.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const PROVIDER: &str = env!("CARGO_BIN_EXE_terraform-provider-vonage");

/// Runs `install` with nothing in its environment but a home, if that.
fn install(home: Option<&Path>, arguments: &[&str]) -> Output {
    let mut command = Command::new(PROVIDER);
    command.arg("install").args(arguments).env_clear();
    command.envs(home.map(|home| ("HOME", home)));
    command.output().unwrap()
}

/// The paths that lines of this kind name.
fn named(output: &Output, kind: &str) -> Vec<PathBuf> {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines = text.lines().filter_map(|line| line.strip_prefix(kind));
    lines.map(PathBuf::from).collect()
}

/// Puts another build of the program to `path`: what follows a program in its file does not matter to the system.
///
/// Another process writes it, because a file cannot be run while anybody has it open for writing, which would be so of
/// each process that a test beside this one is just starting.
#[track_caller]
fn make_another_build(path: &Path) {
    let script =
        "rm \"$1\" && cat \"$0\" > \"$1\" && echo another build >> \"$1\" && chmod 755 \"$1\"";
    let status = Command::new("sh")
        .args(["-c", script, PROVIDER])
        .arg(path)
        .status();
    assert!(status.unwrap().success());
}

#[test]
fn a_program_that_runs_is_replaced_and_runs_on() {
    let home = tempfile::tempdir().unwrap();
    let installed = named(&install(Some(home.path()), &[]), "installed: ");
    for program in &installed {
        make_another_build(program);
    }
    let mut running = Command::new(&installed[0])
        .arg("sandbox")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(running.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();

    let replaced = install(Some(home.path()), &[]);
    let still_runs = running.try_wait().unwrap().is_none();
    let removed = install(Some(home.path()), &["--uninstall"]);
    running.kill().unwrap();
    running.wait().unwrap();
    assert!(first.starts_with("Vonage sandbox on "), "{first}");
    assert_eq!(named(&replaced, "installed: "), installed);
    assert!(still_runs);
    assert_eq!(named(&removed, "removed: "), installed);
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn without_a_home_it_says_what_to_set() {
    for arguments in [&[][..], &["--uninstall"]] {
        let output = install(None, arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1));
        assert!(said.starts_with("Error: HOME is not set: "), "{said}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn without_rights_it_says_where_and_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    fs::set_permissions(home.path(), Permissions::from_mode(0o500)).unwrap();
    if fs::write(home.path().join("try"), "").is_ok() {
        // To root, modes are no obstacle.
        return;
    }
    let output = install(Some(home.path()), &[]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    let begin = format!("Error: cannot write {}", home.path().display());
    assert!(said.starts_with(&begin), "{said}");
    assert!(said.contains("may write to"), "{said}");
}
