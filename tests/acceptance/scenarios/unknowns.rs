//! Answers of the API that nobody outside Vonage knows, where the core of the suite does not come by.

use serde_json::{Value, json};

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(a_name_of_another_account_is_told_as_such),
        scenario!(what_the_api_refuses_is_told_in_its_words),
        scenario!(what_the_api_refuses_of_a_user_is_told_in_its_words),
        scenario!(a_name_in_upper_case_leaves_empty_plans),
        scenario!(a_domain_with_users_says_what_to_set_whatever_the_status),
        scenario!(secrets_in_answers_stay_out_of_sight),
        scenario!(endpoints_are_never_asked_for),
        scenario!(parts_of_the_api_that_are_behind_drop_nothing).at_one_address(),
    ]
}

const APPLICATION: &str = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20";

/// An application's domain with these lines besides the application.
fn domain(lines: &str) -> String {
    format!(
        "resource \"vonage_sip_domain\" \"office\" {{\n  application_id = \"{APPLICATION}\"\n{lines}\n}}\n"
    )
}

/// The text of a message in one line, without the bars that a CLI draws before it.
fn flat(text: &str) -> String {
    let text = text.replace(['│', '╷', '╵'], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn assert_told(workspace: &mut Workspace, configuration: &str, words: &[&str]) {
    let text = flat(&workspace.apply_failing(configuration).text());
    for words in words {
        assert!(text.contains(words), "{words:?} is missing in {text}");
    }
}

fn a_name_of_another_account_is_told_as_such(workspace: &mut Workspace) {
    for (status, read) in [
        (400, 404),
        (409, 404),
        (403, 404),
        (422, 404),
        (409, 403),
        (409, 401),
    ] {
        let switches =
            json!({ "foreign_names": "office", "foreign_status": status, "foreign_read": read });
        workspace.sandbox().switch(switches);
        let configuration = domain("name = \"office\"\nacl = [\"190.190.190.190\"]");
        assert_told(
            workspace,
            &configuration,
            &[
                "Cannot create SIP domain \"office\"",
                "may be taken by another account",
            ],
        );
        assert_eq!(
            workspace.sandbox().writes(),
            [format!("POST /v1/psip {status}")]
        );
        workspace.sandbox().forget_requests();
    }
    assert_eq!(workspace.state().addresses(), [""; 0]);
}

fn what_the_api_refuses_is_told_in_its_words(workspace: &mut Workspace) {
    let acl = "acl = [\"190.190.190.190\"]";
    for (switches, lines, words) in [
        (
            json!({ "acl_max": 1 }),
            "name = \"office\"\nacl = [\"190.190.190.190\", \"8.8.8.8\"]".to_owned(),
            "at most 1 entries",
        ),
        (
            json!({ "acl_ipv6": "reject" }),
            "name = \"office\"\nacl = [\"2a00:1450::/32\"]".to_owned(),
            "acl[0] is not an IP address",
        ),
        (
            json!({ "acl_private": "reject" }),
            "name = \"office\"\nacl = [\"10.0.0.0/8\"]".to_owned(),
            "acl[0] is private",
        ),
        (
            json!({ "acl_shortest": 8 }),
            "name = \"office\"\nacl = [\"0.0.0.0/0\"]".to_owned(),
            "acl[0] has too short a prefix",
        ),
        (
            json!({ "acl_empty": "reject" }),
            "name = \"office\"\nacl = []\ndigest_auth = true".to_owned(),
            "Request lacks domain's name, acl or application id",
        ),
        (
            json!({ "tls_srtp": "tied" }),
            format!("name = \"office\"\n{acl}\nsrtp = \"always\""),
            "srtp always needs tls always",
        ),
        (
            json!({ "name_case": "reject" }),
            format!("name = \"Office\"\n{acl}"),
            "name must be in lower case",
        ),
        (
            json!({ "trunk_application": "rejected" }),
            format!("name = \"office\"\n{acl}\ndomain_type = \"trunk\""),
            "application_id is not for trunks",
        ),
    ] {
        workspace.sandbox().switch_back();
        workspace.sandbox().switch(switches);
        assert_told(
            workspace,
            &domain(&lines),
            &["Cannot create SIP domain", words],
        );
        assert_eq!(workspace.sandbox().domains(), Vec::<Value>::new());
    }
}

fn what_the_api_refuses_of_a_user_is_told_in_its_words(workspace: &mut Workspace) {
    let office = domain("name = \"office\"\nacl = [\"190.190.190.190\"]");
    let alice = "resource \"vonage_sip_domain_user\" \"alice\" {\n  domain = vonage_sip_domain.office.name\n  \
                 key = \"alice\"\n  secret = \"Wonderland-1\"\n}\n";
    workspace.apply(&office);
    for (switches, words) in [
        (
            json!({ "users_without_digest": "reject" }),
            "does not use digest authentication",
        ),
        (
            json!({ "user_max": 0, "user_error_status": 422 }),
            "at most 0 users",
        ),
        (
            json!({ "user_max": 0, "user_error_status": 400 }),
            "at most 0 users",
        ),
        (
            json!({ "user_max": 0, "user_error_status": 403 }),
            "at most 0 users",
        ),
        (
            json!({ "user_max": 0, "user_error_status": 409 }),
            "at most 0 users",
        ),
        (
            json!({ "secret_rules": "alphanumeric" }),
            "Secret is case sensitive",
        ),
    ] {
        workspace.sandbox().switch_back();
        workspace.sandbox().switch(switches);
        assert_told(
            workspace,
            &format!("{office}{alice}"),
            &["Cannot create SIP user \"alice\"", words],
        );
    }
    assert_eq!(workspace.sandbox().secrets("office").len(), 0);
}

fn a_name_in_upper_case_leaves_empty_plans(workspace: &mut Workspace) {
    for case in ["keep", "ignore", "fold"] {
        workspace.sandbox().switch(json!({ "name_case": case }));
        workspace.apply(&domain("name = \"Office-1\"\nacl = [\"190.190.190.190\"]"));
        workspace.apply(&domain("name = \"Office-1\"\nacl = [\"190.190.190.191\"]"));
        workspace.destroy();
        assert_eq!(workspace.sandbox().domains(), Vec::<Value>::new(), "{case}");
    }
}

fn a_domain_with_users_says_what_to_set_whatever_the_status(workspace: &mut Workspace) {
    workspace.apply(&domain("name = \"office\"\nacl = [\"190.190.190.190\"]"));
    workspace.sandbox().add_user("office", "alice");
    let destroy = ["destroy", "-auto-approve", "-no-color"];
    for status in [409, 400, 403, 422] {
        workspace
            .sandbox()
            .switch(json!({ "has_users_status": status }));
        let text = flat(&workspace.run(&destroy).expect_code(1, "refused").text());
        for words in [
            format!("answered {status}"),
            "set `force_destroy = true`".to_owned(),
        ] {
            assert!(text.contains(&words), "{words:?} is missing in {text}");
        }
    }
    workspace
        .sandbox()
        .switch(json!({ "delete_with_users": "cascade" }));
    workspace.destroy();
}

fn secrets_in_answers_stay_out_of_sight(workspace: &mut Workspace) {
    let secret = "Wonderland-1";
    let configuration = format!(
        "{}resource \"vonage_sip_domain_user\" \"alice\" {{\n  domain = vonage_sip_domain.office.name\n  \
         key = \"alice\"\n  secret = \"{secret}\"\n}}\n",
        domain("name = \"office\"\nacl = [\"190.190.190.190\"]")
    );
    workspace.set_variable("TF_LOG_PROVIDER", Some("TRACE"));
    for switches in [
        json!({ "user_secret": "echoed" }),
        json!({ "user_secret": "masked" }),
        json!({ "user_secret": "null" }),
    ] {
        workspace.sandbox().switch(switches);
        let applied = workspace.apply(&configuration);
        assert!(!applied.text().contains(secret), "{}", applied.text());
        workspace.destroy();
    }
    // An error that repeats the request, secret and all.
    workspace
        .sandbox()
        .switch(json!({ "error_body": "echo", "user_max": 0 }));
    let text = workspace.apply_failing(&configuration).text();
    assert!(!text.contains(secret), "{text}");
    assert!(
        flat(&text).contains("answered 422 Unprocessable Entity"),
        "{text}"
    );
    assert!(flat(&text).contains(": [redacted]"), "{text}");
}

fn endpoints_are_never_asked_for(workspace: &mut Workspace) {
    workspace
        .sandbox()
        .switch(json!({ "endpoints": "array", "trunk_name": "invent" }));
    let trunk = "resource \"vonage_sip_domain\" \"trunk\" {\n  name = \"trunk-1\"\n  domain_type = \"trunk\"\n  \
                 acl = [\"190.190.190.190\"]\n}\n";
    workspace.apply(trunk);
    workspace.apply(&trunk.replace("190.190.190.190", "190.190.190.191"));
    assert_eq!(
        workspace.sandbox().domain("trunk-1").unwrap()["trunk_name"],
        "trunk-1"
    );
    workspace.destroy();
    let asked: Vec<_> = workspace
        .sandbox()
        .requests()
        .into_iter()
        .map(|request| request.path)
        .collect();
    assert!(
        asked.iter().all(|path| !path.contains("endpoints")),
        "{asked:?}"
    );
}

fn parts_of_the_api_that_are_behind_drop_nothing(workspace: &mut Workspace) {
    let many = |tls: &str| {
        format!(
            "resource \"vonage_sip_domain\" \"many\" {{\n  count = 6\n  name = \"office-${{count.index}}\"\n  \
             domain_type = \"trunk\"\n  acl = [\"190.190.190.190\"]\n  digest_auth = true\n  tls = \"{tls}\"\n}}\n\
             resource \"vonage_sip_domain_user\" \"many\" {{\n  count = 6\n  domain = \
             vonage_sip_domain.many[count.index].name\n  key = \"alice\"\n  secret = \"Wonderland-1\"\n}}\n"
        )
    };
    let switches = json!({ "replica_lag": "4s", "replica_every": 2 });
    workspace.sandbox().switch(switches);
    for tls in ["optional", "always"] {
        workspace.apply(&many(tls));
        workspace.sandbox().forget_requests();
        workspace.apply_as_is(&[]);
        assert_eq!(workspace.sandbox().writes(), Vec::<String>::new());
        assert_eq!(workspace.state().addresses().len(), 12);
    }
}
