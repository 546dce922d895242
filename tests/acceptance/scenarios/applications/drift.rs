//! Drift of an application: each leaf that somebody changes outside Terraform is found alone, and mended.

use serde_json::json;

use super::{OTHER_PUBLIC_KEY, PBX, PUBLIC_KEY, only, only_id, pbx, with_voice};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(each_drift_of_an_application_is_found_and_mended),
        scenario!(an_application_deleted_out_of_band_is_planned_anew).differing_by_cli(),
        scenario!(an_application_changed_since_the_plan_is_not_overwritten),
    ]
}

/// An application of which everything is configured.
fn whole() -> String {
    pbx(&format!(
        "public_key = <<-PEM\n{PUBLIC_KEY}\nPEM\n\
         voice = {{\n\
         answer_url = {{ address = \"https://voice.example.com/answer\" }}\n\
         event_url = {{ address = \"https://voice.example.com/event\" }}\n\
         fallback_answer_url = {{ address = \"https://backup.example.com/\" }}\n\
         leg_persistence_time = 5\nregion = \"eu-west\"\n}}"
    ))
}

fn each_drift_of_an_application_is_found_and_mended(workspace: &mut Workspace) {
    workspace.apply(&whole());
    let before = only(workspace);
    let id = only_id(workspace);
    let webhooks = "capabilities/voice/webhooks";
    for (path, value, attribute) in [
        ("name".to_owned(), json!("theirs"), "name"),
        (
            "keys/public_key".to_owned(),
            json!(OTHER_PUBLIC_KEY),
            "public_key",
        ),
        ("privacy/improve_ai".to_owned(), json!(true), "improve_ai"),
        (
            "capabilities/voice/signed_callbacks".to_owned(),
            json!(false),
            "voice",
        ),
        (
            "capabilities/voice/conversations_ttl".to_owned(),
            json!(1),
            "voice",
        ),
        (
            "capabilities/voice/leg_persistence_time".to_owned(),
            json!(31),
            "voice",
        ),
        (
            "capabilities/voice/region".to_owned(),
            json!("na-east"),
            "voice",
        ),
        (
            format!("{webhooks}/answer_url/address"),
            json!("https://evil.example.com/"),
            "voice",
        ),
        (
            format!("{webhooks}/answer_url/http_method"),
            json!("POST"),
            "voice",
        ),
        (
            format!("{webhooks}/event_url/connect_timeout"),
            json!(300),
            "voice",
        ),
        (
            format!("{webhooks}/fallback_answer_url/socket_timeout"),
            json!(1000),
            "voice",
        ),
    ] {
        let mut changed = before.clone();
        *changed.pointer_mut(&format!("/{path}")).unwrap() = value;
        changed.as_object_mut().unwrap().remove("id");
        workspace.out_of_band().edit_application(&id, changed);
        let plan = workspace.plan(&[]);
        assert_eq!(plan.actions(PBX), ["update"], "{path}");
        assert_eq!(plan.changed(PBX), [attribute], "{path}");
        workspace.apply_as_is(&[]);
        assert_eq!(only(workspace), before, "{path}");
    }
    // All of the voice, and one webhook of it.
    for capabilities in [
        json!({}),
        json!({ "voice": {} }),
        json!({ "voice": { "webhooks": {} } }),
    ] {
        workspace
            .out_of_band()
            .edit_application(&id, json!({ "capabilities": capabilities }));
        assert_eq!(workspace.plan(&[]).changed(PBX), ["voice"]);
        workspace.apply_as_is(&[]);
        assert_eq!(only(workspace), before);
    }
}

fn an_application_deleted_out_of_band_is_planned_anew(workspace: &mut Workspace) {
    workspace.apply(&with_voice(""));
    let id = only_id(workspace);
    workspace.out_of_band().remove_application(&id);
    assert_eq!(workspace.plan(&[]).actions(PBX), ["create"]);
    workspace.apply_as_is(&[]);
    assert_ne!(only_id(workspace), id);
    let id = only_id(workspace);
    workspace.out_of_band().remove_application(&id);
    workspace.destroy();
}

fn an_application_changed_since_the_plan_is_not_overwritten(workspace: &mut Workspace) {
    workspace.apply(&with_voice(""));
    let id = only_id(workspace);
    workspace.write("main.tf", &with_voice("").replace("pbx-eu", "pbx-us"));
    workspace
        .run(&["plan", "-no-color", "-out=saved"])
        .expect_code(0, "planned");
    workspace.out_of_band();
    workspace
        .sandbox()
        .edit_application(&id, json!({ "privacy": { "improve_ai": true } }));
    let refused = workspace
        .run(&["apply", "-no-color", "saved"])
        .expect_code(1, "refused")
        .text();
    for words in ["improve_ai", "since the plan"] {
        assert!(refused.contains(words), "{words:?} is missing in {refused}");
    }
    assert_eq!(only(workspace)["name"], "pbx-eu");
    assert_eq!(only(workspace)["privacy"]["improve_ai"], true);
}
