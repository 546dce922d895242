//! Drift: what somebody changed outside Terraform is found, one attribute at a time, and mended.

use serde_json::{Value, json};

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(drift_of_each_attribute_is_found_alone_and_mended).also_restarting(),
        scenario!(a_domain_deleted_out_of_band_is_planned_anew).differing_by_cli(),
        scenario!(only_the_apis_own_404_drops_a_domain_from_state),
        scenario!(destroying_what_is_gone_succeeds),
    ]
}

const APPLICATION: &str = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20";
const OFFICE: &str = "vonage_sip_domain.office";

fn office() -> String {
    format!(
        "resource \"vonage_sip_domain\" \"office\" {{\n  name = \"office\"\n  application_id = \"{APPLICATION}\"\n  \
         acl = [\"180.180.180.180/30\", \"190.190.190.190\"]\n}}\n"
    )
}

fn drift_of_each_attribute_is_found_alone_and_mended(workspace: &mut Workspace) {
    workspace.apply(&office());
    for (attribute, value) in [
        ("acl", json!(["180.180.180.180/30"])),
        (
            "acl",
            json!(["180.180.180.180/30", "190.190.190.190", "8.8.8.8"]),
        ),
        ("acl", json!([])),
        ("acl", json!(["180.180.180.181/30", "190.190.190.190"])),
        (
            "application_id",
            json!("11111111-2222-4333-8444-555555555555"),
        ),
        ("application_id", Value::Null),
        ("tls", json!("never")),
        ("srtp", json!("always")),
        ("srtp", json!("a value of the future")),
        ("digest_auth", json!(true)),
    ] {
        workspace
            .out_of_band()
            .edit("office", json!({ attribute: value }));
        let plan = workspace.plan(&[]);
        assert_eq!(plan.actions(OFFICE), ["update"], "{attribute} = {value}");
        assert_eq!(plan.changed(OFFICE), [attribute], "{attribute} = {value}");
        workspace.apply_as_is(&[]);
    }
    // The type cannot be changed in place.
    workspace
        .out_of_band()
        .edit("office", json!({ "domain_type": "trunk" }));
    assert_eq!(workspace.plan(&[]).actions(OFFICE), ["delete", "create"]);
    workspace.apply_as_is(&[]);
    assert_eq!(
        workspace.sandbox().domain("office").unwrap()["domain_type"],
        "app"
    );
}

fn a_domain_deleted_out_of_band_is_planned_anew(workspace: &mut Workspace) {
    workspace.apply(&office());
    workspace.out_of_band().remove("office");
    assert_eq!(workspace.plan(&[]).actions(OFFICE), ["create"]);
    workspace.apply_as_is(&[]);
    assert!(workspace.sandbox().domain("office").is_some());
}

fn only_the_apis_own_404_drops_a_domain_from_state(workspace: &mut Workspace) {
    workspace.apply(&office());
    workspace.set_variable("VONAGE_API_SECRET", Some("wrong"));
    let errors = workspace.plan_diagnostics(&office()).errors();
    errors.expect(
        "",
        &[
            "Cannot read SIP domain \"office\"",
            "401",
            "VONAGE_API_SECRET",
        ],
    );
    assert_eq!(workspace.state().addresses(), [OFFICE]);
    workspace.set_variable("VONAGE_API_SECRET", None);
    workspace.assert_settled();
}

fn destroying_what_is_gone_succeeds(workspace: &mut Workspace) {
    workspace.apply(&office());
    workspace.out_of_band().remove("office");
    workspace
        .run(&["destroy", "-refresh=false", "-auto-approve", "-no-color"])
        .expect_code(0, "destroyed");
    assert_eq!(workspace.state().addresses(), Vec::<&str>::new());
}
