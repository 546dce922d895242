//! Credentials of another account: nothing is dropped from state, and nothing is taken for deleted.

use serde_json::{Value, json};
use vonage_sandbox::Options;

use crate::{
    sandbox::{self, API_SECRET, on_runtime},
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(credentials_of_another_account_drop_nothing).at_one_address(),
        scenario!(an_imported_object_is_not_dropped_either).at_one_address(),
        scenario!(another_key_of_the_same_account_is_fine).at_one_address(),
        scenario!(what_is_dropped_from_state_is_a_warning)
            .differing_by_cli()
            .at_one_address(),
    ]
}

const OFFICE: &str = "vonage_sip_domain.office";
const ALICE: &str = "vonage_sip_domain_user.alice";

fn office(tls: &str) -> String {
    format!(
        "resource \"vonage_sip_domain\" \"office\" {{\n  name = \"office\"\n  domain_type = \"trunk\"\n  acl = []\n  \
         digest_auth = true\n  tls = \"{tls}\"\n}}\n\
         resource \"vonage_sip_domain_user\" \"alice\" {{\n  domain = vonage_sip_domain.office.name\n  key = \"alice\"\n  \
         secret = \"Wonderland-1\"\n}}\n"
    )
}

/// Another account, with nothing in it; it ends with the run.
fn other_account() -> vonage_sandbox::Sandbox {
    sandbox::start(Options {
        api_key: "another1".to_owned(),
        api_secret: API_SECRET.to_owned(),
        ..Options::default()
    })
}

fn lead_to(workspace: &mut Workspace, account: Option<&vonage_sandbox::Sandbox>) {
    let url = account.map(vonage_sandbox::Sandbox::url);
    workspace.set_variable("VONAGE_BASE_URL", url.as_deref());
    workspace.set_variable("VONAGE_API_KEY", account.map(|_| "another1"));
}

#[track_caller]
fn assert_refused(workspace: &mut Workspace, arguments: &[&str]) {
    let output = workspace.run(arguments);
    output.clone().expect_code(1, "refused");
    let text = output.text().replace('│', "");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "was written with another API key",
        "VONAGE_API_KEY",
        "state rm",
    ] {
        assert!(text.contains(words), "{words:?} is missing in {text}");
    }
    assert_eq!(workspace.state().addresses(), [OFFICE, ALICE]);
}

fn credentials_of_another_account_drop_nothing(workspace: &mut Workspace) {
    workspace.apply(&office("optional"));
    let other = other_account();
    // Long after the writes, which is when an absence is believed.
    workspace.out_of_band();
    workspace.write("main.tf", &office("always"));
    lead_to(workspace, Some(&other));
    assert_refused(workspace, &["plan", "-no-color"]);
    assert_refused(workspace, &["plan", "-no-color", "-refresh-only"]);
    for command in ["apply", "destroy"] {
        let arguments = [command, "-no-color", "-auto-approve", "-refresh=false"];
        assert_refused(workspace, &arguments);
    }
    lead_to(workspace, None);
    workspace.apply_as_is(&[]);
    on_runtime(other.stop());
}

fn an_imported_object_is_not_dropped_either(workspace: &mut Workspace) {
    workspace.apply(&office("optional"));
    for address in [ALICE, OFFICE] {
        workspace
            .run(&["state", "rm", address])
            .expect_code(0, "forgotten");
    }
    for (address, id) in [(OFFICE, "office"), (ALICE, "office/alice")] {
        workspace
            .run(&["import", "-no-color", address, id])
            .expect_code(0, "imported");
    }
    let other = other_account();
    lead_to(workspace, Some(&other));
    assert_refused(workspace, &["plan", "-no-color"]);
    lead_to(workspace, None);
    workspace.apply_as_is(&[]);
    on_runtime(other.stop());
}

/// The same account under another key: a sandbox with the same objects.
fn another_key_of_the_same_account_is_fine(workspace: &mut Workspace) {
    workspace.apply(&office("optional"));
    let other = other_account();
    copy_objects(workspace, &other);
    lead_to(workspace, Some(&other));
    workspace.assert_settled();
    // The next write takes the new key.
    workspace.apply(&office("always"));
    // From then on it is the first account's key that does not find the domain.
    workspace.out_of_band().remove("office");
    lead_to(workspace, None);
    let text = workspace.run(&["plan", "-no-color"]).text();
    assert!(
        text.contains("SIP domain \"office\" was written with another API key"),
        "{text}"
    );
    lead_to(workspace, Some(&other));
    workspace.destroy();
    on_runtime(other.stop());
}

/// Copies domain and user of the workspace's account into another one.
fn copy_objects(workspace: &mut Workspace, other: &vonage_sandbox::Sandbox) {
    for domain in &workspace.sandbox().domains() {
        let name = domain["name"].as_str().unwrap();
        let object = |value: &Value| value.as_object().unwrap().clone();
        other.put_domain(name, object(domain)).unwrap();
        for (key, secret) in workspace.sandbox().secrets(name) {
            let user = object(&json!({ "secret": secret }));
            other.put_user(name, &key, user).unwrap();
        }
    }
}

fn what_is_dropped_from_state_is_a_warning(workspace: &mut Workspace) {
    workspace.apply(&office("optional"));
    workspace.out_of_band().remove("office");
    let configuration = office("optional");
    let warnings = workspace.plan_diagnostics(&configuration).warnings();
    for (subject, causes) in [
        (
            "SIP domain \"office\" does not exist any more",
            "another account",
        ),
        (
            "SIP user \"alice\" of domain \"office\" does not exist any more",
            "deleted outside Terraform",
        ),
    ] {
        let told = warnings
            .0
            .iter()
            .any(|it| it.summary == subject && it.detail.contains(causes));
        assert!(told, "{subject:?} is missing in {warnings:#?}");
    }
    workspace.apply_as_is(&[]);
}
