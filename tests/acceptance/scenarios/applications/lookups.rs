//! Applications that exist: data sources, `terraform query`, `export`, and the configuration that these write.

use serde_json::{Value, json};

use super::PUBLIC_KEY;
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(applications_are_looked_up_by_id_by_name_and_by_filter),
        scenario!(an_application_that_cannot_be_told_is_an_error),
        scenario!(what_a_query_writes_for_applications_plans_empty).since(Some("1.14"), None),
        scenario!(an_export_refers_to_applications_by_address).since(Some("1.5"), Some("1.6")),
        scenario!(three_hundred_applications_are_refreshed_by_pages),
    ]
}

const PBX: &str = "5d0c7c0e-0000-4000-8000-000000000001";
const TWIN: &str = "5d0c7c0e-0000-4000-8000-000000000002";
const OTHER_TWIN: &str = "5d0c7c0e-0000-4000-8000-000000000003";

/// One with voice, and two of one name without, of which one has messages and an odd name for HCL.
fn fill(workspace: &mut Workspace) {
    let sandbox = workspace.sandbox();
    let voice =
        json!({ "webhooks": { "answer_url": { "address": "https://voice.example.com/answer" } } });
    sandbox.add_application(
        PBX,
        json!({ "name": "pbx-eu", "keys": { "public_key": PUBLIC_KEY }, "capabilities": { "voice": voice, "vbc": {} } }),
    );
    sandbox.add_application(TWIN, json!({ "name": "a \"${twin}\"\n%{" }));
    sandbox.add_application(
        OTHER_TWIN,
        json!({ "name": "a \"${twin}\"\n%{", "capabilities": { "messages": { "webhooks": {} } } }),
    );
}

fn applications_are_looked_up_by_id_by_name_and_by_filter(workspace: &mut Workspace) {
    fill(workspace);
    workspace.apply(&format!(
        "data \"vonage_application\" \"id\" {{\n  id = \"{PBX}\"\n}}\n\
         data \"vonage_application\" \"name\" {{\n  name = \"pbx-eu\"\n}}\n\
         data \"vonage_applications\" \"all\" {{}}\n\
         data \"vonage_applications\" \"voice\" {{\n  capability = \"voice\"\n}}\n\
         data \"vonage_applications\" \"a\" {{\n  name_prefix = \"a \"\n}}\n"
    ));
    let state = workspace.state();
    let by_id = state.values("data.vonage_application.id");
    assert_eq!(by_id, state.values("data.vonage_application.name"));
    assert_eq!(
        (&by_id["name"], &by_id["public_key"], &by_id["capabilities"]),
        (
            &json!("pbx-eu"),
            &json!(PUBLIC_KEY),
            &json!(["vbc", "voice"])
        )
    );
    assert_eq!(
        by_id["voice"]["answer_url"]["address"],
        "https://voice.example.com/answer"
    );
    for (filter, ids) in [
        ("all", vec![TWIN, OTHER_TWIN, PBX]),
        ("voice", vec![PBX]),
        ("a", vec![TWIN, OTHER_TWIN]),
    ] {
        let found = state.values(&format!("data.vonage_applications.{filter}"));
        assert_eq!(found["ids"], json!(ids), "{filter}");
        let shown = found["applications"].as_array().unwrap();
        assert_eq!(shown.len(), ids.len());
        assert!(shown.iter().all(|it| it.get("private_key").is_none()));
    }
}

fn an_application_that_cannot_be_told_is_an_error(workspace: &mut Workspace) {
    fill(workspace);
    let unknown = "5d0c7c0e-0000-4000-8000-000000000009";
    for (argument, attribute, words) in [
        (
            "name = \"nobody\"".to_owned(),
            "name",
            &["does not exist"][..],
        ),
        (
            format!("id = \"{unknown}\""),
            "id",
            &["does not exist", unknown],
        ),
        (
            "name = \"a \\\"$${twin}\\\"\\n%%{\"".to_owned(),
            "name",
            &["Several applications", TWIN, OTHER_TWIN],
        ),
    ] {
        let configuration = format!("data \"vonage_application\" \"it\" {{\n  {argument}\n}}\n");
        let errors = workspace.plan_diagnostics(&configuration).errors();
        assert_eq!(errors.0.len(), 1, "{errors:#?}");
        errors.expect(attribute, words);
    }
    workspace.sandbox().forget_requests();
    for (arguments, attribute) in [
        ("", ""),
        ("id = \"pbx\"", "id"),
        (
            "name = \"pbx-eu\"\n  id = \"5d0c7c0e-0000-4000-8000-000000000001\"",
            "name",
        ),
    ] {
        let configuration = format!("data \"vonage_application\" \"it\" {{\n  {arguments}\n}}\n");
        let errors = workspace.validate(&configuration).errors();
        assert_eq!(errors.0.len(), 1, "{errors:#?}");
        errors.expect(attribute, &[]);
    }
    assert_eq!(workspace.sandbox().requests().len(), 0);
}

fn what_a_query_writes_for_applications_plans_empty(workspace: &mut Workspace) {
    fill(workspace);
    let block = "list \"vonage_application\" \"all\" {\n  provider = vonage\n}\n";
    let query = workspace.query(block);
    assert_eq!(query.code, Some(0), "{:?}", query.diagnostics);
    assert_eq!(query.found[2]["identity"], json!({ "id": PBX }));
    let written = workspace.generate(block);
    let addresses = [
        "vonage_application.all_0",
        "vonage_application.all_1",
        "vonage_application.all_2",
    ];
    workspace.import_by_block(&written, &addresses);
    assert_eq!(workspace.sandbox().writes(), Vec::<String>::new());
    // A capability that is not managed stays, though nothing of it is written.
    assert!(!written.contains("messages"), "{written}");
}

fn an_export_refers_to_applications_by_address(workspace: &mut Workspace) {
    fill(workspace);
    workspace.sandbox().add(json!({
        "name": "office", "application_id": PBX, "acl": ["190.190.190.190"],
    }));
    let exported = workspace
        .run_provider(&["export"])
        .expect_code(0, "exported")
        .stdout;
    assert!(
        exported.contains("application_id = vonage_application.pbx_eu.id"),
        "{exported}"
    );
    workspace.write("existing.tf", &exported);
    workspace.apply("");
    assert_eq!(workspace.sandbox().writes(), Vec::<String>::new());
    assert_eq!(workspace.state().addresses().len(), 4);
    workspace.remove("existing.tf");
    // With a filter, those that the domains refer to.
    for (prefix, count) in [("office", 1), ("nobody", 0)] {
        let some = workspace
            .run_provider(&["export", "--name-prefix", prefix])
            .expect_code(0, "exported")
            .stdout;
        let found = some.matches("resource \"vonage_application\"").count();
        assert_eq!(found, count, "{prefix}: {some}");
    }
    let without = workspace
        .run_provider(&["export", "--no-applications"])
        .expect_code(0, "exported")
        .stdout;
    assert!(without.contains(&format!("\"{PBX}\"")), "{without}");
    assert!(!without.contains("vonage_application."), "{without}");
}

/// As many requests as pages, and a few more.
fn three_hundred_applications_are_refreshed_by_pages(workspace: &mut Workspace) {
    let configuration = "resource \"vonage_application\" \"many\" {\n  count = 300\n  name  = \"pbx-${count.index}\"\n}\n";
    workspace.apply(configuration);
    workspace.out_of_band();
    workspace.sandbox().forget_requests();
    workspace
        .run(&["plan", "-no-color", "-detailed-exitcode"])
        .expect_code(0, "no changes");
    let requests = workspace.sandbox().requests().len();
    assert!(requests <= 6, "{requests} requests");
    workspace.destroy();
    assert_eq!(workspace.sandbox().applications(), Vec::<Value>::new());
}
