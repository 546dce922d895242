//! Drift of a link: what somebody changes outside Terraform is found, and mended.

use serde_json::json;

use super::{LINK, NUMBER, OTHER, PBX, assert_says, now, own, to_application, to_sip, with};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(each_drift_of_a_link_is_found_and_mended),
        scenario!(a_forward_that_is_only_spelled_otherwise_is_no_drift),
        scenario!(a_number_that_left_the_account_is_planned_anew),
        scenario!(an_empty_list_is_looked_at_twice),
        scenario!(a_list_that_is_behind_is_no_drift),
    ]
}

fn each_drift_of_a_link_is_found_and_mended(workspace: &mut Workspace) {
    let number = own(workspace, NUMBER);
    let linked = with(&number, &json!({ "app_id": PBX }));
    workspace.apply(&to_application(PBX));
    for (fields, changed) in [
        (json!({ "app_id": OTHER }), &["application_id"][..]),
        (json!({ "app_id": null }), &["application_id"]),
        (
            json!({ "voiceCallbackType": "sip", "voiceCallbackValue": "sip:a@b" }),
            &["application_id", "forward_to_sip"],
        ),
        (
            json!({ "app_id": null, "voiceCallbackType": "tel", "voiceCallbackValue": "447700900999" }),
            &["application_id"],
        ),
    ] {
        workspace.out_of_band().edit_number(NUMBER, fields);
        let plan = workspace.plan(&[]);
        assert_eq!(plan.actions(LINK), ["update"]);
        assert_eq!(plan.changed(LINK), changed);
        workspace.apply_as_is(&[]);
        assert_eq!(now(workspace), linked);
    }
    // What a link is not about is no drift.
    let webhook = json!({ "moHttpUrl": "https://other.example.com/" });
    workspace.out_of_band().edit_number(NUMBER, webhook);
    workspace.assert_settled();
}

fn a_forward_that_is_only_spelled_otherwise_is_no_drift(workspace: &mut Workspace) {
    own(workspace, NUMBER);
    workspace.apply(&to_sip(&["sip:1@PBX.example.com;transport=tls;media=srtp"]));
    let respelled =
        json!({ "voiceCallbackValue": "sip:1@pbx.example.com;media=srtp;transport=TLS" });
    workspace.out_of_band().edit_number(NUMBER, respelled);
    workspace.assert_settled();
    workspace.sandbox().forget_requests();
    workspace.destroy();
    assert_eq!(workspace.sandbox().count("POST"), 1, "it is still ours");
}

fn a_number_that_left_the_account_is_planned_anew(workspace: &mut Workspace) {
    own(workspace, NUMBER);
    workspace.apply(&to_application(PBX));
    workspace.out_of_band().remove_number(NUMBER);
    let plan = workspace.plan(&[]);
    assert_eq!(plan.actions(LINK), ["create"]);
    assert_says(&plan.text, &["does not exist any more"]);
    let refused = workspace.apply_failing(&to_application(PBX)).text();
    assert_says(&refused, &["is not a number of the account"]);
    workspace.assert_state_is_empty();
}

fn an_empty_list_is_looked_at_twice(workspace: &mut Workspace) {
    own(workspace, NUMBER);
    workspace.apply(&to_application(PBX));
    workspace.out_of_band().set_faults(&[json!({
        "method": "GET", "path": "/account/numbers", "times": 1, "status": 200, "text": "{}",
        "content_type": "application/json",
    })]);
    workspace.assert_settled();
    assert_eq!(workspace.sandbox().faults_struck(), [1]);
}

fn a_list_that_is_behind_is_no_drift(workspace: &mut Workspace) {
    let number = own(workspace, NUMBER);
    let lag = json!({ "visibility_delay": "2s", "replica_lag": "3s" });
    workspace.sandbox().switch(lag);
    workspace.apply(&to_application(PBX));
    workspace.apply(&to_application(OTHER));
    workspace.destroy();
    assert_eq!(now(workspace), number);
}
