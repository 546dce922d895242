//! An application from create to destroy: each attribute changed alone, what is not managed kept, and imports that change nothing.

use serde_json::{Value, json};

use super::{OTHER_PUBLIC_KEY, PBX, PUBLIC_KEY, only, only_id, pbx, with_key, with_voice};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(an_application_lives_from_create_to_destroy)
            .differing_by_cli()
            .also_restarting(),
        scenario!(each_attribute_of_an_application_is_changed_alone),
        scenario!(an_application_s_key_is_compared_by_its_content),
        scenario!(other_capabilities_survive_every_write),
        scenario!(an_application_is_imported_without_a_change)
            .differing_by_cli()
            .since(Some("1.5"), Some("1.6")),
        scenario!(what_concerns_terraform_alone_is_not_sent_to_the_application),
    ]
}

fn an_application_lives_from_create_to_destroy(workspace: &mut Workspace) {
    workspace.apply(&with_voice(""));
    let made = only(workspace);
    assert_eq!(made["name"], "pbx-eu");
    assert_eq!(made["privacy"]["improve_ai"], false);
    assert_eq!(
        made["capabilities"]["voice"]["webhooks"],
        json!({ "answer_url": {
            "address": "https://voice.example.com/answer",
            "http_method": "GET",
            "connect_timeout": 1000,
            "socket_timeout": 5000,
        } })
    );
    let state = workspace.state();
    let values = state.values(PBX);
    assert_eq!(values["id"], made["id"]);
    assert_eq!(values["public_key"], made["keys"]["public_key"]);
    assert_eq!(values["voice"]["signed_callbacks"], true);
    assert_eq!(values["voice"]["leg_persistence_time"], 7);
    workspace.apply(&pbx(""));
    assert_eq!(only(workspace)["capabilities"], json!({}));
    workspace.destroy();
    assert_eq!(workspace.sandbox().applications(), Vec::<Value>::new());
}

fn each_attribute_of_an_application_is_changed_alone(workspace: &mut Workspace) {
    workspace.apply(&with_voice(""));
    for (lines, pointer, expected) in [
        (
            "signed_callbacks = false",
            "/signed_callbacks",
            json!(false),
        ),
        (
            "conversations_ttl = 9000",
            "/conversations_ttl",
            json!(9000),
        ),
        (
            "leg_persistence_time = 31",
            "/leg_persistence_time",
            json!(31),
        ),
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
        workspace.write("main.tf", &with_voice(lines));
        let plan = workspace.plan(&[]);
        assert_eq!(plan.actions(PBX), ["update"], "{lines}");
        assert_eq!(plan.changed(PBX), ["voice"], "{lines}");
        workspace.apply_as_is(&[]);
        let voice = only(workspace)["capabilities"]["voice"].clone();
        assert_eq!(voice.pointer(pointer), Some(&expected), "{lines}");
        workspace.apply(&with_voice(""));
    }
    for (attribute, configuration) in [
        ("name", with_voice("").replace("pbx-eu", "pbx-us")),
        (
            "improve_ai",
            with_voice("").replace("voice =", "improve_ai = true\nvoice ="),
        ),
    ] {
        workspace.write("main.tf", &configuration);
        assert_eq!(workspace.plan(&[]).changed(PBX), [attribute]);
        workspace.apply_as_is(&[]);
        workspace.apply(&with_voice(""));
    }
    let id = only_id(workspace);
    let writes = workspace.sandbox().writes();
    let sent_once = |line: &String| line.starts_with("PUT") || line.starts_with("POST");
    assert!(writes.iter().all(sent_once), "{writes:?}");
    assert_eq!(workspace.state().values(PBX)["id"], id);
}

fn an_application_s_key_is_compared_by_its_content(workspace: &mut Workspace) {
    workspace.apply(&with_key(PUBLIC_KEY));
    assert_eq!(only(workspace)["keys"]["public_key"], PUBLIC_KEY);
    // Other line ends, and a blank line behind it: the same key.
    workspace.sandbox().forget_requests();
    let respelled = PUBLIC_KEY.trim_end().replace('\n', "\\r\\n");
    workspace.apply(&pbx(&format!("public_key = \"{respelled}\\n\\n\"")));
    assert_eq!(workspace.sandbox().writes(), Vec::<String>::new());
    let other = with_key(OTHER_PUBLIC_KEY);
    workspace
        .plan_diagnostics(&other)
        .of(PBX)
        .warnings()
        .expect("public_key", &["Tokens of the old key"]);
    workspace.apply_as_is(&[]);
    assert_eq!(only(workspace)["keys"]["public_key"], OTHER_PUBLIC_KEY);
    // Without one in the configuration, the one that there is stays.
    workspace.apply(&pbx(""));
    assert_eq!(only(workspace)["keys"]["public_key"], OTHER_PUBLIC_KEY);
}

fn other_capabilities_survive_every_write(workspace: &mut Workspace) {
    workspace.apply(&with_voice(""));
    let id = only_id(workspace);
    let others = json!({
        "messages": { "version": "v1", "webhooks": { "inbound_url": { "address": "https://example.com/in", "http_method": "POST" } } },
        "rtc": { "webhooks": { "event_url": { "address": "https://example.com/rtc", "http_method": "POST" } }, "signed_callbacks": true },
        "vbc": {},
    });
    let mut capabilities = only(workspace)["capabilities"].clone();
    let fields = capabilities.as_object_mut().unwrap();
    fields.extend(others.as_object().unwrap().clone());
    workspace
        .out_of_band()
        .edit_application(&id, json!({ "capabilities": capabilities }));
    workspace.assert_settled();
    for configuration in [
        with_voice("signed_callbacks = false"),
        pbx(""),
        with_voice("region = \"eu-east\""),
        with_voice("").replace("pbx-eu", "pbx-us"),
    ] {
        workspace.apply(&configuration);
        let mut found = only(workspace)["capabilities"].clone();
        found.as_object_mut().unwrap().remove("voice");
        assert_eq!(found, others, "{configuration}");
    }
}

fn an_application_is_imported_without_a_change(workspace: &mut Workspace) {
    let id = "5d0c7c0e-0000-4000-8000-0123456789ab";
    workspace.sandbox().add_application(
        id,
        json!({
            "name": "pbx-eu",
            "keys": { "public_key": PUBLIC_KEY },
            "capabilities": {
                "messages": { "webhooks": {} },
                "voice": { "webhooks": { "answer_url": { "address": "https://voice.example.com/answer" } } },
            },
        }),
    );
    let import = format!("import {{\n  to = {PBX}\n  id = \"{id}\"\n}}\n");
    workspace.import_by_block(&format!("{import}{}", with_voice("")), &[PBX]);
    assert_eq!(workspace.sandbox().writes(), Vec::<String>::new());
    let refused = workspace
        .run(&["import", "-no-color", "vonage_application.other", "pbx-eu"])
        .text();
    assert!(!refused.contains("panic"), "{refused}");
}

fn what_concerns_terraform_alone_is_not_sent_to_the_application(workspace: &mut Workspace) {
    workspace.apply(&pbx(""));
    workspace.sandbox().forget_requests();
    workspace.apply(&pbx("force_destroy = true"));
    workspace.apply(&pbx("timeouts {\n  delete = \"90s\"\n}"));
    assert_eq!(workspace.sandbox().writes(), Vec::<String>::new());
}
