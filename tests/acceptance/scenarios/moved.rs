//! `moved` blocks that lead here from other types: refused, with the way to go instead.

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(an_object_of_another_type_cannot_be_moved_here)
            .differing_by_cli()
            .since(Some("1.8"), Some("1.10")),
        scenario!(a_resource_can_be_renamed).differing_by_cli(),
        scenario!(a_rename_without_a_moved_block_is_told_what_is_missing).differing_by_cli(),
        scenario!(a_domain_that_is_created_before_it_is_destroyed_is_told_why_not)
            .differing_by_cli(),
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

fn a_rename_without_a_moved_block_is_told_what_is_missing(workspace: &mut Workspace) {
    workspace.apply(&office("old"));
    workspace.sandbox().forget_requests();
    let warnings = workspace.plan_diagnostics(&office("new")).warnings();
    let expected = "SIP domain \"office\" is both created and destroyed";
    let told = warnings.0.iter().filter(|it| it.summary == expected);
    let told: Vec<_> = told.collect();
    assert_eq!(told.len(), 1, "{warnings:#?}");
    assert!(told[0].detail.contains("moved {"), "{told:#?}");
    // Whichever of the two an apply begins with: nothing is lost that a `moved` block would not have kept.
    let block = moved("vonage_sip_domain.old", "vonage_sip_domain.new");
    workspace.apply(&format!("{}{block}", office("new")));
    assert_eq!(workspace.sandbox().writes(), [""; 0]);
}

fn a_domain_that_is_created_before_it_is_destroyed_is_told_why_not(workspace: &mut Workspace) {
    let first = |domain_type: &str| {
        office("office").replace(
            "domain_type = \"trunk\"",
            &format!(
                "domain_type = \"{domain_type}\"\n  \
                 application_id = \"0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20\"\n  \
                 lifecycle {{\n    create_before_destroy = true\n  }}"
            ),
        )
    };
    workspace.apply(&first("trunk"));
    let text = workspace.apply_failing(&first("app")).text();
    for words in ["already exists", "create_before_destroy", "moved {"] {
        assert!(text.contains(words), "{words:?} is missing in {text}");
    }
    // The domain is as it was, and without the argument it is replaced.
    let domain = workspace.sandbox().domain("office").unwrap();
    assert_eq!(domain["domain_type"], "trunk");
    workspace.apply(&first("app").replace("create_before_destroy = true", ""));
}
