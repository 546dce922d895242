//! Faults of the network and of the API that pass: an apply ends as if they had not been.

use serde_json::{Value, json};

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    // Faults do not outlive a restart of the sandbox.
    vec![scenario!(faults_that_pass_leave_no_trace).at_one_address()]
}

fn office(address: &str) -> String {
    format!(
        "resource \"vonage_sip_domain\" \"office\" {{\n  name = \"office\"\n  domain_type = \"trunk\"\n  \
         acl = [\"{address}\"]\n}}\n"
    )
}

fn faults_that_pass_leave_no_trace(workspace: &mut Workspace) {
    let one = "/v1/psip/office";
    for faults in [
        vec![
            json!({ "method": "POST", "path": "/v1/psip", "reset": true, "at": "after", "times": 1 }),
            json!({ "method": "PUT", "path": one, "status": 502, "body": "empty", "times": 1 }),
            json!({ "method": "DELETE", "path": one, "status": 504, "at": "after", "times": 1 }),
            json!({ "method": "GET", "path": "/v1/psip/*", "status": 503, "skip": 1, "times": 1 }),
        ],
        vec![
            json!({ "method": "POST", "path": "/v1/psip", "status": 503, "body": "html", "at": "after", "times": 1 }),
            json!({ "method": "PUT", "path": one, "reset": true, "at": "after", "times": 1 }),
            json!({ "method": "DELETE", "path": one, "status": 429, "retry_after": 1, "times": 1 }),
            json!({ "method": "GET", "path": one, "reset": true, "times": 1 }),
            json!({ "method": "GET", "path": "/v1/psip/{domain}", "truncate": 20, "times": 1 }),
        ],
        vec![
            json!({ "method": "POST", "path": "/v1/psip", "status": 429, "retry_after": 1, "retry_after_in": "body", "times": 2 }),
            json!({ "method": "PUT", "path": one, "truncate": 9, "times": 1 }),
            json!({ "method": "DELETE", "path": one, "reset": true, "times": 1 }),
            json!({ "method": "GET", "path": one, "status": 429, "retry_after": 1, "retry_after_in": "date", "times": 1 }),
            json!({ "method": "GET", "path": one, "drip": "1ms", "first_byte": "20ms", "times": 3 }),
        ],
    ] {
        for fault in &faults {
            workspace.sandbox().fault(fault.clone());
        }
        workspace.apply(&office("190.190.190.190"));
        workspace.apply(&office("190.190.190.191"));
        workspace.destroy();
        assert_eq!(workspace.sandbox().domains(), Vec::<Value>::new());
        let struck = workspace.sandbox().faults_struck();
        assert!(
            struck.iter().all(|struck| *struck > 0),
            "{struck:?} of {faults:?}"
        );
        workspace.sandbox().no_faults();
    }
}
