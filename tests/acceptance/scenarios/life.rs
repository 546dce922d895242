//! The life of a domain: made, changed attribute by attribute, destroyed.

use serde_json::{Value, json};

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(a_domain_lives_from_create_to_destroy)
            .differing_by_cli()
            .also_restarting(),
        scenario!(each_attribute_is_changed_in_place_and_alone),
        scenario!(a_trunk_needs_no_application),
        scenario!(what_concerns_terraform_alone_sends_nothing).differing_by_cli(),
        scenario!(an_existing_domain_is_neither_changed_nor_adopted),
        scenario!(fields_that_we_do_not_manage_survive_an_update),
        scenario!(the_statuses_of_writes_make_no_difference),
    ]
}

const APPLICATION: &str = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20";
const OFFICE: &str = "vonage_sip_domain.office";

/// A domain with `lines` besides name and application.
fn office(lines: &str) -> String {
    format!(
        "resource \"vonage_sip_domain\" \"office\" {{\n  name = \"office\"\n  application_id = \"{APPLICATION}\"\n{lines}\n}}\n"
    )
}

fn a_domain_lives_from_create_to_destroy(workspace: &mut Workspace) {
    workspace.apply(&office(
        r#"acl = ["180.180.180.180/30", "190.190.190.190"]"#,
    ));
    let expected = json!({
        "name": "office",
        "application_id": APPLICATION,
        "acl": ["180.180.180.180/30", "190.190.190.190"],
        "tls": "optional",
        "srtp": "optional",
        "digest_auth": false,
        "domain_type": "app",
    });
    assert_eq!(workspace.sandbox().domain("office"), Some(expected));
    let state = workspace.state();
    let values = state.values(OFFICE);
    assert_eq!(values["id"], "office");
    assert_eq!(values["force_destroy"], false);
    assert_eq!(values["regional_hosts"]["ap"], "office.sip-ap.nexmo.com");
    workspace.apply(&office("acl = [\"180.180.180.180/30\"]\ntls = \"always\""));
    let domain = workspace.sandbox().domain("office").unwrap();
    assert_eq!(
        (&domain["acl"], &domain["tls"]),
        (&json!(["180.180.180.180/30"]), &json!("always"))
    );
    workspace.destroy();
    assert_eq!(workspace.sandbox().domains(), Vec::<Value>::new());
}

fn each_attribute_is_changed_in_place_and_alone(workspace: &mut Workspace) {
    let acl = r#"acl = ["190.190.190.190"]"#;
    workspace.apply(&office(acl));
    let other = "11111111-2222-4333-8444-555555555555";
    for (attribute, lines, sent) in [
        ("tls", format!("{acl}\ntls = \"never\""), json!("never")),
        ("srtp", format!("{acl}\nsrtp = \"always\""), json!("always")),
        (
            "digest_auth",
            format!("{acl}\ndigest_auth = true"),
            json!(true),
        ),
        (
            "acl",
            "acl = [\"190.190.190.191\"]".to_owned(),
            json!(["190.190.190.191"]),
        ),
        ("application_id", acl.to_owned(), json!(other)),
    ] {
        let configuration = match attribute {
            "application_id" => office(&lines).replace(APPLICATION, other),
            _ => office(&lines),
        };
        workspace.write("main.tf", &configuration);
        let plan = workspace.plan(&[]);
        assert_eq!(plan.actions(OFFICE), ["update"], "{attribute}");
        assert_eq!(plan.changed(OFFICE), [attribute]);
        workspace.apply_as_is(&[]);
        assert_eq!(
            workspace.sandbox().domain("office").unwrap()[attribute],
            sent
        );
        // Back to the start, so that each change is seen alone; what is left out returns to its default.
        workspace.apply(&office(acl));
    }
}

fn a_trunk_needs_no_application(workspace: &mut Workspace) {
    let trunk = "resource \"vonage_sip_domain\" \"office\" {\n  name = \"office\"\n  domain_type = \"trunk\"\n  acl = [\"190.190.190.190\"]\n}\n";
    workspace.apply(trunk);
    let domain = workspace.sandbox().domain("office").unwrap();
    assert_eq!(domain.get("application_id"), None);
    assert_eq!(domain["domain_type"], "trunk");
    workspace.apply(&trunk.replace("190.190.190.190", "190.190.190.191"));
    workspace.destroy();
}

fn what_concerns_terraform_alone_sends_nothing(workspace: &mut Workspace) {
    let acl = "acl = [\"190.190.190.190\"]\n";
    workspace.apply(&office(acl));
    for lines in [
        "force_destroy = true",
        "timeouts {\n  create = \"3m\"\n  delete = \"90s\"\n}",
    ] {
        workspace.sandbox().forget_requests();
        workspace.apply(&office(&format!("{acl}{lines}")));
        let writes = workspace
            .sandbox()
            .requests()
            .into_iter()
            .filter(|request| request.method != "GET")
            .count();
        assert_eq!(writes, 0, "{lines}");
    }
    workspace.destroy();
}

fn an_existing_domain_is_neither_changed_nor_adopted(workspace: &mut Workspace) {
    for status in [400, 409, 422] {
        workspace
            .sandbox()
            .switch(json!({ "duplicate_status": status }));
        let theirs = json!({ "name": "office", "application_id": APPLICATION, "acl": ["180.180.180.180/30"], "tls": "always" });
        workspace.sandbox().add(theirs);
        let before = workspace.sandbox().domain("office");
        let output = workspace.apply_failing(&office("acl = [\"190.190.190.190\"]"));
        let text = output.text();
        for words in [
            "SIP domain \"office\" already exists",
            "import {",
            "to = vonage_sip_domain.",
            "id = \"office\"",
        ] {
            assert!(text.contains(words), "{words:?} is missing in {text}");
        }
        assert_eq!(workspace.sandbox().domain("office"), before);
        assert_eq!(workspace.state().addresses(), Vec::<&str>::new());
        workspace.out_of_band().remove("office");
    }
}

fn fields_that_we_do_not_manage_survive_an_update(workspace: &mut Workspace) {
    workspace.apply(&office("acl = [\"190.190.190.190\"]"));
    workspace.out_of_band().edit(
        "office",
        json!({ "trunk_name": "Main", "limits": { "calls": 7 } }),
    );
    workspace.assert_settled();
    workspace.apply(&office("acl = [\"190.190.190.191\"]"));
    let domain = workspace.sandbox().domain("office").unwrap();
    assert_eq!(
        (&domain["trunk_name"], &domain["limits"]),
        (&json!("Main"), &json!({ "calls": 7 }))
    );
}

fn the_statuses_of_writes_make_no_difference(workspace: &mut Workspace) {
    for switches in [
        json!({ "put_status": 201, "delete_status": 204, "put_unknown": "upsert" }),
        json!({ "put_status": 200, "delete_status": 200, "delete_body": "empty", "put_unknown": "not-found" }),
    ] {
        workspace.sandbox().switch(switches);
        workspace.apply(&office("acl = [\"190.190.190.190\"]"));
        workspace.apply(&office("acl = [\"190.190.190.191\"]"));
        workspace.destroy();
        assert_eq!(workspace.sandbox().domains(), Vec::<Value>::new());
    }
}
