//! A number in one configuration with its application, and an application that numbers lead to.

use serde_json::{Value, json};

use super::{NUMBER, assert_says, own};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(application_domain_user_and_number_live_in_one_configuration).differing_by_cli(),
        scenario!(an_application_that_a_number_leads_to_is_not_deleted),
        scenario!(an_account_that_may_not_list_numbers_deletes_its_applications),
    ]
}

fn pbx(lines: &str) -> String {
    format!(
        "resource \"vonage_application\" \"pbx\" {{\n  name = \"pbx\"\n  voice = {{}}\n{lines}\n}}\n"
    )
}

fn house() -> String {
    pbx("")
        + "resource \"vonage_sip_domain\" \"office\" {\n  name = \"office\"\n  application_id = vonage_application.pbx.id\n  \
           acl = [\"190.190.190.190\"]\n  digest_auth = true\n}\n\
           resource \"vonage_sip_domain_user\" \"desk\" {\n  domain = vonage_sip_domain.office.name\n  key = \"desk\"\n  \
           secret = \"Sufficient1Secret\"\n}\n\
           resource \"vonage_number_link\" \"main\" {\n  country = \"GB\"\n  msisdn = \"447700900001\"\n  \
           application_id = vonage_application.pbx.id\n}\n"
}

fn application_domain_user_and_number_live_in_one_configuration(workspace: &mut Workspace) {
    let number = own(workspace, NUMBER);
    workspace.apply(&house());
    let id = workspace.sandbox().applications()[0]["id"].clone();
    assert_eq!(workspace.sandbox().number(NUMBER).unwrap()["app_id"], id);
    let writes = workspace.sandbox().writes();
    assert!(writes[0].starts_with("POST /v2/applications"), "{writes:?}");
    assert_eq!(writes.len(), 4);
    workspace.sandbox().forget_requests();
    workspace.destroy();
    let writes = workspace.sandbox().writes();
    assert!(
        writes[3].starts_with("DELETE /v2/applications"),
        "{writes:?}"
    );
    assert_eq!(writes.len(), 4);
    assert_eq!(workspace.sandbox().applications(), Vec::<Value>::new());
    assert_eq!(workspace.sandbox().domains(), Vec::<Value>::new());
    assert_eq!(workspace.sandbox().numbers(), [number]);
}

fn an_application_that_a_number_leads_to_is_not_deleted(workspace: &mut Workspace) {
    own(workspace, NUMBER);
    workspace.apply(&pbx(""));
    let id = workspace.sandbox().applications()[0]["id"].clone();
    workspace
        .sandbox()
        .edit_number(NUMBER, json!({ "app_id": id }));
    let refused = workspace
        .run(&["destroy", "-auto-approve", "-no-color"])
        .expect_code(1, "refused")
        .text();
    assert_says(
        &refused,
        &[
            "is in use",
            "the number \"GB/447700900001\"",
            "`force_destroy = true`",
        ],
    );
    assert_eq!(workspace.sandbox().count("DELETE"), 0);
    workspace.apply(&pbx("force_destroy = true"));
    workspace.destroy();
    assert!(workspace.sandbox().number(NUMBER).is_some());
}

fn an_account_that_may_not_list_numbers_deletes_its_applications(workspace: &mut Workspace) {
    workspace.apply(&pbx(""));
    workspace
        .sandbox()
        .switch(json!({ "number_access": "forbidden" }));
    let output = workspace.destroy();
    assert_says(
        &output.text(),
        &["may have been in use", "does not list the numbers"],
    );
    assert_eq!(workspace.sandbox().applications(), Vec::<Value>::new());
}
