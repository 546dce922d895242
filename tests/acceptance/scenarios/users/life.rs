//! The life of a user: made, given another secret, replaced, destroyed.

use serde_json::{Value, json};

use super::{ALICE, OFFICE, alice, office, user};
use crate::{
    sandbox::FOREIGN_SECRET,
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(a_user_lives_from_create_to_destroy)
            .differing_by_cli()
            .also_restarting(),
        scenario!(a_user_is_replaced_by_key_and_by_domain),
        scenario!(timeouts_of_a_user_send_nothing),
        scenario!(an_existing_user_is_neither_changed_nor_adopted),
        scenario!(a_user_of_no_domain_says_so),
        scenario!(a_user_that_is_unknown_in_the_plan_is_made)
            .differing_by_cli()
            .since(Some("1.4"), Some("1.6")),
        scenario!(writes_to_users_that_show_late_leave_empty_plans),
    ]
}

fn with_secret(secret: &str) -> String {
    alice(&format!("  secret = \"{secret}\""))
}

fn a_user_lives_from_create_to_destroy(workspace: &mut Workspace) {
    workspace.apply(&with_secret("Wonderland-1"));
    let secret = |workspace: &mut Workspace| workspace.sandbox().secrets("office")["alice"].clone();
    assert_eq!(secret(workspace), "Wonderland-1");
    let state = workspace.state();
    let expected = json!({
        "id": "office/alice", "domain": "office", "key": "alice", "secret": "Wonderland-1",
        "secret_wo": null, "secret_wo_version": null, "timeouts": null,
    });
    assert_eq!(state.values(ALICE), &expected);
    workspace.write("main.tf", &with_secret("Wonderland-2"));
    let plan = workspace.plan(&[]);
    assert_eq!(plan.actions(ALICE), ["update"]);
    assert_eq!(plan.changed(ALICE), ["secret"]);
    workspace.sandbox().forget_requests();
    workspace.apply_as_is(&[]);
    assert_eq!(
        workspace.sandbox().writes(),
        ["PUT /v1/psip/office/users/alice 200"]
    );
    assert_eq!(secret(workspace), "Wonderland-2");
    workspace.destroy();
    assert_eq!(workspace.sandbox().domains(), Vec::<Value>::new());
}

fn a_user_is_replaced_by_key_and_by_domain(workspace: &mut Workspace) {
    workspace.apply(&with_secret("Wonderland-1"));
    let renamed = with_secret("Wonderland-1").replace("key = \"alice\"", "key = \"al-1ce\"");
    workspace.write("main.tf", &renamed);
    let plan = workspace.plan(&[]);
    assert_eq!(plan.actions(ALICE), ["delete", "create"]);
    assert_eq!(plan.changed(ALICE), ["id", "key"]);
    workspace
        .plan_diagnostics(&renamed)
        .of(ALICE)
        .warnings()
        .expect("key", &["SIP user will stop working", "\"alice\""]);
    workspace.apply_as_is(&[]);
    let keys: Vec<String> = workspace.sandbox().secrets("office").into_keys().collect();
    assert_eq!(keys, ["al-1ce"]);
    // The same key once more, with nothing changed at all.
    workspace.apply_as_is(&[&format!("-replace={ALICE}")]);
    // A domain of another name takes its user along.
    let moved = renamed.replace("name = \"office\"", "name = \"branch\"");
    workspace.apply(&moved);
    assert_eq!(workspace.sandbox().secrets("branch").len(), 1);
    assert!(workspace.sandbox().domain("office").is_none());
    let output = workspace
        .run(&["plan", "-destroy", "-json"])
        .expect_code(0, "a plan");
    let warnings = workspace.streamed_diagnostics(&output.stdout).warnings();
    warnings.of(ALICE).expect(
        "",
        &["SIP user will stop working", "no longer authenticate"],
    );
}

fn timeouts_of_a_user_send_nothing(workspace: &mut Workspace) {
    workspace.apply(&with_secret("Wonderland-1"));
    workspace.sandbox().forget_requests();
    workspace.apply(&alice(
        "  secret = \"Wonderland-1\"\n  timeouts {\n    create = \"3m\"\n  }",
    ));
    assert_eq!(workspace.sandbox().writes(), [""; 0]);
}

fn an_existing_user_is_neither_changed_nor_adopted(workspace: &mut Workspace) {
    workspace.apply(&office());
    workspace.sandbox().add_user("office", "alice");
    workspace.sandbox().forget_requests();
    let text = workspace.apply_failing(&with_secret("Wonderland-1")).text();
    for words in [
        "SIP user \"alice\" of domain \"office\" already exists",
        "import {",
        "to = vonage_sip_domain_user.",
        "id = \"office/alice\"",
    ] {
        assert!(text.contains(words), "{words:?} is missing in {text}");
    }
    assert_eq!(workspace.sandbox().writes(), [""; 0]);
    assert_eq!(
        workspace.sandbox().secrets("office")["alice"],
        FOREIGN_SECRET
    );
    assert_eq!(workspace.state().addresses(), [OFFICE]);
}

fn a_user_of_no_domain_says_so(workspace: &mut Workspace) {
    let lonely = user("alice", "  secret = \"Wonderland-1\"")
        .replace("vonage_sip_domain.office.name", "\"nowhere\"");
    let text = workspace.apply_failing(&lonely).text();
    for words in [
        "SIP domain \"nowhere\" does not exist",
        "domain = \"nowhere\"",
    ] {
        assert!(text.contains(words), "{words:?} is missing in {text}");
    }
    assert_eq!(workspace.state().addresses(), [""; 0]);
}

fn a_user_that_is_unknown_in_the_plan_is_made(workspace: &mut Workspace) {
    let later = |label: &str, value: &str| {
        format!("resource \"terraform_data\" \"{label}\" {{\n  input = \"{value}\"\n}}\n")
    };
    let unknown = format!(
        "{}{}{}",
        later("key", "alice"),
        later("secret", "Wonderland-1"),
        alice("  secret = terraform_data.secret.output")
            .replace("key = \"alice\"", "key = terraform_data.key.output")
    );
    workspace.write("main.tf", &unknown);
    let plan = workspace.plan(&[]);
    for attribute in ["id", "key", "secret"] {
        assert_eq!(plan.unknown(ALICE)[attribute], true, "{attribute}");
    }
    workspace.apply_as_is(&[]);
    assert_eq!(
        workspace.sandbox().secrets("office")["alice"],
        "Wonderland-1"
    );
    let wrong = unknown.replace("Wonderland-1", "Wonder-1");
    workspace.sandbox().forget_requests();
    let text = workspace.apply_failing(&wrong).text();
    assert!(text.contains("has 8 characters"), "{text}");
    assert_eq!(workspace.sandbox().writes(), [""; 0]);
}

fn writes_to_users_that_show_late_leave_empty_plans(workspace: &mut Workspace) {
    workspace
        .sandbox()
        .switch(json!({ "visibility_delay": "3s" }));
    workspace.apply(&with_secret("Wonderland-1"));
    workspace.apply(&with_secret("Wonderland-2"));
    workspace.apply(&office());
    // Had the destruction not waited, the key would still seem to be taken.
    workspace.apply(&with_secret("Wonderland-3"));
    assert_eq!(
        workspace.sandbox().secrets("office")["alice"],
        "Wonderland-3"
    );
    workspace.destroy();
}
