//! The scenarios for a real account, on a sandbox that plays one: they pass, and leave it as it was.

use serde_json::{Value, json};

use crate::{
    scenario::{Scenario, scenario},
    workspace::{Output, Workspace},
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(live_scenarios_leave_an_account_as_it_was).at_one_address(),
        scenario!(what_a_failed_live_scenario_leaves_is_removed).at_one_address(),
        scenario!(live_scenarios_need_credentials),
    ]
}

/// The most requests of all live scenarios and what cleans after them, as `CONTRIBUTING.md` has it.
const MOST_REQUESTS: usize = 150;

fn live_scenarios_leave_an_account_as_it_was(workspace: &mut Workspace) {
    add_others(workspace);
    let before = account(workspace);
    let output = run_live(workspace, &[]).expect_code(0, "passed");
    assert!(output.stdout.contains(" 3 passed; 0 failed; 0 ignored"));
    assert_eq!(account(workspace), before);
    let requests = workspace.sandbox().requests().len();
    assert!(requests <= MOST_REQUESTS, "{requests} requests");
}

fn what_a_failed_live_scenario_leaves_is_removed(workspace: &mut Workspace) {
    add_others(workspace);
    let before = account(workspace);
    let refused = json!({ "method": "PUT", "path": "/v1/psip/{domain}", "status": 403 });
    workspace.sandbox().set_faults(&[refused]);
    let output = run_live(workspace, &["all_kinds_live"]).expect_code(101, "failed");
    assert!(output.stdout.contains(" 0 passed; 1 failed"));
    assert!(output.stderr.contains("Removed: SIP domain tfprobe-"));
    assert_eq!(account(workspace), before);
}

fn live_scenarios_need_credentials(workspace: &mut Workspace) {
    for name in ["VONAGE_API_KEY", "VONAGE_API_SECRET"] {
        workspace.set_variable(name, Some(""));
    }
    let output = run_live(workspace, &[]).expect_code(0, "skipped");
    assert!(output.stdout.contains(" 0 passed; 0 failed; 3 ignored"));
    assert_eq!(workspace.sandbox().requests().len(), 0);
}

/// Runs this suite's live scenarios on the account that the sandbox plays.
#[track_caller]
fn run_live(workspace: &mut Workspace, arguments: &[&str]) -> Output {
    let provider_folder = workspace.provider_program.parent().unwrap();
    let provider_folder = provider_folder.display().to_string();
    let cli = workspace.cli().path.display().to_string();
    // Nothing may be left in the trial's own folder for temporary files, and sockets have short names only.
    let temporary = std::env::temp_dir().display().to_string();
    for (name, value) in [
        ("TF_ACC_LIVE", "1"),
        ("TF_ACC_CLIS", &cli),
        ("TF_ACC_PROVIDER_DIR", &provider_folder),
        ("TMPDIR", &temporary),
    ] {
        workspace.set_variable(name, Some(value));
    }
    let suite = std::env::current_exe().unwrap();
    workspace.run_program(&suite, arguments)
}

/// What is in the account before, and is none of the scenarios' business.
fn add_others(workspace: &mut Workspace) {
    let sandbox = workspace.sandbox();
    let application = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20";
    sandbox.add_application(application, json!({ "name": "tfprobe-office" }));
    sandbox.add(json!({
        "name": "office", "application_id": application, "acl": ["190.190.190.190"],
        "tls": "optional", "srtp": "optional", "digest_auth": false, "domain_type": "app",
    }));
    sandbox.add_user("office", "bob");
    sandbox.add_number("GB/447700900000", json!({ "app_id": application }));
}

fn account(workspace: &mut Workspace) -> (Vec<Value>, Vec<Value>, usize, Option<Value>) {
    let sandbox = workspace.sandbox();
    (
        sandbox.domains(),
        sandbox.applications(),
        sandbox.secrets("office").len(),
        sandbox.number("GB/447700900000"),
    )
}
