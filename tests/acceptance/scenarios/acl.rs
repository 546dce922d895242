//! ACLs: whatever the spelling, and however the API echoes it, a plan after an apply is empty.

use serde_json::json;

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(every_spelling_is_settled_under_every_echo).also_restarting(),
        scenario!(another_spelling_of_the_same_acl_is_no_change),
        scenario!(an_acl_that_is_opened_out_of_band_is_drift_under_every_echo),
        scenario!(an_open_acl_is_tightened_and_not_suppressed),
        scenario!(a_list_is_empty_only_with_digest_authentication),
    ]
}

const APPLICATION: &str = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20";

const ECHOES: [&str; 6] = [
    "as-sent",
    "sorted",
    "shuffled",
    "add-32",
    "remove-32",
    "dedup",
];

/// Lists in HCL, each of them one domain.
const SPELLINGS: [(&str, &str); 8] = [
    ("bare", r#"["190.190.190.190"]"#),
    ("full", r#"["190.190.190.190/32"]"#),
    (
        "mixed",
        r#"["190.190.190.190/32", "190.190.190.191", "180.180.180.180/30"]"#,
    ),
    (
        "unsorted",
        r#"["198.41.0.4", "9.9.9.9", "190.190.190.0/24", "9.9.9.10/32"]"#,
    ),
    ("repeated", r#"["190.190.190.190", "190.190.190.190"]"#),
    ("nested", r#"["190.190.190.0/24", "190.190.190.190"]"#),
    ("world", r#"["0.0.0.0/0"]"#),
    ("private", r#"["10.0.0.0/8", "192.168.0.1"]"#),
];

fn domains() -> String {
    let domain = |(label, acl): &(&str, &str)| {
        format!(
            "resource \"vonage_sip_domain\" \"{label}\" {{\n  name = \"acl-{label}\"\n  application_id = \"{APPLICATION}\"\n  \
             acl = {acl}\n}}\n"
        )
    };
    SPELLINGS.iter().map(domain).collect()
}

fn one(acl: &str) -> String {
    format!(
        "resource \"vonage_sip_domain\" \"one\" {{\n  name = \"acl-one\"\n  application_id = \"{APPLICATION}\"\n  acl = {acl}\n}}\n"
    )
}

fn every_spelling_is_settled_under_every_echo(workspace: &mut Workspace) {
    for echo in ECHOES {
        workspace.sandbox().switch(json!({ "acl_echo": echo }));
        workspace.apply(&domains());
        workspace.assert_refresh_only_clean();
        let state = workspace.state();
        assert_eq!(
            state.values("vonage_sip_domain.full")["acl"],
            json!(["190.190.190.190/32"]),
            "{echo}"
        );
        assert_eq!(
            state.values("vonage_sip_domain.bare")["acl"],
            json!(["190.190.190.190"]),
            "{echo}"
        );
        workspace.destroy();
    }
}

fn another_spelling_of_the_same_acl_is_no_change(workspace: &mut Workspace) {
    workspace.apply(&one(r#"["190.190.190.190", "180.180.180.180/30"]"#));
    workspace.sandbox().forget_requests();
    workspace.write(
        "main.tf",
        &one(r#"["180.180.180.180/30", "190.190.190.190/32"]"#),
    );
    assert!(workspace.plan(&[]).is_empty());
    workspace.apply_as_is(&[]);
    assert_eq!(workspace.sandbox().count("PUT"), 0);
}

fn an_acl_that_is_opened_out_of_band_is_drift_under_every_echo(workspace: &mut Workspace) {
    workspace.apply(&one(r#"["190.190.190.190"]"#));
    for echo in ECHOES {
        workspace.sandbox().switch(json!({ "acl_echo": echo }));
        workspace
            .out_of_band()
            .edit("acl-one", json!({ "acl": ["0.0.0.0/0"] }));
        let plan = workspace.plan(&[]);
        assert_eq!(plan.actions("vonage_sip_domain.one"), ["update"], "{echo}");
        assert_eq!(
            plan.before("vonage_sip_domain.one")["acl"],
            json!(["0.0.0.0/0"]),
            "{echo}"
        );
        workspace.apply_as_is(&[]);
        assert_eq!(
            workspace.sandbox().domain("acl-one").unwrap()["acl"],
            json!(["190.190.190.190"])
        );
    }
}

fn an_open_acl_is_tightened_and_not_suppressed(workspace: &mut Workspace) {
    workspace.apply(&one(r#"["0.0.0.0/0"]"#));
    workspace.apply(&one(r#"["190.190.190.190"]"#));
    assert_eq!(
        workspace.sandbox().domain("acl-one").unwrap()["acl"],
        json!(["190.190.190.190"])
    );
}

fn a_list_is_empty_only_with_digest_authentication(workspace: &mut Workspace) {
    let with_digest = one("[]").replace("acl = []", "acl = []\n  digest_auth = true");
    workspace.apply(&with_digest);
    assert_eq!(
        workspace.sandbox().domain("acl-one").unwrap()["acl"],
        json!([])
    );
    let errors = workspace.validate(&one("[]")).errors();
    errors.expect("acl", &["Empty ACL", "digest_auth"]);
}
