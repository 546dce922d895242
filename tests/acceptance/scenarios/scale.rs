//! Many domains: few requests, few at once, and nothing lost.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    scenario::{Scenario, scenario},
    workspace::{REQUEST_RATE, Workspace},
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(thirty_domains_are_made_and_destroyed_in_one_go),
        scenario!(a_plan_of_a_hundred_domains_asks_sparingly),
    ]
}

fn domains(count: usize) -> String {
    format!(
        "resource \"vonage_sip_domain\" \"many\" {{\n  count = {count}\n  name = \"domain-${{count.index}}\"\n  \
         domain_type = \"trunk\"\n  acl = [\"190.190.190.190\"]\n}}\n"
    )
}

fn thirty_domains_are_made_and_destroyed_in_one_go(workspace: &mut Workspace) {
    workspace
        .sandbox()
        .switch(json!({ "visibility_delay": "500ms" }));
    // As users have it, with the default limit.
    workspace.set_variable(REQUEST_RATE, None);
    workspace.apply(&domains(30));
    let names: BTreeSet<String> = workspace
        .sandbox()
        .domains()
        .iter()
        .map(|domain| domain["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        names,
        (0..30).map(|number| format!("domain-{number}")).collect()
    );
    assert_eq!(workspace.sandbox().count("POST"), 30);
    workspace.destroy();
    assert_eq!(workspace.sandbox().count("DELETE"), 30);
    assert_eq!(workspace.sandbox().domains(), Vec::<Value>::new());
}

fn a_plan_of_a_hundred_domains_asks_sparingly(workspace: &mut Workspace) {
    let block = |number: i32| {
        format!(
            "import {{\n  to = vonage_sip_domain.many[{number}]\n  id = \"domain-{number}\"\n}}\n"
        )
    };
    let ids = (0..100).map(block).collect::<Vec<_>>().concat();
    for number in 0..100 {
        workspace.sandbox().add(json!({
            "name": format!("domain-{number}"), "domain_type": "trunk", "acl": ["190.190.190.190"],
            "tls": "optional", "srtp": "optional", "digest_auth": false,
        }));
    }
    workspace.write("main.tf", &domains(100));
    workspace.write("imports.tf", &ids);
    workspace.apply_as_is(&[]);
    workspace.remove("imports.tf");
    workspace.sandbox().forget_requests();
    workspace
        .run(&["plan", "-no-color", "-detailed-exitcode"])
        .expect_code(0, "no changes");
    let requests = workspace.sandbox().requests();
    assert!(requests.len() <= 100, "{} requests", requests.len());
    let at_once = requests.iter().map(|request| request.in_flight).max();
    assert!(at_once <= Some(10), "{at_once:?} at once");
    assert_eq!(workspace.sandbox().count("GET"), requests.len());
}
