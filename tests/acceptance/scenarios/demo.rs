//! The demo: it works with each CLI, says which step is broken, and leaves nothing behind.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(the_demo_shows_each_step_and_leaves_nothing_behind),
        scenario!(a_broken_step_of_the_demo_is_named),
        scenario!(the_demo_without_a_cli_says_what_to_install),
    ]
}

const STEPS: [&str; 9] = [
    "init",
    "validate",
    "plan",
    "apply",
    "output",
    "drift",
    "plan after drift",
    "apply after drift",
    "destroy",
];

struct Demo {
    code: Option<i32>,
    text: String,
}

/// Runs the demo with a home and a folder for temporary files of its own.
fn demo(folder: &Path, arguments: &[&str], path: &str) -> Demo {
    let output = Command::new(env!("CARGO_BIN_EXE_terraform-provider-vonage"))
        .arg("demo")
        .args(arguments)
        .env_clear()
        .envs([
            ("PATH", path),
            ("TMPDIR", folder.to_str().unwrap()),
            ("HOME", "/nonexistent"),
        ])
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    Demo {
        code: output.status.code(),
        text: String::from_utf8(text).unwrap(),
    }
}

fn the_demo_shows_each_step_and_leaves_nothing_behind(workspace: &mut Workspace) {
    let folder = tempfile::tempdir().unwrap();
    let cli = workspace.cli().path.to_str().unwrap().to_owned();
    let demo = demo(folder.path(), &["--cli", &cli], "/usr/bin:/bin");
    assert_eq!(demo.code, Some(0), "{}", demo.text);
    let mut rest = demo.text.as_str();
    for step in STEPS {
        let heading = format!("\n== {step}: ");
        let (_, after) = rest
            .split_once(&heading)
            .unwrap_or_else(|| panic!("no {heading:?} in\n{}", demo.text));
        rest = after;
    }
    assert!(
        demo.text
            .contains("sip:reception@example-office.sip-eu.nexmo.com"),
        "{}",
        demo.text
    );
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        0,
        "files are left"
    );
}

fn a_broken_step_of_the_demo_is_named(workspace: &mut Workspace) {
    let folder = tempfile::tempdir().unwrap();
    let real = workspace.cli().path.display().to_string();
    for (broken, step) in [
        ("validate", "validate"),
        ("output", "output"),
        ("destroy", "destroy"),
    ] {
        // A CLI that is the real one, but for one command.
        let script = folder.path().join("cli");
        fs::write(
            &script,
            format!("#!/bin/sh\n[ \"$1\" = {broken} ] && exit 3\nexec {real} \"$@\"\n"),
        )
        .unwrap();
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
        let temporary = tempfile::tempdir().unwrap();
        let demo = demo(
            temporary.path(),
            &["--cli", script.to_str().unwrap()],
            "/usr/bin:/bin",
        );
        assert_eq!(demo.code, Some(1), "{}", demo.text);
        assert!(
            demo.text.contains(&format!("the step \"{step}\" failed")),
            "{}",
            demo.text
        );
        assert_eq!(
            fs::read_dir(temporary.path()).unwrap().count(),
            0,
            "files are left"
        );
    }
}

fn the_demo_without_a_cli_says_what_to_install(_workspace: &mut Workspace) {
    let folder = tempfile::tempdir().unwrap();
    let demo = demo(folder.path(), &[], folder.path().to_str().unwrap());
    assert_eq!(demo.code, Some(1));
    assert!(
        demo.text.contains("neither terraform nor tofu is on PATH"),
        "{}",
        demo.text
    );
}
