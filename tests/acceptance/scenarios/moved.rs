//! `moved` blocks that lead here from other types: refused, with the way to go instead.

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(an_object_of_another_type_cannot_be_moved_here).since(Some("1.8"), Some("1.10")),
        scenario!(a_resource_can_be_renamed),
    ]
}

fn office(label: &str) -> String {
    format!(
        "resource \"vonage_sip_domain\" \"{label}\" {{\n  name = \"office\"\n  domain_type = \"trunk\"\n  \
         acl = [\"190.190.190.190\"]\n}}\n"
    )
}

fn moved(from: &str, to: &str) -> String {
    format!("moved {{\n  from = {from}\n  to = {to}\n}}\n")
}

fn an_object_of_another_type_cannot_be_moved_here(workspace: &mut Workspace) {
    workspace.apply("resource \"terraform_data\" \"office\" {\n  input = \"office\"\n}\n");
    let block = moved("terraform_data.office", "vonage_sip_domain.office");
    let errors = workspace
        .plan_diagnostics(&format!("{}{block}", office("office")))
        .errors();
    assert_eq!(errors.0.len(), 1, "{errors:#?}");
    assert_eq!(errors.0[0].summary, "Cannot move to this resource type");
    for words in [
        "terraform_data",
        "vonage_sip_domain",
        "`removed` block",
        "`import` block",
    ] {
        assert!(errors.0[0].detail.contains(words), "{errors:#?}");
    }
    assert!(
        workspace.sandbox().requests().is_empty(),
        "something was sent"
    );
    // Nothing is lost: without the block both are as they should be.
    workspace.apply(&format!(
        "resource \"terraform_data\" \"office\" {{\n  input = \"office\"\n}}\n{}",
        office("office")
    ));
}

fn a_resource_can_be_renamed(workspace: &mut Workspace) {
    workspace.apply(&office("old"));
    workspace.sandbox().forget_requests();
    let block = moved("vonage_sip_domain.old", "vonage_sip_domain.new");
    workspace.apply(&format!("{}{block}", office("new")));
    assert_eq!(workspace.state().addresses(), ["vonage_sip_domain.new"]);
    for method in ["POST", "PUT", "DELETE"] {
        assert_eq!(workspace.sandbox().count(method), 0, "{method}");
    }
}
