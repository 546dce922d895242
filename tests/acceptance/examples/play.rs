//! What is done with an example: all that a reader would do with it, on the sandbox.

use serde_json::{Value, json};

use super::{
    features,
    folder::{Folder, Kind},
};
use crate::{
    sandbox::FOREIGN_SECRET,
    workspace::{Plan, Workspace},
};

/// Values for the variables that have no default, whichever example has them; a new one gets its row here.
const VARIABLES: [(&str, &str); 5] = [
    ("answer_url", "https://voice.example.com/answer.json"),
    ("pbx_secret", FOREIGN_SECRET),
    ("pbx_secrets", "{ \"1\" = \"Sufficient1Secret\" }"),
    ("reception_secret", FOREIGN_SECRET),
    (
        "user_secrets",
        "{ \"dev/support/softphone\" = \"Sufficient1Secret\", \"staging/support/softphone\" = \"Sufficient1Secret\", \
         \"production/support/night-desk\" = \"Sufficient1Secret\", \"production/sales/branch-north\" = \
         \"Sufficient1Secret\", \"production/sales/branch-south\" = \"Sufficient1Secret\" }",
    ),
];

/// The ID that pages show for an application.
const APPLICATION_ID: &str = "c49f3586-9c3c-458b-89fc-3c8beb58865f";

/// The numbers that pages show: the account owns them.
const NUMBERS: [&str; 2] = ["GB/447700900000", "GB/447700900001"];

/// Validates, applies, imports, queries and destroys, as far as the example is about that.
pub(super) fn play(workspace: &mut Workspace, folder: &Folder) {
    folder.bring_into(workspace);
    give_variables(workspace);
    for id in NUMBERS {
        workspace.sandbox().add_number(id, json!({}));
    }
    workspace
        .run(&["validate", "-no-color"])
        .expect_code(0, "the example is valid");
    match folder.kind() {
        Kind::Module => return,
        Kind::DataSource | Kind::ListResource => add_account(workspace),
        Kind::Resource | Kind::Whole => {}
    }
    if let Some(query) = folder.file("list-resource.tfquery.hcl") {
        let query = workspace.query(&query);
        assert_eq!(query.code, Some(0), "{:?}", query.diagnostics);
        assert!(!query.names().is_empty(), "nothing was found");
        return;
    }
    workspace.apply_as_is(&[]);
    check_outputs(workspace, &folder.text());
    if let Some(script) = folder.file("import.sh") {
        import_in_every_way(workspace, folder, &script);
    }
    workspace.destroy();
}

/// Gives the variables that examples leave to their readers.
pub(crate) fn give_variables(workspace: &mut Workspace) {
    for (name, value) in VARIABLES {
        workspace.set_variable(&format!("TF_VAR_{name}"), Some(value));
    }
    let account = workspace.sandbox().environment();
    for (name, value) in account {
        if let Some(name) = name.strip_prefix("VONAGE_") {
            let variable = format!("TF_VAR_vonage_{}", name.to_lowercase());
            workspace.set_variable(&variable, Some(&value));
        }
    }
}

/// What the examples of data sources and lists look for: an application that has a number, and the domains and users that those
/// of resources make.
fn add_account(workspace: &mut Workspace) {
    let answer_url = json!({ "address": "https://voice.example.com/answer" });
    workspace.sandbox().add_application(
        APPLICATION_ID,
        json!({
            "name": "support",
            "capabilities": { "voice": { "webhooks": { "answer_url": answer_url } } },
        }),
    );
    workspace
        .sandbox()
        .edit_number(NUMBERS[0], json!({ "app_id": APPLICATION_ID }));
    for (name, digest_auth) in [("yourcompany", false), ("yourcompany-phones", true)] {
        workspace.sandbox().add(json!({
            "name": name,
            "application_id": APPLICATION_ID,
            "acl": if digest_auth { json!([]) } else { json!(["180.180.180.180/30"]) },
            "digest_auth": digest_auth,
        }));
    }
    for key in ["reception", "warehouse"] {
        workspace.sandbox().add_user("yourcompany-phones", key);
    }
}

/// Every output has a value, and the one that a comment `# => …` before it promises.
fn check_outputs(workspace: &mut Workspace, text: &str) {
    let outputs = workspace
        .run(&["output", "-json"])
        .expect_code(0, "the outputs as JSON")
        .json();
    for (name, output) in outputs.as_object().unwrap() {
        let value = &output["value"];
        let is_empty = [Value::Null, json!(""), json!([]), json!({})].contains(value);
        assert!(!is_empty, "the output {name} is empty");
    }
    let mut promised = None;
    for line in text.lines() {
        if let Some(json) = line.strip_prefix("# => ") {
            promised = Some(serde_json::from_str::<Value>(json).unwrap());
        } else if let Some(promised) = promised.take() {
            let name = line.split('"').nth(1).expect("an output after its value");
            assert_eq!(outputs[name]["value"], promised, "{name}");
        }
    }
}

/// Forgets the object that `import.sh` names and imports it again: by this very command, by ID and by identity.
fn import_in_every_way(workspace: &mut Workspace, folder: &Folder, script: &str) {
    let command = script.lines().find(|line| line.starts_with("terraform "));
    let words: Vec<&str> = command
        .expect("a command")
        .split_whitespace()
        .skip(1)
        .collect();
    let ["import", address, shown] = words[..] else {
        panic!("no import of an address and an ID: {words:?}")
    };
    let state = workspace.state();
    let id = state.values(address)["id"].as_str().expect("an ID");
    // The API makes the ID of an application, so its page can only show one like it.
    let with_id = |text: &str| text.replace(APPLICATION_ID, id);
    forget(workspace, address);
    workspace
        .run(&["import", address, &with_id(shown)])
        .expect_code(0, "imported");
    let plan = workspace.plan(&[]);
    assert_imported(&plan, address);
    workspace.apply_as_is(&[]);
    for file in ["import-by-string-id.tf", "import-by-identity.tf"] {
        let block = folder.file(file).expect("each way of an import is shown");
        let block = with_id(&block);
        if features::obstacle(&format!("\n{block}"), workspace.cli()).is_none() {
            forget(workspace, address);
            workspace.write(file, &block);
            let plan = workspace.plan(&[]);
            assert!(plan.imports(address), "{file} imports something else");
            assert_imported(&plan, address);
            workspace.apply_as_is(&[]);
            workspace.remove(file);
        }
    }
}

fn forget(workspace: &mut Workspace, address: &str) {
    workspace
        .run(&["state", "rm", address])
        .expect_code(0, "forgotten");
}

/// Nothing is to be changed, but for a secret: it cannot be imported, and so the configured one is set.
#[track_caller]
fn assert_imported(plan: &Plan, address: &str) {
    let changes = (plan.actions(address), plan.changed(address));
    let sets_secret = address.starts_with("vonage_sip_domain_user.");
    if sets_secret {
        assert_eq!(changes, (vec!["update"], vec!["secret_wo_version"]));
    } else {
        assert_eq!(changes, (vec!["no-op"], vec![]));
    }
    let to_change = usize::from(sets_secret);
    let summary = format!("0 to add, {to_change} to change, 0 to destroy");
    assert!(
        plan.text.contains(&summary) || plan.is_empty(),
        "{summary:?} is not in {}",
        plan.text
    );
}
