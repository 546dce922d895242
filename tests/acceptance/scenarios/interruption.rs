//! Ctrl-C: whatever was made is in the state, so that nothing is lost and the next apply goes on from there.

use serde_json::{Value, json};

use crate::{
    scenario::{Scenario, scenario},
    support::working_directory::REQUEST_RATE,
    workspace::{Workspace, wait_until},
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(an_interrupted_apply_loses_no_domain).differing_by_cli(),
        scenario!(an_interrupted_wait_loses_no_domain),
        scenario!(what_an_interrupted_wait_left_unseen_is_not_taken_for_gone),
        scenario!(an_interrupted_destroy_forgets_only_what_is_gone),
    ]
}

/// Many enough that some are made, some under way and some not begun when the interruption comes.
const COUNT: usize = 30;

fn many() -> String {
    format!(
        "resource \"vonage_sip_domain\" \"many\" {{\n  count = {COUNT}\n  name = \"domain-${{count.index}}\"\n  \
         domain_type = \"trunk\"\n  acl = [\"190.190.190.190\"]\n}}\n"
    )
}

/// Starts a command, and interrupts it once the API has had `count` requests with `method`.
pub(super) fn interrupted(
    workspace: &mut Workspace,
    arguments: &[&str],
    method: &str,
    count: usize,
) {
    // At the default rate, so that there is a middle to be interrupted in.
    workspace.set_variable(REQUEST_RATE, None);
    // And with answers that are slow, so that writes are in flight, done and not yet known to be.
    workspace.sandbox().switch(json!({ "latency": "400ms" }));
    let running = workspace.start(arguments);
    wait_until("the command is under way", || {
        workspace.sandbox().count(method) >= count
    });
    running.interrupt();
    let output = workspace.finish(running);
    workspace.set_variable(REQUEST_RATE, Some("1000"));
    workspace.sandbox().switch(json!({ "latency": "0" }));
    assert_eq!(output.code, Some(1), "an interrupted command has failed");
    assert!(
        !output.text().contains("Plugin did not respond"),
        "the provider ended before the CLI did"
    );
}

/// The names in the state and in the sandbox, which must be the same.
#[track_caller]
fn names(workspace: &mut Workspace) -> Vec<String> {
    let state = workspace.state();
    let mut known: Vec<String> = state
        .addresses()
        .into_iter()
        .map(|address| state.values(address)["name"].as_str().unwrap().to_owned())
        .collect();
    known.sort();
    let domains = workspace.sandbox().domains();
    let mut there: Vec<String> = domains
        .iter()
        .map(|domain| domain["name"].as_str().unwrap().to_owned())
        .collect();
    there.sort();
    assert_eq!(known, there, "state and API differ");
    known
}

/// Applies again, which must make exactly what is missing and touch nothing else.
fn complete(workspace: &mut Workspace, present: usize) {
    workspace.sandbox().forget_requests();
    workspace.apply(&many());
    assert_eq!(workspace.sandbox().count("POST"), COUNT - present);
    assert_eq!(workspace.sandbox().count("PUT"), 0);
    assert_eq!(
        workspace.sandbox().count("DELETE"),
        0,
        "a domain was tainted"
    );
    assert_eq!(names(workspace).len(), COUNT);
}

fn an_interrupted_apply_loses_no_domain(workspace: &mut Workspace) {
    workspace.write("main.tf", &many());
    interrupted(
        workspace,
        &["apply", "-auto-approve", "-no-color"],
        "POST",
        12,
    );
    let present = names(workspace).len();
    assert!((1..COUNT).contains(&present), "{present} were made");
    complete(workspace, present);
}

fn an_interrupted_wait_loses_no_domain(workspace: &mut Workspace) {
    // Nothing shows in reads before the interruption comes, so that every creation is caught in its wait.
    workspace
        .sandbox()
        .switch(json!({ "visibility_delay": "create=1m" }));
    workspace.write("main.tf", &many());
    interrupted(
        workspace,
        &["apply", "-auto-approve", "-no-color"],
        "GET",
        1,
    );
    let state = workspace.state();
    let known = state.addresses().len();
    assert_eq!(
        known,
        workspace.sandbox().domains().len(),
        "state and API differ"
    );
    assert!((1..COUNT).contains(&known), "{known} were made");
    assert_eq!(state.tainted(), Vec::<&str>::new());
}

fn what_an_interrupted_wait_left_unseen_is_not_taken_for_gone(workspace: &mut Workspace) {
    workspace
        .sandbox()
        .switch(json!({ "visibility_delay": "create=4s" }));
    workspace.write("main.tf", &many());
    interrupted(
        workspace,
        &["apply", "-auto-approve", "-no-color"],
        "POST",
        5,
    );
    // At once, while reads do not show what was made.
    let present = names(workspace).len();
    // What is made now shows at once; what was made is still unseen.
    workspace
        .sandbox()
        .switch(json!({ "visibility_delay": "0s" }));
    complete(workspace, present);
}

fn an_interrupted_destroy_forgets_only_what_is_gone(workspace: &mut Workspace) {
    workspace.apply(&many());
    interrupted(
        workspace,
        &["destroy", "-auto-approve", "-no-color"],
        "DELETE",
        12,
    );
    let present = names(workspace).len();
    assert!((1..COUNT).contains(&present), "{present} are left");
    workspace.destroy();
    assert_eq!(workspace.sandbox().domains(), Vec::<Value>::new());
}
