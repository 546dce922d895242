//! Plans that are older than a change that somebody made: an apply does not undo it unseen.

use serde_json::json;

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(an_address_that_was_shut_out_since_the_plan_stays_out).at_one_address(),
        scenario!(an_apply_without_a_refresh_puts_nothing_back).at_one_address(),
        scenario!(what_is_ignored_is_not_put_back_either).at_one_address(),
        scenario!(a_change_that_concerns_terraform_alone_looks_all_the_same).at_one_address(),
        scenario!(a_replica_that_is_behind_raises_no_false_alarm).at_one_address(),
    ]
}

const OFFICE: &str = "vonage_sip_domain.office";

/// The domain, with `tls` and more lines.
fn office(tls: &str, more: &str) -> String {
    format!(
        "resource \"vonage_sip_domain\" \"office\" {{\n  name = \"office\"\n  domain_type = \"trunk\"\n  \
         acl = [\"180.180.180.180/30\", \"190.190.190.190\"]\n  tls = \"{tls}\"\n{more}}}\n"
    )
}

/// Somebody shuts an address out in the dashboard.
fn shut_out(workspace: &mut Workspace) {
    let acl = json!(["180.180.180.180/30"]);
    workspace
        .out_of_band()
        .edit("office", json!({ "acl": acl }));
}

/// Fails unless a command was stopped before its PUT, and said which attribute was what, and is what now.
#[track_caller]
fn assert_stopped(workspace: &mut Workspace, arguments: &[&str]) {
    workspace.sandbox().forget_requests();
    let output = workspace.run(arguments).expect_code(1, "stopped");
    let text = output.text().replace('│', "");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "SIP domain \"office\" was changed since the plan was made",
        "`acl`",
        "[\"180.180.180.180/30\", \"190.190.190.190\"]",
        "[\"180.180.180.180/30\"]",
        "terraform plan",
    ] {
        assert!(text.contains(words), "{words:?} is missing in {text}");
    }
    assert_eq!(workspace.sandbox().writes(), [""; 0]);
}

/// Saves a plan that changes one attribute; its apply must stop, because an address was shut out since.
#[track_caller]
fn assert_saved_plan_stopped(workspace: &mut Workspace, configuration: &str, attribute: &str) {
    workspace.write("main.tf", configuration);
    assert_eq!(workspace.plan(&[]).changed(OFFICE), [attribute]);
    shut_out(workspace);
    assert_stopped(workspace, &["apply", "-no-color", "plan.bin"]);
}

/// Plans again, which shows what somebody changed, and applies that.
#[track_caller]
fn assert_mended_by_another_plan(workspace: &mut Workspace) {
    let plan = workspace.plan(&[]);
    assert!(plan.changed(OFFICE).contains(&"acl"), "{}", plan.text);
    workspace.apply_as_is(&[]);
}

fn an_address_that_was_shut_out_since_the_plan_stays_out(workspace: &mut Workspace) {
    workspace.apply(&office("optional", ""));
    assert_saved_plan_stopped(workspace, &office("always", ""), "tls");
    assert_mended_by_another_plan(workspace);
}

fn an_apply_without_a_refresh_puts_nothing_back(workspace: &mut Workspace) {
    workspace.apply(&office("optional", ""));
    shut_out(workspace);
    workspace.write("main.tf", &office("always", ""));
    let apply = ["apply", "-auto-approve", "-no-color", "-refresh=false"];
    assert_stopped(workspace, &apply);
    let target = format!("-target={OFFICE}");
    assert_stopped(workspace, &[&apply[..], &[target.as_str()]].concat());
    assert_mended_by_another_plan(workspace);
}

fn what_is_ignored_is_not_put_back_either(workspace: &mut Workspace) {
    let ignored = "  lifecycle {\n    ignore_changes = [acl]\n  }\n";
    workspace.apply(&office("optional", ignored));
    assert_saved_plan_stopped(workspace, &office("always", ignored), "tls");
    // The next plan takes over what the account has, which is what ignoring means.
    workspace.apply_as_is(&[]);
    let domain = workspace.sandbox().domain("office").unwrap();
    assert_eq!(domain["acl"], json!(["180.180.180.180/30"]));
    assert_eq!(domain["tls"], "always");
}

fn a_change_that_concerns_terraform_alone_looks_all_the_same(workspace: &mut Workspace) {
    workspace.apply(&office("optional", ""));
    let forced = office("optional", "  force_destroy = true\n");
    assert_saved_plan_stopped(workspace, &forced, "force_destroy");
    assert_mended_by_another_plan(workspace);
}

fn a_replica_that_is_behind_raises_no_false_alarm(workspace: &mut Workspace) {
    workspace.apply(&office("optional", ""));
    workspace
        .sandbox()
        .switch(json!({ "replica_lag": "3s", "replica_every": 2 }));
    // Each update leaves alone what the one before has changed, and one part of the API does not show that yet.
    for (tls, more) in [
        ("always", ""),
        ("always", "  srtp = \"always\"\n"),
        ("never", "  srtp = \"always\"\n"),
        ("never", ""),
    ] {
        workspace.apply(&office(tls, more));
    }
}
