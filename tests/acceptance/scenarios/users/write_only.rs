//! Write-only secrets: sent when their version changes, and kept nowhere.

use serde_json::Value;

use super::{ALICE, alice, since_write_only};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        since_write_only(
            scenario!(a_write_only_secret_is_rotated_by_its_version).differing_by_cli(),
        ),
        since_write_only(scenario!(
            either_way_to_give_a_secret_takes_the_others_place
        )),
        since_write_only(
            scenario!(an_ephemeral_secret_is_given_anew_in_each_run).differing_by_cli(),
        ),
    ]
}

fn write_only(secret: &str, version: &str) -> String {
    alice(&format!(
        "  secret_wo = \"{secret}\"\n  secret_wo_version = {version}"
    ))
}

/// Plans and applies; the user must be changed in place, by one PUT, to `secret`.
#[track_caller]
fn rotate(workspace: &mut Workspace, configuration: &str, changed: &[&str], secret: &str) {
    workspace.write("main.tf", configuration);
    let plan = workspace.plan(&[]);
    assert_eq!(plan.actions(ALICE), ["update"]);
    assert_eq!(plan.changed(ALICE), changed);
    workspace.sandbox().forget_requests();
    workspace.apply_as_is(&[]);
    assert_eq!(
        workspace.sandbox().writes(),
        ["PUT /v1/psip/office/users/alice 200"]
    );
    assert_eq!(workspace.sandbox().secrets("office")["alice"], secret);
}

fn a_write_only_secret_is_rotated_by_its_version(workspace: &mut Workspace) {
    workspace.apply(&write_only("Wonderland-1", "1"));
    assert_eq!(
        workspace.sandbox().secrets("office")["alice"],
        "Wonderland-1"
    );
    let state = workspace.state();
    assert_eq!(state.values(ALICE)["secret_wo"], Value::Null);
    assert_eq!(state.values(ALICE)["secret_wo_version"], 1);
    // Another value alone is not noticed, and not sent.
    workspace.sandbox().forget_requests();
    workspace.apply(&write_only("Wonderland-2", "1"));
    assert_eq!(workspace.sandbox().writes(), [""; 0]);
    let version = ["secret_wo_version"];
    rotate(
        workspace,
        &write_only("Wonderland-2", "2"),
        &version,
        "Wonderland-2",
    );
    // Any other number will do.
    rotate(
        workspace,
        &write_only("Wonderland-3", "1.5"),
        &version,
        "Wonderland-3",
    );
    workspace.destroy();
}

fn either_way_to_give_a_secret_takes_the_others_place(workspace: &mut Workspace) {
    let plain = |secret: &str| alice(&format!("  secret = \"{secret}\""));
    let unversioned = |secret: &str| alice(&format!("  secret_wo = \"{secret}\""));
    workspace.apply(&plain("Wonderland-1"));
    rotate(
        workspace,
        &write_only("Wonderland-2", "1"),
        &["secret", "secret_wo_version"],
        "Wonderland-2",
    );
    rotate(
        workspace,
        &plain("Wonderland-3"),
        &["secret", "secret_wo_version"],
        "Wonderland-3",
    );
    rotate(
        workspace,
        &unversioned("Wonderland-4"),
        &["secret"],
        "Wonderland-4",
    );
    rotate(
        workspace,
        &plain("Wonderland-5"),
        &["secret"],
        "Wonderland-5",
    );
}

fn an_ephemeral_secret_is_given_anew_in_each_run(workspace: &mut Workspace) {
    let configuration = format!(
        "variable \"secret\" {{\n  type = string\n  ephemeral = true\n}}\n{}",
        alice("  secret_wo = var.secret\n  secret_wo_version = 1")
    );
    workspace.set_variable("TF_VAR_secret", Some("Wonderland-1"));
    workspace.apply(&configuration);
    assert_eq!(
        workspace.sandbox().secrets("office")["alice"],
        "Wonderland-1"
    );
    // What is wrong with it is found wherever it becomes known.
    workspace.set_variable("TF_VAR_secret", Some("Wonder-1"));
    let errors = workspace.plan_diagnostics(&configuration).errors();
    errors.expect("secret_wo", &["Invalid secret", "it has 8 characters"]);
}
