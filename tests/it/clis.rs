//! Where the acceptance tests' CLIs come from, on machines that have none, or something to get one with.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::support::cli::{Cli, discover, install};
use crate::support::settings::Settings;

/// Settings of a machine whose search path is the folder `bin` of this one, and whose home is `home`.
fn settings(machine: &Path) -> Settings {
    let environment: BTreeMap<String, String> = [("PATH", "bin"), ("HOME", "home")]
        .map(|(name, folder)| (name, machine.join(folder).display().to_string()))
        .map(|(name, folder)| (name.to_owned(), folder))
        .into();
    Settings {
        installer: machine.join("clis"),
        ..Settings::from_environment(&environment)
    }
}

/// Writes a script that can be run. A process of its own does: nobody can run what this one has open for writing, as
/// each process has that a test beside this one is just starting.
#[track_caller]
fn write(path: &Path, script: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let write = "printf '#!/bin/sh\\n%s\\n' \"$1\" > \"$0\" && chmod 755 \"$0\"";
    let mut shell = Command::new("sh");
    let status = shell.args(["-c", write]).arg(path).arg(script).status();
    assert!(status.unwrap().success());
}

/// A CLI that answers once it was installed, and an installer that takes its time with nothing else.
fn machine() -> tempfile::TempDir {
    let machine = tempfile::tempdir().unwrap();
    let installed = "home/.cache/terraform-provider-vonage/clis/terraform-1.2.3/terraform";
    let cli = "[ -e \"$0.installed\" ] && echo Terraform v1.2.3";
    write(&machine.path().join(installed), cli);
    let script = "echo \"$1\" > \"$XDG_CACHE_HOME/terraform-provider-vonage/clis/terraform-1.2.3/terraform.installed\"";
    write(&machine.path().join("clis"), script);
    machine
}

#[test]
fn a_machine_without_cli_python_and_go_has_none() {
    let machine = machine();
    let settings = settings(machine.path());
    assert_eq!(discover(&settings), Ok(Vec::new()));
    assert_eq!(install(&settings), Ok(Vec::new()));
}

#[test]
fn python_or_go_is_enough_to_get_a_cli() {
    for tool in ["python3", "go"] {
        let machine = machine();
        write(&machine.path().join("bin").join(tool), "exit 1");
        let found = install(&settings(machine.path())).unwrap();
        let labels: Vec<String> = found.iter().map(Cli::label).collect();
        assert_eq!(labels, ["terraform_1_2_3"]);
    }
}

#[test]
fn where_python_gets_none_go_may() {
    let machine = machine();
    for tool in ["python3", "go"] {
        write(&machine.path().join("bin").join(tool), "exit 1");
    }
    write(
        &machine.path().join("clis"),
        "echo \"$1\" >> \"$0.asked\"; exit 1",
    );
    assert_eq!(install(&settings(machine.path())), Ok(Vec::new()));
    let asked = std::fs::read_to_string(machine.path().join("clis.asked")).unwrap();
    assert_eq!(asked, "terraform\nopentofu\n");
}
