//! Numbers that lead somewhere else already, or that the account does not own: nothing is changed unless that is asked for.

use serde_json::json;

use super::{LINK, NUMBER, OTHER, PBX, assert_says, link, now, own, to_application, to_sip, with};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(a_number_that_leads_elsewhere_is_taken_over_only_where_that_is_asked_for),
        scenario!(a_number_of_a_rule_that_nobody_knows_is_never_touched),
        scenario!(a_number_that_the_account_does_not_own_is_an_error),
        scenario!(two_links_on_one_number_do_not_fight),
        scenario!(a_destroy_leaves_what_leads_elsewhere),
        scenario!(a_destroy_says_that_an_application_takes_the_calls_from_now_on),
        scenario!(a_number_relinked_since_the_plan_is_not_taken_for_unchanged),
    ]
}

const LINKED: &str = "GB/447700900001";
const FORWARDED: &str = "GB/447700900002";
const THERE: &str = "GB/447700900003";

fn a_number_that_leads_elsewhere_is_taken_over_only_where_that_is_asked_for(
    workspace: &mut Workspace,
) {
    let forward = json!({ "voiceCallbackType": "tel", "voiceCallbackValue": "447700900999" });
    let numbers = [LINKED, FORWARDED, THERE].map(|id| own(workspace, id));
    let fields = [
        json!({ "app_id": OTHER }),
        forward,
        json!({ "app_id": PBX }),
    ];
    for (id, fields) in [LINKED, FORWARDED, THERE].into_iter().zip(&fields) {
        workspace.sandbox().edit_number(id, fields.clone());
    }
    let before = workspace.sandbox().numbers();
    let configuration = |lines: &str| {
        let lines = format!("application_id = \"{PBX}\"\n{lines}");
        [
            ("linked", LINKED),
            ("forwarded", FORWARDED),
            ("there", THERE),
        ]
        .map(|(label, id)| link(label, id, &lines))
        .concat()
    };
    let refused = workspace.apply_failing(&configuration("")).text();
    assert_says(
        &refused,
        &[
            "Number GB/447700900001 leads somewhere already",
            OTHER,
            "Number GB/447700900002 leads somewhere already",
            "to another telephone number",
            "Number GB/447700900003 leads somewhere already",
            "id = \"GB/447700900003\"",
            "`take_over = true`",
        ],
    );
    assert_eq!(workspace.sandbox().numbers(), before);
    assert_eq!(workspace.sandbox().count("POST"), 0);
    workspace.apply(&configuration("take_over = true"));
    let linked = numbers
        .each_ref()
        .map(|it| with(it, &json!({ "app_id": PBX })));
    assert_eq!(workspace.sandbox().numbers(), linked);
    assert_eq!(workspace.sandbox().count("POST"), 2, "one was there");
    workspace.destroy();
    assert_eq!(workspace.sandbox().numbers(), numbers);
}

fn a_number_of_a_rule_that_nobody_knows_is_never_touched(workspace: &mut Workspace) {
    own(workspace, NUMBER);
    let trunk = json!({ "voiceCallbackType": "trunk", "voiceCallbackValue": "office" });
    workspace.sandbox().edit_number(NUMBER, trunk);
    let before = now(workspace);
    let lines = format!("application_id = \"{PBX}\"\ntake_over = true");
    let refused = workspace
        .apply_failing(&link("main", NUMBER, &lines))
        .text();
    assert_says(&refused, &["\"trunk\"", "does not know", "dashboard"]);
    assert_eq!(now(workspace), before);
    assert_eq!(workspace.sandbox().count("POST"), 0);
}

fn a_number_that_the_account_does_not_own_is_an_error(workspace: &mut Workspace) {
    let number = own(workspace, "GB/4477009000011");
    for id in [NUMBER, "US/4477009000011", "GB/77009000011"] {
        let configuration = link("main", id, &format!("application_id = \"{PBX}\""));
        let refused = workspace.apply_failing(&configuration).text();
        assert_says(&refused, &["is not a number of the account", "never buys"]);
    }
    assert_eq!(workspace.sandbox().numbers(), [number]);
    assert_eq!(workspace.sandbox().count("POST"), 0);
}

fn two_links_on_one_number_do_not_fight(workspace: &mut Workspace) {
    own(workspace, NUMBER);
    let two = [("one", PBX), ("two", OTHER)];
    let two = two.map(|(label, id)| link(label, NUMBER, &format!("application_id = \"{id}\"")));
    let refused = workspace.apply_failing(&two.concat()).text();
    assert_says(&refused, &["leads somewhere already"]);
    assert_eq!(workspace.sandbox().count("POST"), 1);
    assert_eq!(workspace.state().addresses().len(), 1);
    workspace.destroy();
}

fn a_destroy_leaves_what_leads_elsewhere(workspace: &mut Workspace) {
    let number = own(workspace, NUMBER);
    workspace.apply(&to_application(PBX));
    let fields = json!({ "app_id": OTHER });
    workspace.out_of_band().edit_number(NUMBER, fields.clone());
    let output = workspace.destroy();
    assert_says(&output.text(), &["was left as it is", OTHER]);
    assert_eq!(now(workspace), with(&number, &fields));
}

fn a_destroy_says_that_an_application_takes_the_calls_from_now_on(workspace: &mut Workspace) {
    let number = own(workspace, NUMBER);
    workspace.apply(&to_sip(&["sip:1@pbx.example.com"]));
    let below = json!({ "app_id": OTHER });
    workspace.out_of_band().edit_number(NUMBER, below.clone());
    workspace.assert_settled();
    let output = workspace.destroy();
    assert_says(&output.text(), &["leads somewhere still", OTHER]);
    assert_eq!(now(workspace), with(&number, &below));
}

fn a_number_relinked_since_the_plan_is_not_taken_for_unchanged(workspace: &mut Workspace) {
    own(workspace, NUMBER);
    workspace.apply(&to_application(PBX));
    let lines = format!("application_id = \"{PBX}\"\ntake_over = true");
    workspace.write("main.tf", &link("main", NUMBER, &lines));
    workspace
        .run(&["plan", "-no-color", "-out=saved"])
        .expect_code(0, "planned");
    let fields = json!({ "app_id": OTHER });
    workspace.out_of_band().edit_number(NUMBER, fields);
    workspace.sandbox().forget_requests();
    let refused = workspace
        .run(&["apply", "-no-color", "saved"])
        .expect_code(1, "refused")
        .text();
    assert_says(&refused, &["was changed since the plan was made", OTHER]);
    assert_eq!(workspace.sandbox().count("POST"), 0);
    assert_eq!(workspace.state().addresses(), [LINK]);
}
