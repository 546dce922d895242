//! Required arguments that are null: an error at the very line, whenever the null shows, and nothing is lost.

use crate::{
    scenario::{Scenario, scenario},
    workspace::{Workspace, diagnostics::Diagnostics},
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(a_required_argument_that_is_null_loses_nothing),
        scenario!(a_null_that_shows_only_in_the_plan_is_found_there).differing_by_cli(),
        scenario!(a_null_that_shows_only_in_the_apply_sends_nothing).differing_by_cli(),
        // OpenTofu 1.12 has no `query`.
        scenario!(a_list_of_the_users_of_null_sends_nothing).since(Some("1.14"), None),
    ]
}

const OFFICE: &str = "resource \"vonage_sip_domain\" \"office\" {\n  name = \"office\"\n  domain_type = \"trunk\"\n  \
                      acl = [\"190.190.190.190\"]\n}\n";
const ALICE: &str = "resource \"vonage_sip_domain_user\" \"alice\" {\n  domain = vonage_sip_domain.office.name\n  \
                     key = \"alice\"\n  secret = \"Wonderland-1\"\n}\n";

/// What is there already: a domain and its user.
fn account(workspace: &mut Workspace) -> String {
    let configuration = format!("{OFFICE}{ALICE}");
    workspace.apply(&configuration);
    workspace.sandbox().forget_requests();
    configuration
}

/// The one error of a block points to this line.
#[track_caller]
fn expect(found: &Diagnostics, attribute: &str) {
    let errors = found.errors();
    assert_eq!(errors.0.len(), 1, "{errors:#?}");
    let name = format!("`{attribute}` is required");
    errors.expect(attribute, &["Missing required argument", &name]);
}

fn a_required_argument_that_is_null_loses_nothing(workspace: &mut Workspace) {
    let right = account(workspace);
    let data = |kind: &str, attribute: &str| {
        format!("{right}data \"{kind}\" \"x\" {{\n  {attribute} = null\n}}\n")
    };
    for (wrong, attribute) in [
        (right.replace("name = \"office\"", "name = null"), "name"),
        (
            right.replace("acl = [\"190.190.190.190\"]", "acl = null"),
            "acl",
        ),
        (right.replace("key = \"alice\"", "key = null"), "key"),
        (data("vonage_sip_domain", "name"), "name"),
        (data("vonage_sip_domain_users", "domain"), "domain"),
    ] {
        expect(&workspace.validate(&wrong), attribute);
        expect(&workspace.plan_diagnostics(&wrong), attribute);
        assert_eq!(workspace.sandbox().writes(), [""; 0]);
    }
    workspace.apply(&right);
    assert_eq!(workspace.sandbox().writes(), [""; 0]);
    workspace.destroy();
}

fn a_null_that_shows_only_in_the_plan_is_found_there(workspace: &mut Workspace) {
    let right = account(workspace);
    let carriers = "variable \"carriers\" {\n  default = { alpha = [\"190.190.190.190\"] }\n}\n";
    let entry = "acl = lookup(var.carriers, \"alhpa\", null)";
    let wrong = format!(
        "{carriers}{}",
        right.replace("acl = [\"190.190.190.190\"]", entry)
    );
    let found = workspace.validate(&wrong).errors();
    assert_eq!(found.0.len(), 0, "variables are unknown to `validate`");
    expect(&workspace.plan_diagnostics(&wrong), "acl");
    assert_eq!(workspace.sandbox().writes(), [""; 0]);
    workspace.write("main.tf", &right);
    workspace.destroy();
}

fn a_null_that_shows_only_in_the_apply_sends_nothing(workspace: &mut Workspace) {
    let right = account(workspace);
    // Known once it is there, and then not empty.
    let late = "terraform_data.late.id == \"\" ? [\"190.190.190.0/24\"] : null";
    let late = format!(
        "resource \"terraform_data\" \"late\" {{}}\n{}",
        right.replace("[\"190.190.190.190\"]", late)
    );
    let text = workspace.apply_failing(&late).text();
    assert!(text.contains("Missing required argument"), "{text}");
    assert!(text.contains("acl = terraform_data.late.id"), "{text}");
    assert_eq!(workspace.sandbox().writes(), [""; 0]);
    workspace.apply(&right);
    workspace.destroy();
}

fn a_list_of_the_users_of_null_sends_nothing(workspace: &mut Workspace) {
    let query = workspace.query(
        "list \"vonage_sip_domain_user\" \"all\" {\n  provider = vonage\n  config {\n    domain = null\n  }\n}\n",
    );
    assert_ne!(query.code, Some(0));
    let errors = query.diagnostics.errors();
    assert_eq!(errors.0.len(), 1, "{errors:#?}");
    // Terraform 1.15 points to the whole block, wherever in its `config` the mistake is.
    errors.expect("", &["Missing required argument", "`domain` is required"]);
    assert!(workspace.sandbox().requests().is_empty());
}
