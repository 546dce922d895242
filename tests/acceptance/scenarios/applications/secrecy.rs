//! The private key that the API may answer with: it is in no state, plan, log, message or export.

use serde_json::json;
use vonage_sandbox::PRIVATE_KEY;

use super::{OTHER_PUBLIC_KEY, with_key, with_voice};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![scenario!(no_private_key_comes_to_light).differing_by_cli()]
}

/// Fails where any line of the key is in a text.
#[track_caller]
fn assert_hidden(text: &str, place: &str) {
    assert!(
        !text.contains("PRIVATE KEY"),
        "{place} has a private key: {text}"
    );
    for line in PRIVATE_KEY.lines().filter(|line| !line.starts_with('-')) {
        assert!(!text.contains(line), "{place} has {line}");
    }
}

fn no_private_key_comes_to_light(workspace: &mut Workspace) {
    workspace.sandbox().switch(json!({
        "application_put_private_key": "shown",
        "application_put_keys": "renewed",
    }));
    workspace.set_variable("TF_LOG", Some("TRACE"));
    for configuration in [
        with_voice(""),
        with_voice("region = \"eu-west\""),
        with_key(OTHER_PUBLIC_KEY),
    ] {
        let applied = workspace.apply(&configuration).text();
        assert!(applied.contains("/v2/applications"), "requests are logged");
        assert_hidden(&applied, "the log");
        assert_hidden(&workspace.read("terraform.tfstate"), "the state");
    }
    workspace.write("main.tf", &with_voice("conversations_ttl = 1"));
    let planned = workspace.run(&["plan", "-no-color", "-out=saved"]).text();
    assert_hidden(&planned, "the log");
    workspace.set_variable("TF_LOG", None);
    let plan = workspace.run(&["show", "-json", "saved"]).text();
    assert_hidden(&plan, "the plan");
    let exported = workspace.run_provider(&["export"]).text();
    assert!(exported.contains("vonage_application"), "{exported}");
    assert_hidden(&exported, "the export");
    // A configuration that has one where the public key belongs.
    let refused = workspace.apply_failing(&with_key(PRIVATE_KEY)).text();
    assert!(refused.contains("is a private key"), "{refused}");
    let lines = PRIVATE_KEY.lines().filter(|line| !line.starts_with('-'));
    for line in lines {
        assert!(!refused.contains(line), "the message has {line}");
    }
}
