//! State that other releases have written.

use serde_json::json;

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(a_state_of_a_newer_release_is_refused_and_kept).differing_by_cli(),
        scenario!(attributes_of_another_release_are_passed_over).differing_by_cli(),
    ]
}

const OFFICE: &str = "resource \"vonage_sip_domain\" \"office\" {\n  name = \"office\"\n  domain_type = \"trunk\"\n  \
                      acl = [\"190.190.190.190\"]\n}\n";

fn a_state_of_a_newer_release_is_refused_and_kept(workspace: &mut Workspace) {
    workspace.apply(OFFICE);
    workspace.sandbox().forget_requests();
    workspace.edit_state("office", |instance| instance["schema_version"] = json!(7));
    let errors = workspace.plan_diagnostics(OFFICE).errors();
    let told = |word: &str| errors.0.iter().any(|error| error.detail.contains(word));
    assert!(
        told("newer provider version") || told("or a newer one"),
        "{errors:#?}"
    );
    let refused = workspace.apply_failing(OFFICE).text();
    assert!(refused.contains("vonage_sip_domain.office"), "{refused}");
    assert!(
        workspace.sandbox().requests().is_empty(),
        "something was sent"
    );
    workspace.edit_state("office", |instance| instance["schema_version"] = json!(0));
    workspace.assert_settled();
}

fn attributes_of_another_release_are_passed_over(workspace: &mut Workspace) {
    workspace.apply(OFFICE);
    workspace.edit_state("office", |instance| {
        instance["attributes"]["of_the_future"] = json!({ "deep": [1, 2] });
        let removed = instance["attributes"]
            .as_object_mut()
            .unwrap()
            .remove("force_destroy");
        assert!(removed.is_some());
    });
    // What an older release did not write is filled in by the refresh.
    workspace
        .run(&["apply", "-auto-approve", "-no-color"])
        .expect_code(0, "applied");
    workspace.assert_settled();
    let state = workspace.state();
    let office = state.values("vonage_sip_domain.office");
    assert_eq!(office.get("of_the_future"), None);
    assert_eq!(office["force_destroy"], false);
    assert_eq!(workspace.sandbox().count("PUT"), 0);
}
