//! A process killed in the middle of an apply: what the state knows is true, the next plan is right, and what was made without
//! the state's knowledge is told with the way to adopt it.

use std::collections::BTreeSet;

use serde_json::json;

use crate::{
    scenario::{Scenario, scenario},
    support::working_directory::REQUEST_RATE,
    workspace::{Output, Workspace, wait_until},
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(a_provider_killed_while_it_creates_makes_no_duplicate),
        scenario!(a_provider_killed_while_it_updates_leaves_the_rest_to_the_next_apply),
        scenario!(a_provider_killed_while_it_deletes_forgets_only_what_is_gone),
        scenario!(a_killed_cli_leaves_no_provider_and_no_socket).differing_by_cli(),
    ]
}

/// Many enough that some are done, some under way and some not begun when the kill comes.
const COUNT: usize = 20;
/// Requests before the kill.
const BEFORE: usize = 8;

/// Who is killed.
#[derive(Clone, Copy, PartialEq)]
enum Victim {
    Provider,
    Cli,
}

fn many(tls: &str) -> String {
    format!(
        "resource \"vonage_sip_domain\" \"many\" {{\n  count = {COUNT}\n  name = \"domain-${{count.index}}\"\n  \
         domain_type = \"trunk\"\n  acl = [\"190.190.190.190\"]\n  tls = \"{tls}\"\n}}\n"
    )
}

/// The address of the domain of this name.
fn address(name: &str) -> String {
    let index = name.strip_prefix("domain-").unwrap();
    format!("vonage_sip_domain.many[{index}]")
}

/// Runs a command, and kills once the API has had enough requests with `method`, whose answers are still under way.
fn killed(workspace: &mut Workspace, command: &str, method: &str, victim: Victim) -> Output {
    workspace.sandbox().forget_requests();
    workspace.set_variable(REQUEST_RATE, None);
    workspace.sandbox().switch(json!({ "latency": "400ms" }));
    let running = workspace.start(&[command, "-auto-approve", "-no-color"]);
    wait_until("the command is under way", || {
        workspace.sandbox().count(method) >= BEFORE
    });
    match victim {
        Victim::Provider => running.kill_provider(),
        Victim::Cli => running.kill(),
    }
    let output = workspace.finish(running);
    workspace.set_variable(REQUEST_RATE, Some("1000"));
    workspace.sandbox().switch(json!({ "latency": "0" }));
    assert_ne!(output.code, Some(0), "the kill came too late");
    if victim == Victim::Provider {
        workspace.remove_socket_of_killed();
    }
    output
}

/// The names in the state.
fn known(workspace: &mut Workspace) -> BTreeSet<String> {
    let state = workspace.state();
    assert_eq!(state.tainted(), Vec::<&str>::new());
    let names = state.addresses().into_iter();
    names
        .map(|address| state.values(address)["name"].as_str().unwrap().to_owned())
        .collect()
}

/// The names in the API.
fn there(workspace: &mut Workspace) -> BTreeSet<String> {
    let domains = workspace.sandbox().domains();
    assert!(
        domains
            .iter()
            .all(|domain| domain["acl"][0] == "190.190.190.190")
    );
    let names = domains.iter();
    names
        .map(|domain| domain["name"].as_str().unwrap().to_owned())
        .collect()
}

/// What the plan does with each domain must be this.
#[track_caller]
fn assert_planned(workspace: &mut Workspace, action: impl Fn(&str) -> &'static str) {
    let plan = workspace.plan(&[]);
    for index in 0..COUNT {
        let name = format!("domain-{index}");
        assert_eq!(plan.actions(&address(&name)), [action(&name)], "{name}");
    }
}

fn a_provider_killed_while_it_creates_makes_no_duplicate(workspace: &mut Workspace) {
    workspace.write("main.tf", &many("optional"));
    killed(workspace, "apply", "POST", Victim::Provider);
    let (known, made) = (known(workspace), there(workspace));
    assert!(known.is_subset(&made), "the state has what the API lacks");
    let unknown: Vec<&String> = made.difference(&known).collect();
    assert!(!unknown.is_empty(), "every answer had arrived");
    assert_planned(workspace, |name| {
        if known.contains(name) {
            "no-op"
        } else {
            "create"
        }
    });
    // What was made without an answer is neither made twice nor adopted in silence.
    let said = workspace.apply_failing(&many("optional")).text();
    assert_eq!(there(workspace).len(), COUNT, "the others were made");
    for name in &unknown {
        let words = format!("SIP domain \"{name}\" already exists");
        assert!(said.contains(&words), "{words} is not said: {said}");
    }
    for name in &unknown {
        let arguments = ["import", "-no-color", &address(name), name.as_str()];
        workspace.run(&arguments).expect_code(0, "imported");
    }
    workspace.sandbox().forget_requests();
    workspace.apply(&many("optional"));
    assert_eq!(workspace.sandbox().writes(), Vec::<String>::new());
}

fn a_provider_killed_while_it_updates_leaves_the_rest_to_the_next_apply(workspace: &mut Workspace) {
    workspace.apply(&many("optional"));
    workspace.write("main.tf", &many("always"));
    killed(workspace, "apply", "PUT", Victim::Provider);
    assert_eq!(known(workspace), there(workspace));
    let changed: BTreeSet<String> = workspace
        .sandbox()
        .domains()
        .iter()
        .filter(|domain| domain["tls"] == "always")
        .map(|domain| domain["name"].as_str().unwrap().to_owned())
        .collect();
    assert!((1..COUNT).contains(&changed.len()), "{changed:?}");
    // A refresh sees what was done without an answer; the rest is still to be done.
    assert_planned(workspace, |name| {
        if changed.contains(name) {
            "no-op"
        } else {
            "update"
        }
    });
    workspace.sandbox().forget_requests();
    workspace.apply(&many("always"));
    let writes = workspace.sandbox().writes();
    assert_eq!(writes.len(), COUNT - changed.len(), "{writes:?}");
}

fn a_provider_killed_while_it_deletes_forgets_only_what_is_gone(workspace: &mut Workspace) {
    workspace.apply(&many("optional"));
    killed(workspace, "destroy", "DELETE", Victim::Provider);
    let (known, left) = (known(workspace), there(workspace));
    assert!(
        left.is_subset(&known),
        "the state has forgotten what is there"
    );
    assert!((1..COUNT).contains(&left.len()), "{left:?}");
    assert_planned(workspace, |name| {
        if left.contains(name) {
            "no-op"
        } else {
            "create"
        }
    });
    workspace.destroy();
    assert_eq!(there(workspace), BTreeSet::new());
}

fn a_killed_cli_leaves_no_provider_and_no_socket(workspace: &mut Workspace) {
    workspace.write("main.tf", &many("optional"));
    killed(workspace, "apply", "POST", Victim::Cli);
    // The provider ends by itself, and takes its socket along; what it had asked for may have been done.
    wait_until("the provider is gone", || workspace.processes().is_empty());
    workspace.assert_left_clean();
    let (known, made) = (known(workspace), there(workspace));
    assert!(known.is_subset(&made), "the state has what the API lacks");
}
