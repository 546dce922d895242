//! Users of a domain: it is not deleted over their heads, unless that is asked for.

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(a_domain_with_users_is_deleted_only_by_force),
        scenario!(users_that_nothing_orders_are_told_how_to_be_ordered).at_one_address(),
    ]
}

const OFFICE: &str = "vonage_sip_domain.office";

fn office(lines: &str) -> String {
    format!(
        "resource \"vonage_sip_domain\" \"office\" {{\n  name = \"office\"\n  domain_type = \"trunk\"\n  \
         acl = [\"190.190.190.190\"]\n  digest_auth = true\n{lines}\n}}\n"
    )
}

fn a_domain_with_users_is_deleted_only_by_force(workspace: &mut Workspace) {
    workspace.apply(&office(""));
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
    workspace.apply(&office("force_destroy = true"));
    workspace.sandbox().forget_requests();
    workspace.destroy();
    let requests = workspace.sandbox().requests();
    let deletes: Vec<_> = requests
        .iter()
        .filter(|request| request.method == "DELETE")
        .collect();
    assert_eq!(deletes.len(), 1);
    assert_eq!(deletes[0].query.as_deref(), Some("cascade=true"));
}

fn users_that_nothing_orders_are_told_how_to_be_ordered(workspace: &mut Workspace) {
    let alice = |domain: &str| {
        format!(
            "{}resource \"vonage_sip_domain_user\" \"alice\" {{\n  domain = {domain}\n  key = \"alice\"\n  \
             secret = \"Wonderland-1\"\n}}\n",
            office("")
        )
    };
    workspace.apply(&alice("vonage_sip_domain.office.name"));
    workspace.destroy();
    // By its name alone: the domain exists when the user is created, but nothing makes its deletion wait for the user's.
    workspace.apply(&office(""));
    workspace.apply(&alice("\"office\""));
    let target = format!("-target={OFFICE}");
    let text = workspace
        .run(&["destroy", "-auto-approve", "-no-color", &target])
        .expect_code(1, "refused")
        .text();
    for words in ["still has users", "domain = vonage_sip_domain.example.name"] {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            text.replace("│ ", "").contains(words),
            "{words:?} is missing in {text}"
        );
    }
    let user = "-target=vonage_sip_domain_user.alice";
    workspace
        .run(&["destroy", "-auto-approve", "-no-color", user])
        .expect_code(0, "destroyed");
    workspace.destroy();
}
