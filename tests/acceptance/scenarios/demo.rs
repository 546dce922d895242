//! The demo command: it works with every CLI, says which step is broken, and leaves nothing behind.

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(the_demo_plays_every_step).differing_by_cli(),
        scenario!(the_demo_names_the_step_that_is_broken),
        scenario!(the_demo_can_be_interrupted),
        scenario!(the_demo_says_what_to_install),
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

fn the_demo_plays_every_step(workspace: &mut Workspace) {
    let cli = workspace.cli().path.display().to_string();
    let output = workspace
        .run_provider(&["demo", "--cli", &cli])
        .expect_code(0, "every step worked");
    let mut rest = output.stdout.as_str();
    for step in STEPS {
        let heading = format!("\n== {step}: ");
        rest = rest
            .split_once(&heading)
            .unwrap_or_else(|| panic!("the step {step:?} is not shown in its place"))
            .1;
    }
    for region in ["us", "eu", "ap"] {
        let uri = format!("sip:reception@example-office.sip-{region}.nexmo.com");
        assert!(output.stdout.contains(&uri), "{uri} is not shown");
    }
    assert_eq!(output.stderr, "");
    assert!(
        workspace.sandbox().requests().is_empty(),
        "it used an API that it did not start"
    );
    workspace.assert_left_clean();
}

fn the_demo_names_the_step_that_is_broken(workspace: &mut Workspace) {
    // A CLI that ends with `code`, having done nothing, where its arguments begin like this.
    for (step, arguments, code) in [
        ("init", "init", 1),
        ("validate", "validate", 1),
        ("plan", "plan -detailed-exitcode -out=", 0),
        ("apply", "apply demo.tfplan", 0),
        ("output", "output", 0),
        ("plan after drift", "plan -detailed-exitcode", 0),
        ("apply after drift", "apply -auto-approve", 0),
        ("destroy", "destroy", 0),
    ] {
        let real = workspace.cli().path.display().to_string();
        // The first plan has one argument more; it must not be mistaken for the second.
        let pattern = if step == "plan after drift" {
            format!("\"{arguments}\"")
        } else {
            format!("\"{arguments}\"*")
        };
        let script = format!(
            "#!/bin/sh\ncase \"$*\" in {pattern}) exit {code};; esac\nexec '{real}' \"$@\"\n"
        );
        let broken = workspace.write_program("broken-cli", &script);
        let output = workspace
            .run_provider(&["demo", "--cli", &broken.display().to_string()])
            .expect_code(1, "a step was broken");
        let expected = format!("the step \"{step}\" failed: ");
        assert!(
            output.stderr.contains(&expected),
            "{expected:?} is missing in {:?}",
            output.stderr
        );
        workspace.assert_left_clean();
    }
}

fn the_demo_can_be_interrupted(workspace: &mut Workspace) {
    let cli = workspace.cli().path.display().to_string();
    let running = workspace.start_provider(&["demo", "--cli", &cli]);
    running.wait_for("\n== plan: ");
    running.interrupt();
    let output = workspace
        .finish(running)
        .expect_code(1, "it was interrupted");
    assert!(
        output.stderr.contains("failed: interrupted"),
        "{:?}",
        output.stderr
    );
    workspace.assert_left_clean();
}

fn the_demo_says_what_to_install(workspace: &mut Workspace) {
    workspace.set_variable("PATH", Some("/nowhere"));
    let output = workspace
        .run_provider(&["demo"])
        .expect_code(0, "it needs no CLI");
    for words in ["terraform", "tofu", "install", "--cli"] {
        assert!(
            output.stdout.contains(words),
            "{words:?} is missing in {:?}",
            output.stdout
        );
    }
    let output = workspace
        .run_provider(&["demo", "--cli", "tofu"])
        .expect_code(1, "there is no such CLI");
    assert!(
        output.stderr.contains("no program tofu on PATH"),
        "{:?}",
        output.stderr
    );
}
