//! `terraform query`: what exists is found, and the configuration that is written for it changes nothing.

use serde_json::{Value, json};

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    // OpenTofu 1.12 has no `query`.
    let since = |scenario: Scenario| scenario.since(Some("1.14"), None);
    vec![
        since(scenario!(a_query_lists_as_many_domains_as_its_limit_allows)),
        since(scenario!(a_query_is_filtered_and_shows_whole_objects)),
        since(scenario!(a_wrong_query_is_refused_before_anything_is_sent)),
        since(scenario!(a_query_that_fails_finds_nothing_and_says_why)),
        since(scenario!(what_a_query_writes_imports_and_plans_empty)),
        since(scenario!(a_query_lists_the_users_of_a_domain)),
        since(scenario!(what_a_query_writes_for_users_needs_no_secret)),
        scenario!(what_a_plan_writes_for_imports_plans_empty)
            .differing_by_cli()
            .since(Some("1.5"), Some("1.6")),
    ]
}

pub(super) const APPLICATION: &str = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20";

/// A `list` block with `lines` beside `provider`.
fn list(lines: &str) -> String {
    format!("list \"vonage_sip_domain\" \"all\" {{\n  provider = vonage\n{lines}\n}}\n")
}

/// A `list` block with this `config`, and the objects in its answer.
fn filtered(config: &str) -> String {
    list(&format!("include_resource = true\nconfig {{\n{config}\n}}"))
}

/// Domains as different as the API may hold them: `common-001`, `common-002`, …
pub(super) fn fill(workspace: &mut Workspace, prefix: &str, count: usize) {
    for number in 1..=count {
        let mut domain = json!({
            "name": format!("{prefix}-{number:03}"),
            "application_id": APPLICATION,
            "acl": ["190.190.190.190", "180.180.180.180/30"],
        });
        let varied = match number % 6 {
            0 => {
                json!({ "tls": "always", "srtp": "never", "digest_auth": false, "domain_type": "app" })
            }
            1 => json!({ "domain_type": "trunk", "application_id": null, "trunk_name": "Main" }),
            2 => json!({ "acl": [], "digest_auth": true }),
            3 => json!({ "acl": ["190.190.190.190/32"], "tls": "optional", "srtp": "optional" }),
            4 => json!({ "acl": ["0.0.0.0/0"], "digest_auth": true, "unheard_of": { "a": 1 } }),
            _ => json!({}),
        };
        let fields = domain.as_object_mut().unwrap();
        fields.extend(varied.as_object().unwrap().clone());
        fields.retain(|_, value| !value.is_null());
        workspace.sandbox().add(domain);
    }
}

fn a_query_lists_as_many_domains_as_its_limit_allows(workspace: &mut Workspace) {
    fill(workspace, "common", 250);
    let names: Vec<String> = (1..=250)
        .map(|number| format!("common-{number:03}"))
        .collect();
    // Terraform's own limit is 100.
    for (limit, expected) in [
        ("", 100),
        ("limit = 250", 250),
        ("limit = 1000000000", 250),
        ("limit = 7", 7),
    ] {
        let query = workspace.query(&list(limit));
        assert_eq!(query.code, Some(0), "{limit:?}: {:?}", query.diagnostics);
        assert_eq!(query.names(), names[..expected], "{limit:?}");
        let identity = json!({ "name": names[expected - 1] });
        assert_eq!(query.found[expected - 1]["identity"], identity);
        let warnings = query
            .diagnostics
            .warnings()
            .of("list.vonage_sip_domain.all");
        if expected < 250 {
            warnings.expect(
                "",
                &[
                    "250 SIP domains match",
                    &format!("first {expected} "),
                    "raise `limit`",
                ],
            );
        } else {
            assert_eq!(warnings.0, [], "{limit:?}");
        }
    }
    let nothing = workspace.query(&list("limit = 0"));
    assert_eq!((nothing.code, nothing.names()), (Some(0), vec![]));
    let refused = workspace.query(&list("limit = -1"));
    assert_eq!((refused.code, refused.names()), (Some(1), vec![]));
}

fn a_query_is_filtered_and_shows_whole_objects(workspace: &mut Workspace) {
    fill(workspace, "common", 12);
    fill(workspace, "other", 3);
    let trunks = workspace.query(&filtered("domain_type = \"trunk\""));
    assert_eq!(trunks.names(), ["common-001", "common-007", "other-001"]);
    let object = &trunks.found[0]["resource_object"];
    let whole = json!({
        "id": "common-001", "name": "common-001", "domain_type": "trunk", "application_id": null,
        "acl": ["180.180.180.180/30", "190.190.190.190"], "tls": "optional", "srtp": "optional", "digest_auth": false,
        "force_destroy": false, "timeouts": null,
        "regional_hosts": {
            "us": "common-001.sip-us.nexmo.com", "eu": "common-001.sip-eu.nexmo.com",
            "ap": "common-001.sip-ap.nexmo.com",
        },
    });
    assert_eq!(object, &whole);
    let both = workspace.query(&filtered(&format!(
        "name_prefix = \"OTHER\"\napplication_id = \"{APPLICATION}\""
    )));
    assert_eq!(both.names(), ["other-002", "other-003"]);
    let none = workspace.query(&filtered("name_prefix = \"nobody\""));
    assert_eq!((none.code, none.names()), (Some(0), vec![]));
    // The text for people has the names, too.
    let text = workspace
        .run(&["query", "-no-color"])
        .expect_code(0, "nothing found")
        .text();
    assert!(text.contains("returned 0 results"), "{text}");
}

fn a_wrong_query_is_refused_before_anything_is_sent(workspace: &mut Workspace) {
    for (config, words) in [
        (
            "domain_type = \"application\"",
            "\"application\" is not one of",
        ),
        ("application_id = \"yourapp\"", "not a UUID"),
        ("name_prefix = \"office*\"", "wildcard"),
    ] {
        let query = workspace.query(&filtered(config));
        let errors = query.diagnostics.errors();
        assert_eq!(
            (query.code, query.names(), errors.0.len()),
            (Some(1), vec![], 1),
            "{config}"
        );
        assert!(errors.0[0].detail.contains(words), "{errors:?}");
    }
    // Terraform itself takes no filter that is not known; to us it must be no reason to fail before that.
    workspace.write(
        "main.tf",
        "resource \"terraform_data\" \"later\" {\n  input = \"office\"\n}\n",
    );
    let unknown = workspace.query(&filtered("name_prefix = terraform_data.later.output"));
    assert_eq!((unknown.code, unknown.names()), (Some(1), vec![]));
    let text = format!("{:?}", unknown.diagnostics);
    assert!(!text.contains("Invalid name_prefix"), "{text}");
    assert!(
        workspace.sandbox().requests().is_empty(),
        "something was sent"
    );
}

fn a_query_that_fails_finds_nothing_and_says_why(workspace: &mut Workspace) {
    fill(workspace, "common", 3);
    workspace.set_variable("VONAGE_API_SECRET", Some("Wrong5ecret"));
    let query = workspace.query(&list(""));
    assert_eq!((query.code, query.names()), (Some(1), vec![]));
    let errors = query.diagnostics.errors();
    assert_eq!(errors.0.len(), 1, "{errors:?}");
    errors.expect("", &["Cannot list SIP domains", "401", "`api_secret`"]);
    assert!(!format!("{errors:?}").contains("Wrong5ecret"));
}

fn what_a_query_writes_imports_and_plans_empty(workspace: &mut Workspace) {
    fill(workspace, "common", 20);
    fill(workspace, "other", 5);
    let written = workspace.generate(&filtered("name_prefix = \"common\""));
    assert_eq!(written.matches("import {").count(), 20, "{written}");
    // What follows by itself is not written, and what differs from a default is.
    for absent in [
        "regional_hosts",
        "force_destroy",
        "timeouts",
        "\"optional\"",
        "id =",
    ] {
        let lines = written
            .lines()
            .filter(|line| line.trim_start().starts_with(absent));
        assert_eq!(lines.count(), 0, "{absent} is in {written}");
    }
    assert!(written.contains("\"trunk\"") && written.contains("\"always\""));
    let addresses: Vec<_> = (0..20)
        .map(|number| format!("vonage_sip_domain.all_{number}"))
        .collect();
    let addresses: Vec<_> = addresses.iter().map(String::as_str).collect();
    workspace.import_by_block(&written, &addresses);
    let writes = workspace.sandbox().requests();
    let writes = writes.iter().filter(|request| request.method != "GET");
    assert_eq!(writes.count(), 0);
}

/// Three users of one domain, and a `list` block with `lines` that finds them.
fn users(workspace: &mut Workspace, lines: &str) -> String {
    workspace.sandbox().add(json!({
        "name": "office", "domain_type": "trunk", "acl": ["190.190.190.190"], "digest_auth": true,
    }));
    for key in ["carol", "alice", "bob"] {
        workspace.sandbox().add_user("office", key);
    }
    format!(
        "list \"vonage_sip_domain_user\" \"office\" {{\n  provider = vonage\n{lines}\n  config {{\n    \
         domain = \"office\"\n  }}\n}}\n"
    )
}

fn a_query_lists_the_users_of_a_domain(workspace: &mut Workspace) {
    let whole = users(workspace, "  include_resource = true");
    let query = workspace.query(&whole);
    assert_eq!(query.code, Some(0), "{:?}", query.diagnostics);
    assert_eq!(
        query.names(),
        ["office/alice", "office/bob", "office/carol"]
    );
    let bob = json!({ "domain": "office", "key": "bob" });
    assert_eq!(query.found[1]["identity"], bob);
    let object = &query.found[1]["resource_object"];
    assert_eq!(object["id"], "office/bob");
    assert_eq!(object["secret"], Value::Null);
    let fewer = whole.replace("include_resource = true", "limit = 2");
    let fewer = workspace.query(&fewer);
    assert_eq!(fewer.names(), ["office/alice", "office/bob"]);
    let warnings = fewer.diagnostics.warnings();
    let warnings = warnings.of("list.vonage_sip_domain_user.office");
    warnings.expect("", &["3 SIP users match", "raise `limit`"]);
    for (domain, words) in [
        ("nobody", "\"nobody\" does not exist"),
        ("four", "4 characters"),
    ] {
        let query = workspace.query(&whole.replace("\"office\"\n", &format!("\"{domain}\"\n")));
        assert_eq!((query.code, query.names()), (Some(1), vec![]), "{domain}");
        let text = format!("{:?}", query.diagnostics.errors());
        assert!(text.replace("\\\"", "\"").contains(words), "{text}");
    }
}

fn what_a_query_writes_for_users_needs_no_secret(workspace: &mut Workspace) {
    let block = users(workspace, "");
    let written = workspace.generate(&block);
    assert!(!written.contains("Sufficient1Secret"), "{written}");
    let addresses = [
        "vonage_sip_domain_user.office_0",
        "vonage_sip_domain_user.office_1",
        "vonage_sip_domain_user.office_2",
    ];
    workspace.import_by_block(&written, &addresses);
    assert_eq!(workspace.sandbox().count("PUT"), 0);
}

fn what_a_plan_writes_for_imports_plans_empty(workspace: &mut Workspace) {
    fill(workspace, "common", 6);
    let import = |number: usize| {
        format!(
            "import {{\n  to = vonage_sip_domain.number_{number}\n  id = \"common-{number:03}\"\n}}\n"
        )
    };
    workspace.write("main.tf", &(1..=6).map(import).collect::<String>());
    workspace
        .run(&["plan", "-no-color", "-generate-config-out=generated.tf"])
        .expect_code(0, "configuration is written");
    workspace.apply_as_is(&[]);
    let writes = workspace.sandbox().requests();
    let writes = writes.iter().filter(|request| request.method != "GET");
    assert_eq!(writes.count(), 0);
    let state = workspace.state();
    assert_eq!(state.addresses().len(), 6);
    assert_eq!(
        state.values("vonage_sip_domain.number_2")["acl"],
        Value::Array(Vec::new())
    );
}
