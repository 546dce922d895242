//! Replacement and destruction: the name is free again before it is used again, and callers are warned of.

use serde_json::json;

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(a_domain_is_replaced_under_its_own_name_although_writes_show_late),
        scenario!(a_change_that_shows_late_is_awaited).also_restarting(),
        scenario!(a_rename_replaces_and_warns),
        scenario!(a_destruction_warns),
        scenario!(a_domain_with_users_is_deleted_only_by_force),
    ]
}

const APPLICATION: &str = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20";
const OFFICE: &str = "vonage_sip_domain.office";

fn office(name: &str, lines: &str) -> String {
    format!(
        "resource \"vonage_sip_domain\" \"office\" {{\n  name = \"{name}\"\n  application_id = \"{APPLICATION}\"\n  \
         acl = [\"190.190.190.190\"]\n{lines}\n}}\n"
    )
}

fn a_domain_is_replaced_under_its_own_name_although_writes_show_late(workspace: &mut Workspace) {
    for duplicate_status in [400, 409] {
        workspace
            .sandbox()
            .switch(json!({ "visibility_delay": "0s", "duplicate_status": duplicate_status }));
        workspace.apply(&office("office", ""));
        workspace
            .sandbox()
            .switch(json!({ "visibility_delay": "3s" }));
        workspace.write("main.tf", &office("office", "domain_type = \"trunk\""));
        assert_eq!(workspace.plan(&[]).actions(OFFICE), ["delete", "create"]);
        workspace.apply_as_is(&[]);
        assert_eq!(
            workspace.sandbox().domain("office").unwrap()["domain_type"],
            "trunk"
        );
        workspace.apply_as_is(&["-replace=vonage_sip_domain.office"]);
        workspace.destroy();
    }
}

fn a_change_that_shows_late_is_awaited(workspace: &mut Workspace) {
    workspace
        .sandbox()
        .switch(json!({ "visibility_delay": "create=1s,update=2s,delete=1s" }));
    workspace.apply(&office("office", ""));
    workspace.apply(&office("office", "tls = \"always\""));
    workspace.destroy();
}

fn a_rename_replaces_and_warns(workspace: &mut Workspace) {
    workspace.apply(&office("office", ""));
    workspace.write("main.tf", &office("reception", ""));
    let plan = workspace.plan(&[]);
    assert_eq!(plan.actions(OFFICE), ["delete", "create"]);
    assert_eq!(
        plan.after(OFFICE)["regional_hosts"]["us"],
        "reception.sip-us.nexmo.com"
    );
    let warnings = workspace
        .plan_diagnostics(&office("reception", ""))
        .warnings();
    warnings.expect("name", &["SIP URIs will stop working", "\"office\""]);
    workspace.apply(&office("reception", ""));
    assert_eq!(workspace.sandbox().domain("office"), None);
}

fn a_destruction_warns(workspace: &mut Workspace) {
    workspace.apply(&office("office", ""));
    let output = workspace
        .run(&["plan", "-destroy", "-json"])
        .expect_code(0, "planned");
    let warnings = workspace.streamed_diagnostics(&output.stdout).warnings();
    let found = warnings
        .0
        .iter()
        .any(|warning| warning.summary == "SIP URIs will stop working");
    assert!(found, "{warnings:#?}");
    workspace.destroy();
}

fn a_domain_with_users_is_deleted_only_by_force(workspace: &mut Workspace) {
    workspace.apply(&office("office", "digest_auth = true"));
    workspace.sandbox().add_user("office", "alice");
    let refused = workspace
        .run(&["destroy", "-auto-approve", "-no-color"])
        .expect_code(1, "refused");
    assert!(
        refused.text().contains("force_destroy = true"),
        "{}",
        refused.text()
    );
    assert_eq!(workspace.state().addresses(), [OFFICE]);
    workspace.apply(&office(
        "office",
        "digest_auth = true\nforce_destroy = true",
    ));
    workspace.sandbox().forget_requests();
    workspace.destroy();
    let deletes: Vec<_> = workspace
        .sandbox()
        .requests()
        .into_iter()
        .filter(|request| request.method == "DELETE")
        .collect();
    assert_eq!(deletes.len(), 1);
    assert_eq!(deletes[0].query.as_deref(), Some("cascade=true"));
}
