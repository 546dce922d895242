//! A link from create to destroy: nothing else of the number changes, and the account owns it all the time.

use serde_json::json;

use super::{LINK, NUMBER, OTHER, PBX, assert_says, link, now, own, to_application, to_sip, with};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(a_number_is_linked_changed_and_unlinked_and_stays_owned)
            .differing_by_cli()
            .also_restarting(),
        scenario!(another_number_replaces_the_link),
        scenario!(a_link_is_imported_without_a_change)
            .differing_by_cli()
            .since(Some("1.5"), Some("1.6")),
        scenario!(what_concerns_terraform_alone_is_not_sent_to_the_number),
        scenario!(a_refusal_after_a_success_is_a_success),
        scenario!(a_webhook_that_does_not_answer_is_named),
        scenario!(a_number_that_takes_no_calls_warns),
        scenario!(an_unlink_that_does_not_show_keeps_the_state),
    ]
}

const URIS: [&str; 2] = [
    "sip:447700900001@pbx.example.com;transport=tls;media=srtp",
    "sip:447700900001@backup.example.com;timeout=2000",
];

fn a_number_is_linked_changed_and_unlinked_and_stays_owned(workspace: &mut Workspace) {
    let number = own(workspace, NUMBER);
    let other = own(workspace, "GB/4477009000011");
    workspace.apply(&to_application(PBX));
    assert_eq!(now(workspace), with(&number, &json!({ "app_id": PBX })));
    let state = workspace.state();
    let values = state.values(LINK);
    assert_eq!(
        (&values["id"], &values["type"], &values["features"]),
        (
            &json!(NUMBER),
            &json!("mobile-lvn"),
            &json!(["SMS", "VOICE"])
        )
    );
    let forward = json!({
        "voiceCallbackType": "sip", "voiceCallbackValue": URIS.join(","), "app_id": null,
    });
    for (configuration, changed, fields) in [
        (
            to_application(OTHER),
            &["application_id"][..],
            json!({ "app_id": OTHER }),
        ),
        (
            to_sip(&URIS),
            &["application_id", "forward_to_sip"],
            forward,
        ),
        (
            to_sip(&URIS[1..]),
            &["forward_to_sip"],
            json!({ "voiceCallbackType": "sip", "voiceCallbackValue": URIS[1] }),
        ),
        (
            to_application(PBX),
            &["application_id", "forward_to_sip"],
            json!({ "app_id": PBX }),
        ),
    ] {
        workspace.write("main.tf", &configuration);
        let plan = workspace.plan(&[]);
        assert_eq!(plan.actions(LINK), ["update"]);
        assert_eq!(plan.changed(LINK), changed);
        workspace.apply_as_is(&[]);
        assert_eq!(now(workspace), with(&number, &fields));
    }
    workspace.destroy();
    assert_eq!(workspace.sandbox().numbers(), [number, other]);
    let writes = workspace.sandbox().writes();
    assert_eq!(writes, vec!["POST /number/update 200"; 6]);
}

fn another_number_replaces_the_link(workspace: &mut Workspace) {
    let second = "GB/447700900002";
    let numbers = [own(workspace, NUMBER), own(workspace, second)];
    workspace.apply(&to_application(PBX));
    let configuration = to_application(PBX).replace("447700900001", "447700900002");
    workspace.write("main.tf", &configuration);
    assert_eq!(workspace.plan(&[]).actions(LINK), ["delete", "create"]);
    workspace.apply_as_is(&[]);
    let linked = with(&numbers[1], &json!({ "app_id": PBX }));
    assert_eq!(workspace.sandbox().numbers(), [numbers[0].clone(), linked]);
    workspace.destroy();
    assert_eq!(workspace.sandbox().numbers(), numbers);
}

fn a_link_is_imported_without_a_change(workspace: &mut Workspace) {
    let number = own(workspace, NUMBER);
    workspace.sandbox().edit_number(
        NUMBER,
        json!({ "voiceCallbackType": "sip", "voiceCallbackValue": URIS.join(",") }),
    );
    let import = format!("import {{\n  to = {LINK}\n  id = \"{NUMBER}\"\n}}\n");
    workspace.import_by_block(&format!("{import}{}", to_sip(&URIS)), &[LINK]);
    assert_eq!(workspace.sandbox().writes(), Vec::<String>::new());
    // What was imported is ours to unlink.
    workspace.destroy();
    assert_eq!(now(workspace), number);
    for id in [
        "447700900001",
        "GB/+447700900001",
        "GBR/447700900001",
        "GB/",
    ] {
        let refused = workspace.run(&["import", "-no-color", LINK, id]);
        assert_eq!(refused.code, Some(1), "{id}");
        assert_says(
            &refused.text(),
            &["Invalid import ID", "<country>/<msisdn>"],
        );
    }
    let missing = workspace.run(&["import", "-no-color", LINK, "GB/447700900009"]);
    assert_eq!(missing.code, Some(1));
}

fn what_concerns_terraform_alone_is_not_sent_to_the_number(workspace: &mut Workspace) {
    own(workspace, NUMBER);
    workspace.apply(&to_application(PBX));
    workspace.sandbox().forget_requests();
    let lines = format!("application_id = \"{PBX}\"\ntake_over = true");
    workspace.apply(&link("main", NUMBER, &lines));
    let lines = format!(
        "application_id = \"{}\"\ntimeouts {{\n  delete = \"90s\"\n}}",
        PBX.to_uppercase()
    );
    workspace.apply(&link("main", NUMBER, &lines));
    assert_eq!(workspace.sandbox().writes(), Vec::<String>::new());
}

fn a_refusal_after_a_success_is_a_success(workspace: &mut Workspace) {
    let number = own(workspace, NUMBER);
    for status in [420, 200] {
        let fault = json!({
            "method": "POST", "path": "/number/update", "times": 1, "at": "after", "status": status, "body": "label",
        });
        workspace.sandbox().set_faults(std::slice::from_ref(&fault));
        workspace.apply(&to_application(PBX));
        assert_eq!(workspace.sandbox().faults_struck(), [1]);
        assert_eq!(now(workspace), with(&number, &json!({ "app_id": PBX })));
        workspace.sandbox().set_faults(&[fault]);
        workspace.destroy();
        assert_eq!(workspace.sandbox().faults_struck(), [1]);
        assert_eq!(now(workspace), number);
    }
    assert_eq!(workspace.sandbox().writes().len(), 4);
}

fn a_webhook_that_does_not_answer_is_named(workspace: &mut Workspace) {
    let number = own(workspace, NUMBER);
    let dead = json!({ "moHttpUrl": "https://sms.invalid/" });
    workspace.sandbox().edit_number(NUMBER, dead.clone());
    let refused = workspace.apply_failing(&to_application(PBX)).text();
    assert_says(
        &refused,
        &[
            "moHttpUrl did not answer",
            "`moHttpUrl`",
            "its server must be up",
        ],
    );
    assert_eq!(now(workspace), with(&number, &dead));
    workspace.assert_state_is_empty();
}

fn a_number_that_takes_no_calls_warns(workspace: &mut Workspace) {
    own(workspace, NUMBER);
    let features = json!({ "features": ["SMS"] });
    workspace.sandbox().edit_number(NUMBER, features);
    let applied = workspace.apply(&to_application(PBX)).text();
    assert_says(
        &applied,
        &["Number GB/447700900001 takes no calls", "without VOICE"],
    );
}

fn an_unlink_that_does_not_show_keeps_the_state(workspace: &mut Workspace) {
    let number = own(workspace, NUMBER);
    let lines = format!("application_id = \"{PBX}\"\ntimeouts {{\n  delete = \"5s\"\n}}");
    workspace.apply(&link("main", NUMBER, &lines));
    workspace
        .sandbox()
        .switch(json!({ "number_unlink": "never" }));
    let refused = workspace
        .run(&["destroy", "-auto-approve", "-no-color"])
        .expect_code(1, "refused")
        .text();
    assert_says(&refused, &["may still be linked", "dashboard"]);
    assert_eq!(workspace.state().addresses(), [LINK]);
    workspace.sandbox().switch_back();
    workspace.destroy();
    assert_eq!(now(workspace), number);
}
