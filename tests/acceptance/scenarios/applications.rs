//! The life of an application: made, changed attribute by attribute, drifted, imported, destroyed; alone, and with what refers
//! to it.

use serde_json::{Value, json};

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(an_application_lives_from_create_to_destroy).differing_by_cli(),
        scenario!(each_attribute_of_an_application_is_changed_alone),
        scenario!(other_capabilities_survive_every_write),
        scenario!(each_drift_of_an_application_is_found_and_mended),
        scenario!(an_application_its_domain_and_its_user_live_in_one_configuration)
            .differing_by_cli(),
        scenario!(an_application_in_use_is_not_deleted),
        scenario!(no_private_key_comes_to_light),
    ]
}

const PBX: &str = "vonage_application.pbx";

fn pbx(lines: &str) -> String {
    format!("resource \"vonage_application\" \"pbx\" {{\n  name = \"pbx-eu\"\n{lines}\n}}\n")
}

fn with_voice(lines: &str) -> String {
    pbx(&format!(
        "voice = {{\n  answer_url = {{ address = \"https://voice.example.com/answer\" }}\n{lines}\n}}"
    ))
}

/// The only application of the account.
fn only(workspace: &Workspace) -> Value {
    let mut all = workspace.sandbox().applications();
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

fn an_application_lives_from_create_to_destroy(workspace: &mut Workspace) {
    workspace.apply(&with_voice(""));
    let made = only(workspace);
    assert_eq!(made["name"], "pbx-eu");
    assert_eq!(made["privacy"]["improve_ai"], false);
    assert_eq!(
        made["capabilities"]["voice"]["webhooks"]["answer_url"],
        json!({
            "address": "https://voice.example.com/answer",
            "http_method": "GET",
            "connect_timeout": 1000,
            "socket_timeout": 5000,
        })
    );
    let state = workspace.state();
    let values = state.values(PBX);
    assert_eq!(values["id"], made["id"]);
    assert_eq!(values["public_key"], made["keys"]["public_key"]);
    assert_eq!(values["voice"]["signed_callbacks"], true);
    assert!(values["voice"]["leg_persistence_time"].is_number());
    workspace.apply(&pbx(""));
    assert_eq!(only(workspace)["capabilities"], json!({}));
    workspace.destroy();
    assert_eq!(workspace.sandbox().applications(), Vec::<Value>::new());
}

fn each_attribute_of_an_application_is_changed_alone(workspace: &mut Workspace) {
    workspace.apply(&with_voice(""));
    for (lines, pointer, expected) in [
        ("signed_callbacks = false", "/signed_callbacks", json!(false)),
        ("conversations_ttl = 9000", "/conversations_ttl", json!(9000)),
        ("leg_persistence_time = 31", "/leg_persistence_time", json!(31)),
        ("region = \"eu-west\"", "/region", json!("eu-west")),
        (
            "event_url = { address = \"https://voice.example.com/event\", socket_timeout = 1000 }",
            "/webhooks/event_url/socket_timeout",
            json!(1000),
        ),
        (
            "fallback_answer_url = { address = \"https://backup.example.com/\", http_method = \"GET\" }",
            "/webhooks/fallback_answer_url/http_method",
            json!("GET"),
        ),
    ] {
        workspace.apply(&with_voice(lines));
        let voice = only(workspace)["capabilities"]["voice"].clone();
        assert_eq!(voice.pointer(pointer), Some(&expected), "{lines}");
        workspace.apply(&with_voice(""));
    }
    workspace.apply(&with_voice("").replace("pbx-eu", "pbx-us"));
    assert_eq!(only(workspace)["name"], "pbx-us");
}
