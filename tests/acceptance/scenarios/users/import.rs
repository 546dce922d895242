//! Imports of users: they are found by domain and key, and their secret is not known afterwards.

use serde_json::{Value, json};

use super::{ALICE, OFFICE, alice, since_identity, since_write_only};
use crate::{
    sandbox::FOREIGN_SECRET,
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(a_user_imported_by_command_gets_its_secret_in_place)
            .differing_by_cli()
            .also_restarting(),
        since_write_only(scenario!(
            a_user_imported_by_command_keeps_its_secret_without_a_version
        )),
        since_write_only(scenario!(a_user_imported_by_block_is_a_no_op).differing_by_cli()),
        since_write_only(scenario!(
            a_user_imported_by_block_gets_its_versioned_secret_in_place
        )),
        since_identity(scenario!(a_user_imported_by_identity_is_a_no_op).differing_by_cli()),
        scenario!(a_user_imported_without_a_secret_keeps_its_own),
        scenario!(a_user_is_not_created_without_a_secret),
        scenario!(what_names_no_user_is_not_imported),
    ]
}

/// The domain and a user of it, made outside Terraform.
fn add_existing(workspace: &mut Workspace) {
    workspace.sandbox().add(json!({
        "name": "office", "domain_type": "trunk", "acl": [], "digest_auth": true,
        "tls": "optional", "srtp": "optional",
    }));
    workspace.sandbox().add_user("office", "alice");
}

fn import_by_command(workspace: &mut Workspace, configuration: &str) {
    add_existing(workspace);
    workspace.write("main.tf", configuration);
    for (address, id) in [(OFFICE, "office"), (ALICE, "office/alice")] {
        workspace
            .run(&["import", "-no-color", address, id])
            .expect_code(0, "imported");
    }
    let state = workspace.state();
    let expected = json!({
        "id": "office/alice", "domain": "office", "key": "alice", "secret": null,
        "secret_wo": null, "secret_wo_version": null, "timeouts": null,
    });
    assert_eq!(state.values(ALICE), &expected);
    assert_eq!(workspace.sandbox().writes(), [""; 0]);
}

fn import_blocks(user: &str) -> String {
    format!(
        "import {{\n  to = {OFFICE}\n  id = \"office\"\n}}\nimport {{\n  to = {ALICE}\n  {user}\n}}\n"
    )
}

fn a_user_imported_by_command_gets_its_secret_in_place(workspace: &mut Workspace) {
    import_by_command(workspace, &alice("  secret = \"Wonderland-1\""));
    let plan = workspace.plan(&[]);
    assert_eq!(plan.actions(ALICE), ["update"]);
    assert_eq!(plan.changed(ALICE), ["secret"]);
    // Whoever uses the old secret is about to be locked out.
    let configuration = alice("  secret = \"Wonderland-1\"");
    let warnings = workspace.plan_diagnostics(&configuration).warnings();
    warnings.of(ALICE).expect(
        "secret",
        &["will be overwritten", "can no longer authenticate"],
    );
    workspace.apply_as_is(&[]);
    assert_eq!(
        workspace.sandbox().writes(),
        ["PUT /v1/psip/office/users/alice 200"]
    );
    assert_eq!(
        workspace.sandbox().secrets("office")["alice"],
        "Wonderland-1"
    );
}

fn a_user_imported_by_command_keeps_its_secret_without_a_version(workspace: &mut Workspace) {
    import_by_command(workspace, &alice("  secret_wo = \"Wonderland-1\""));
    workspace.assert_settled();
    assert_eq!(workspace.sandbox().writes(), [""; 0]);
    assert_eq!(
        workspace.sandbox().secrets("office")["alice"],
        FOREIGN_SECRET
    );
}

fn a_user_imported_by_block_is_a_no_op(workspace: &mut Workspace) {
    add_existing(workspace);
    let configuration = alice("  secret_wo = \"Wonderland-1\"");
    let blocks = import_blocks("id = \"office/alice\"");
    workspace.import_by_block(&format!("{configuration}{blocks}"), &[OFFICE, ALICE]);
    assert_eq!(workspace.sandbox().writes(), [""; 0]);
}

fn a_user_imported_by_block_gets_its_versioned_secret_in_place(workspace: &mut Workspace) {
    add_existing(workspace);
    let configuration = alice("  secret_wo = \"Wonderland-1\"\n  secret_wo_version = 1");
    let blocks = import_blocks("id = \"office/alice\"");
    workspace.write("main.tf", &format!("{configuration}{blocks}"));
    let plan = workspace.plan(&[]);
    assert!(plan.imports(ALICE));
    assert_eq!(plan.actions(ALICE), ["update"]);
    assert_eq!(plan.changed(ALICE), ["secret_wo_version"]);
    workspace.apply_as_is(&[]);
    assert_eq!(
        workspace.sandbox().writes(),
        ["PUT /v1/psip/office/users/alice 200"]
    );
    assert_eq!(
        workspace.sandbox().secrets("office")["alice"],
        "Wonderland-1"
    );
}

fn a_user_imported_by_identity_is_a_no_op(workspace: &mut Workspace) {
    add_existing(workspace);
    let configuration = alice("  secret_wo = \"Wonderland-1\"");
    let blocks = import_blocks("identity = {\n    domain = \"office\"\n    key = \"alice\"\n  }");
    workspace.import_by_block(&format!("{configuration}{blocks}"), &[OFFICE, ALICE]);
    assert_eq!(workspace.sandbox().writes(), [""; 0]);
    let refused = format!(
        "{configuration}import {{\n  to = {ALICE}\n  identity = {{\n    domain = \"office\"\n    key = \"Bob\"\n  }}\n}}\n"
    );
    workspace
        .run(&["state", "rm", ALICE])
        .expect_code(0, "forgotten");
    let errors = workspace.plan_diagnostics(&refused).errors();
    errors.expect("", &["Invalid import ID", "\"office/Bob\""]);
}

fn a_user_imported_without_a_secret_keeps_its_own(workspace: &mut Workspace) {
    import_by_command(workspace, &alice(""));
    workspace.assert_settled();
    // Terraform's own attributes change, and a secret comes and goes: only what is given is ever sent.
    workspace.apply(&alice("  timeouts {\n    create = \"3m\"\n  }"));
    assert_eq!(workspace.sandbox().writes(), [""; 0]);
    assert_eq!(
        workspace.sandbox().secrets("office")["alice"],
        FOREIGN_SECRET
    );
    workspace.apply(&alice("  secret = \"Wonderland-1\""));
    workspace.sandbox().forget_requests();
    workspace.apply(&alice(""));
    assert_eq!(workspace.sandbox().writes(), [""; 0]);
    assert_eq!(
        workspace.sandbox().secrets("office")["alice"],
        "Wonderland-1"
    );
    workspace.destroy();
}

fn a_user_is_not_created_without_a_secret(workspace: &mut Workspace) {
    let warnings = workspace.validate(&alice(""));
    assert!(warnings.errors().0.is_empty(), "{warnings:#?}");
    let errors = workspace.plan_diagnostics(&alice("")).errors();
    assert_eq!(errors.0.len(), 1, "{errors:#?}");
    errors
        .of(ALICE)
        .expect("", &["Missing secret", "cannot be created", "import"]);
    assert_eq!(workspace.sandbox().writes(), [""; 0]);
    // One that exists would be created again under another key.
    import_by_command(workspace, &alice(""));
    let renamed = alice("").replace("key = \"alice\"", "key = \"al-1ce\"");
    let errors = workspace.plan_diagnostics(&renamed).errors();
    errors.of(ALICE).expect("", &["Missing secret"]);
}

fn what_names_no_user_is_not_imported(workspace: &mut Workspace) {
    add_existing(workspace);
    workspace.write("main.tf", &alice("  secret = \"Wonderland-1\""));
    let mut import = |id: &str| {
        let output = workspace.run(&["import", "-no-color", ALICE, id]);
        output.expect_code(1, "refused").text()
    };
    for id in ["office/bob", "nowhere/alice"] {
        let text = import(id);
        assert!(text.contains("non-existent remote object"), "{id}: {text}");
    }
    let long = "x".repeat(10_000);
    for id in [
        "",
        "office",
        "office/",
        "/alice",
        "a/b/c",
        "office/alice/",
        "office%2Falice",
        "office/100%",
        "office/two\nlines",
        &long,
    ] {
        let text = import(id);
        let is_told = text.contains("Invalid import ID") && text.contains("<domain>/<key>");
        assert!(id.is_empty() || is_told, "{id:?}: {text}");
    }
    assert_eq!(workspace.sandbox().writes(), [""; 0]);
    assert_eq!(workspace.state().values(ALICE), &Value::Null);
}
