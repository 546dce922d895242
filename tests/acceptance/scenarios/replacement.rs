//! Replacement: also under the same name, also when reads lag behind; and what users are warned of.

use serde_json::{Value, json};

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(a_domain_is_replaced_under_its_own_name_while_reads_lag),
        scenario!(a_rename_replaces_and_warns).differing_by_cli(),
        scenario!(a_destroy_plan_warns_of_every_domain).differing_by_cli(),
        scenario!(writes_that_show_late_leave_empty_plans),
    ]
}

const OFFICE: &str = "vonage_sip_domain.office";

fn office(name: &str, domain_type: &str, lines: &str) -> String {
    format!(
        "resource \"vonage_sip_domain\" \"office\" {{\n  name = \"{name}\"\n  domain_type = \"{domain_type}\"\n  \
         application_id = \"0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20\"\n  acl = [\"190.190.190.190\"]\n{lines}\n}}\n"
    )
}

fn a_domain_is_replaced_under_its_own_name_while_reads_lag(workspace: &mut Workspace) {
    workspace
        .sandbox()
        .switch(json!({ "visibility_delay": "3s" }));
    workspace.apply(&office("office", "trunk", ""));
    workspace.write("main.tf", &office("office", "app", ""));
    let plan = workspace.plan(&[]);
    assert_eq!(plan.actions(OFFICE), ["delete", "create"]);
    assert_eq!(plan.changed(OFFICE), ["domain_type"]);
    assert!(plan.text.contains("SIP URIs will stop working"));
    workspace.apply_as_is(&[]);
    let domain = workspace.sandbox().domain("office").unwrap();
    assert_eq!(domain["domain_type"], "app");
    // The same once more, with nothing changed at all.
    workspace.apply_as_is(&[&format!("-replace={OFFICE}")]);
    let writes: Vec<String> = workspace
        .sandbox()
        .requests()
        .into_iter()
        .filter(|request| request.method != "GET")
        .map(|request| format!("{} {}", request.method, request.status.unwrap()))
        .collect();
    assert_eq!(
        writes,
        [
            "POST 201",
            "DELETE 200",
            "POST 201",
            "DELETE 200",
            "POST 201"
        ]
    );
    workspace.destroy();
    assert_eq!(workspace.sandbox().domains(), Vec::<Value>::new());
}

fn a_rename_replaces_and_warns(workspace: &mut Workspace) {
    workspace.apply(&office("office", "app", ""));
    let renamed = office("branch", "app", "");
    workspace.write("main.tf", &renamed);
    let plan = workspace.plan(&[]);
    assert_eq!(plan.actions(OFFICE), ["delete", "create"]);
    assert_eq!(plan.changed(OFFICE), ["id", "name", "regional_hosts"]);
    assert_eq!(
        plan.after(OFFICE)["regional_hosts"]["eu"],
        "branch.sip-eu.nexmo.com"
    );
    workspace
        .plan_diagnostics(&renamed)
        .of(OFFICE)
        .warnings()
        .expect("name", &["SIP URIs will stop working", "office"]);
    workspace.apply_as_is(&[]);
    let names: Vec<Value> = workspace
        .sandbox()
        .domains()
        .into_iter()
        .map(|mut domain| domain["name"].take())
        .collect();
    assert_eq!(names, ["branch"]);
}

fn a_destroy_plan_warns_of_every_domain(workspace: &mut Workspace) {
    let two = format!(
        "{}{}",
        office("office", "app", ""),
        office("branch", "trunk", "").replace("\"office\" {", "\"branch\" {")
    );
    workspace.apply(&two);
    let output = workspace
        .run(&["plan", "-destroy", "-json"])
        .expect_code(0, "a plan");
    let warnings = workspace.streamed_diagnostics(&output.stdout).warnings();
    for name in ["office", "branch"] {
        let of_domain = warnings.of(&format!("vonage_sip_domain.{name}"));
        assert_eq!(of_domain.0.len(), 1, "{warnings:#?}");
        of_domain.expect("", &["SIP URIs will stop working", name]);
    }
    // A plan that changes nothing warns of nothing.
    let quiet = workspace.plan_diagnostics(&two);
    assert!(quiet.of(OFFICE).0.is_empty(), "{quiet:#?}");
}

fn writes_that_show_late_leave_empty_plans(workspace: &mut Workspace) {
    workspace
        .sandbox()
        .switch(json!({ "visibility_delay": "create=2s,update=1s,delete=1500ms" }));
    workspace.apply(&office("office", "app", ""));
    workspace.apply(&office("office", "app", "  tls = \"always\""));
    workspace.destroy();
    // Had the destruction not waited, the name would still seem to be taken.
    workspace.apply(&office("office", "app", ""));
}
