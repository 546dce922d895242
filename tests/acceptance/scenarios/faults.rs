//! Faults of the network and of the API that pass: an apply ends as if they had not been.

use serde_json::{Value, json};

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    // Faults do not outlive a restart of the sandbox.
    vec![
        scenario!(faults_that_pass_leave_no_trace).at_one_address(),
        scenario!(a_connection_that_is_cut_after_each_write_leaves_no_trace).at_one_address(),
        scenario!(a_creation_that_nothing_tells_of_is_not_adopted_but_named).at_one_address(),
    ]
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
        workspace.sandbox().set_faults(&faults);
        workspace.apply(&office("190.190.190.190"));
        workspace.apply(&office("190.190.190.191"));
        workspace.destroy();
        assert_eq!(workspace.sandbox().domains(), Vec::<Value>::new());
        let struck = workspace.sandbox().faults_struck();
        assert!(
            struck.iter().all(|struck| *struck > 0),
            "{struck:?} of {faults:?}"
        );
    }
}

/// The domain with its user, who has a secret.
fn office_and_alice(address: &str, secret: &str) -> String {
    format!(
        "{}resource \"vonage_sip_domain_user\" \"alice\" {{\n  domain = vonage_sip_domain.office.name\n  \
         key = \"alice\"\n  secret = \"{secret}\"\n}}\n",
        office(address)
    )
}

fn a_connection_that_is_cut_after_each_write_leaves_no_trace(workspace: &mut Workspace) {
    let one = "/v1/psip/office";
    let alice = "/v1/psip/office/users/alice";
    let cuts = [
        ("POST", "/v1/psip"),
        ("POST", "/v1/psip/office/users"),
        ("PUT", one),
        ("PUT", alice),
        ("DELETE", alice),
        ("DELETE", one),
    ];
    let cuts = cuts.map(|(method, path)| {
        json!({ "method": method, "path": path, "reset": true, "at": "after", "times": 1 })
    });
    workspace.sandbox().set_faults(&cuts);
    let [before, after] = ["Sufficient1Secret", "Sufficient2Secret"];
    workspace.apply(&office_and_alice("190.190.190.190", before));
    workspace.apply(&office_and_alice("190.190.190.191", after));
    assert_eq!(workspace.sandbox().secrets("office")["alice"], after);
    workspace.destroy();
    assert_eq!(workspace.sandbox().domains(), Vec::<Value>::new());
    assert_eq!(workspace.sandbox().faults_struck(), [1; 6]);
}

fn a_creation_that_nothing_tells_of_is_not_adopted_but_named(workspace: &mut Workspace) {
    let cut =
        json!({ "method": "POST", "path": "/v1/psip", "reset": true, "at": "after", "times": 1 });
    let no_looks = json!({ "method": "GET", "path": "/v1/psip/*", "status": 500 });
    workspace.sandbox().set_faults(&[cut, no_looks]);
    // Looks go on for as long as there is time.
    let timeouts = "\n  timeouts {\n    create = \"2s\"\n  }\n}";
    let configuration = office("190.190.190.190").replace("\n}", timeouts);
    let unclear = workspace.apply_failing(&configuration).text();
    assert!(unclear.contains("may not have been created"), "{unclear}");
    assert_eq!(workspace.state().addresses(), Vec::<&str>::new());
    workspace.sandbox().set_faults(&[]);
    let exists = workspace.apply_failing(&configuration).text();
    for words in ["already exists", "import {", "id = \"office\""] {
        assert!(exists.contains(words), "{exists}");
    }
    let import = ["import", "-no-color", "vonage_sip_domain.office", "office"];
    workspace.run(&import).expect_code(0, "imported");
    workspace.apply(&configuration);
    assert_eq!(workspace.sandbox().domains().len(), 1);
}
