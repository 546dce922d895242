//! Ctrl-C: whatever was made is in the state, and whatever is in the state was made.

use std::{
    thread,
    time::{Duration, Instant},
};

use super::scale::domains;
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![scenario!(ctrl_c_in_mid_apply_leaves_state_and_api_equal)]
}

const DOMAINS: usize = 30;

/// Only a hang gets here.
const LIMIT: Duration = Duration::from_secs(60);

fn ctrl_c_in_mid_apply_leaves_state_and_api_equal(workspace: &mut Workspace) {
    // Slow enough that the interruption comes in the middle: some are made, some under way, some not begun.
    let configuration = domains(DOMAINS).replace("= 500", "= 8");
    workspace.write("main.tf", &configuration);
    workspace
        .sandbox()
        .switch(serde_json::json!({ "visibility_delay": "1s" }));
    let running = workspace.start(&["apply", "-auto-approve", "-no-color"]);
    let begun = Instant::now();
    while workspace.sandbox().domains().len() < 5 {
        assert!(begun.elapsed() < LIMIT, "the apply makes no progress");
        thread::sleep(Duration::from_millis(10));
    }
    running.interrupt();
    let output = workspace.finish(running);
    assert_ne!(output.code, Some(0), "the apply was not interrupted");
    assert!(
        !output.text().contains("did not respond"),
        "the provider died: {}",
        output.text()
    );

    let mut made: Vec<_> = workspace
        .sandbox()
        .domains()
        .iter()
        .map(|domain| domain["name"].as_str().unwrap().to_owned())
        .collect();
    let state = workspace.state();
    let addresses = state.addresses();
    let mut kept: Vec<_> = addresses
        .iter()
        .map(|address| state.values(address)["name"].as_str().unwrap().to_owned())
        .collect();
    made.sort();
    kept.sort();
    assert_eq!(kept, made, "state and API differ");
    assert!(
        made.len() < DOMAINS,
        "the interruption came too late to show anything"
    );

    // The next apply makes the rest, and finds nothing to mend in what was made.
    workspace
        .sandbox()
        .switch(serde_json::json!({ "visibility_delay": "0s" }));
    workspace.apply(&domains(DOMAINS));
    assert_eq!(workspace.sandbox().domains().len(), DOMAINS);
    assert_eq!(workspace.sandbox().count("PUT"), 0);
}
