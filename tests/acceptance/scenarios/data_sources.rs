//! Data sources: what exists is looked up, filtered and in order, and what does not exist is an error that says so.

use serde_json::{Value, json};

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(each_data_source_tells_what_exists).also_restarting(),
        scenario!(filters_narrow_the_domains_and_order_stays),
        scenario!(what_does_not_exist_is_an_error_that_says_so),
        scenario!(a_wrong_lookup_is_refused_before_anything_is_sent),
        scenario!(a_lookup_waits_for_what_is_made_in_the_same_run).differing_by_cli(),
        scenario!(filters_may_be_known_later)
            .differing_by_cli()
            .since(Some("1.4"), Some("1.6")),
        scenario!(a_lookup_with_an_unknown_provider_tells_the_way_out)
            .differing_by_cli()
            .since(Some("1.4"), Some("1.6"))
            .at_one_address(),
        scenario!(names_that_are_looked_up_feed_import_blocks)
            .differing_by_cli()
            .since(Some("1.7"), Some("1.7")),
    ]
}

const APPLICATION: &str = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20";
const OTHER_APPLICATION: &str = "11111111-2222-4333-8444-555555555555";
const SECRET: &str = "Sufficient1Secret";

/// Five domains, one of them with two users; what is left out has the API's default.
fn fill(workspace: &mut Workspace) {
    let sandbox = workspace.sandbox();
    for domain in [
        json!({ "name": "zulu-1", "application_id": APPLICATION, "acl": ["190.190.190.190"] }),
        json!({ "name": "office-2", "application_id": OTHER_APPLICATION, "acl": ["190.190.190.191/32"], "tls": "always" }),
        json!({ "name": "office-10", "application_id": APPLICATION, "acl": ["180.180.180.180/30", "190.190.190.190"] }),
        json!({ "name": "office-1", "application_id": APPLICATION, "acl": [], "digest_auth": true, "srtp": "never" }),
        json!({ "name": "trunk-1", "domain_type": "trunk", "acl": ["190.190.190.190"], "trunk_name": "Main" }),
    ] {
        sandbox.add(domain);
    }
    sandbox.add_user("office-1", "dave");
    sandbox.add_user("office-1", "alice");
}

fn data(kind: &str, label: &str, lines: &str) -> String {
    format!("data \"{kind}\" \"{label}\" {{\n{lines}\n}}\n")
}

fn each_data_source_tells_what_exists(workspace: &mut Workspace) {
    fill(workspace);
    let configuration = [
        data("vonage_sip_domain", "plain", "name = \"zulu-1\""),
        data("vonage_sip_domain", "office", "name = \"office-1\""),
        data("vonage_sip_domains", "all", ""),
        data("vonage_sip_domain_users", "office", "domain = \"office-1\""),
        data("vonage_sip_domain_users", "none", "domain = \"zulu-1\""),
    ];
    workspace.apply(&configuration.concat());
    let state = workspace.state();
    let plain = json!({
        "id": "zulu-1", "name": "zulu-1", "application_id": APPLICATION, "acl": ["190.190.190.190"],
        "tls": "optional", "srtp": "optional", "digest_auth": false, "domain_type": "app",
        "regional_hosts": {
            "us": "zulu-1.sip-us.nexmo.com", "eu": "zulu-1.sip-eu.nexmo.com", "ap": "zulu-1.sip-ap.nexmo.com",
        },
    });
    assert_eq!(state.values("data.vonage_sip_domain.plain"), &plain);
    let office = state.values("data.vonage_sip_domain.office");
    assert_eq!(
        (&office["digest_auth"], &office["srtp"], &office["acl"]),
        (&json!(true), &json!("never"), &json!([]))
    );
    let all = state.values("data.vonage_sip_domains.all");
    let names = json!(["office-1", "office-10", "office-2", "trunk-1", "zulu-1"]);
    assert_eq!(all["names"], names);
    let mut last = plain;
    last.as_object_mut().unwrap().remove("id");
    assert_eq!(all["domains"][4], last);
    assert_eq!(all["domains"][3]["application_id"], Value::Null);
    let users = state.values("data.vonage_sip_domain_users.office");
    assert_eq!(users["keys"], json!(["alice", "dave"]));
    let dave = json!({ "domain": "office-1", "id": "office-1/dave", "key": "dave" });
    assert_eq!(users["users"][1], dave);
    let nobody = state.values("data.vonage_sip_domain_users.none");
    assert_eq!(nobody["users"], json!([]));
    let shown = workspace.run(&["show", "-json"]).text();
    assert!(!shown.contains(SECRET), "a user's secret is in the state");
}

fn filters_narrow_the_domains_and_order_stays(workspace: &mut Workspace) {
    fill(workspace);
    let filters: [(&str, String, Value); 6] = [
        (
            "prefix",
            "name_prefix = \"office\"".to_owned(),
            json!(["office-1", "office-10", "office-2"]),
        ),
        (
            "shouted",
            "name_prefix = \"OFFICE-1\"".to_owned(),
            json!(["office-1", "office-10"]),
        ),
        (
            "application",
            format!("application_id = \"{OTHER_APPLICATION}\""),
            json!(["office-2"]),
        ),
        (
            "trunks",
            "domain_type = \"trunk\"".to_owned(),
            json!(["trunk-1"]),
        ),
        (
            "all_three",
            format!(
                "name_prefix = \"o\"\napplication_id = \"{APPLICATION}\"\ndomain_type = \"app\""
            ),
            json!(["office-1", "office-10"]),
        ),
        ("none", "name_prefix = \"nobody\"".to_owned(), json!([])),
    ];
    let configuration: String = filters
        .iter()
        .map(|(label, lines, _)| data("vonage_sip_domains", label, lines))
        .collect();
    workspace.apply(&configuration);
    let state = workspace.state();
    for (label, _, names) in &filters {
        let found = state.values(&format!("data.vonage_sip_domains.{label}"));
        assert_eq!(&found["names"], names, "{label}");
        let count = found["domains"].as_array().unwrap().len();
        assert_eq!(count, names.as_array().unwrap().len(), "{label}");
    }
}

fn what_does_not_exist_is_an_error_that_says_so(workspace: &mut Workspace) {
    fill(workspace);
    for (kind, attribute) in [
        ("vonage_sip_domain", "name"),
        ("vonage_sip_domain_users", "domain"),
    ] {
        let lines = format!("{attribute} = \"nobody\"");
        let errors = workspace
            .plan_diagnostics(&data(kind, "missing", &lines))
            .of(&format!("data.{kind}.missing"))
            .errors();
        assert_eq!(errors.0.len(), 1, "{errors:?}");
        errors.expect(attribute, &["\"nobody\" does not exist", "`api_key`"]);
    }
}

fn a_wrong_lookup_is_refused_before_anything_is_sent(workspace: &mut Workspace) {
    let configuration = [
        data("vonage_sip_domain", "short", "name = \"four\""),
        data(
            "vonage_sip_domain_users",
            "host",
            "domain = \"acme.sip-us.nexmo.com\"",
        ),
        data(
            "vonage_sip_domains",
            "kind",
            "domain_type = \"application\"",
        ),
        data("vonage_sip_domains", "case", "domain_type = \"App\""),
        data("vonage_sip_domains", "id", "application_id = \"yourapp\""),
        data("vonage_sip_domains", "wild", "name_prefix = \"office*\""),
    ]
    .concat();
    let errors = workspace.validate(&configuration).errors();
    assert_eq!(errors.0.len(), 6, "{errors:?}");
    errors.expect("name", &["four", "4 characters"]);
    errors.expect("domain", &["acme.sip-us", "not the sip host"]);
    errors.expect("domain_type", &["\"application\" is not one of"]);
    errors.expect("domain_type", &["did you mean \"app\"?"]);
    errors.expect("application_id", &["not a UUID"]);
    errors.expect("name_prefix", &["office*", "wildcard"]);
    workspace
        .run(&["plan", "-no-color"])
        .expect_code(1, "refused");
    assert!(
        workspace.sandbox().requests().is_empty(),
        "something was sent"
    );
}

fn a_lookup_waits_for_what_is_made_in_the_same_run(workspace: &mut Workspace) {
    workspace
        .sandbox()
        .switch(json!({ "visibility_delay": "500ms" }));
    let made = "resource \"vonage_sip_domain\" \"made\" {\n  name = \"made-1\"\n  domain_type = \"trunk\"\n  \
                acl = [\"190.190.190.190\"]\n}\n";
    let one = data(
        "vonage_sip_domain",
        "made",
        "name = vonage_sip_domain.made.id",
    );
    let all = data(
        "vonage_sip_domains",
        "all",
        "depends_on = [vonage_sip_domain.made]",
    );
    workspace.apply(&format!("{made}{one}{all}"));
    let state = workspace.state();
    let found = state.values("data.vonage_sip_domain.made");
    assert_eq!(found["acl"], json!(["190.190.190.190"]));
    let names = &state.values("data.vonage_sip_domains.all")["names"];
    assert_eq!(names, &json!(["made-1"]));
    workspace.destroy();
}

/// Something whose `output` is unknown until it is made.
fn later(value: &str) -> String {
    format!("resource \"terraform_data\" \"later\" {{\n  input = {value}\n}}\n")
}

fn filters_may_be_known_later(workspace: &mut Workspace) {
    fill(workspace);
    let values =
        format!("{{ prefix = \"office\", application = \"{APPLICATION}\", kind = \"app\" }}");
    let lines = "name_prefix = terraform_data.later.output.prefix\n\
                 application_id = terraform_data.later.output.application\n\
                 domain_type = terraform_data.later.output.kind";
    let found = data("vonage_sip_domains", "found", lines);
    let output = "output \"names\" {\n  value = data.vonage_sip_domains.found.names\n}\n";
    workspace.apply(&format!("{}{found}{output}", later(&values)));
    let state = workspace.state();
    let names = &state.values("data.vonage_sip_domains.found")["names"];
    assert_eq!(names, &json!(["office-1", "office-10"]));
}

fn a_lookup_with_an_unknown_provider_tells_the_way_out(workspace: &mut Workspace) {
    fill(workspace);
    let url = workspace.sandbox().environment()[0].1.clone();
    // What the configuration says must be what is used.
    workspace.set_variable("VONAGE_BASE_URL", Some("http://127.0.0.1:9"));
    let provider = "provider \"vonage\" {\n  base_url = terraform_data.later.output\n}\n";
    let fixed = format!("{}{provider}", later(&format!("\"{url}\"")));
    let hasty = data("vonage_sip_domains", "all", "");
    let errors = workspace
        .plan_diagnostics(&format!("{fixed}{hasty}"))
        .errors();
    assert_eq!(errors.0.len(), 1, "{errors:?}");
    let text = &errors.0[0].detail;
    for words in ["`base_url`", "-target", "`depends_on`"] {
        assert!(text.contains(words), "{words} is missing in {text}");
    }
    // Both ways that the error names lead on.
    let patient = data(
        "vonage_sip_domains",
        "all",
        "depends_on = [terraform_data.later]",
    );
    workspace.apply(&format!("{fixed}{patient}"));
    workspace.destroy();
    workspace.write("main.tf", &format!("{fixed}{hasty}"));
    workspace
        .run(&[
            "apply",
            "-auto-approve",
            "-no-color",
            "-target=terraform_data.later",
        ])
        .expect_code(0, "what the provider depends on is there");
    workspace.apply_as_is(&[]);
    let state = workspace.state();
    let names = state.values("data.vonage_sip_domains.all")["names"].as_array();
    assert_eq!(names.map(Vec::len), Some(5));
}

fn names_that_are_looked_up_feed_import_blocks(workspace: &mut Workspace) {
    fill(workspace);
    let found = data("vonage_sip_domains", "all", "domain_type = \"app\"");
    let import = "import {\n  for_each = toset(data.vonage_sip_domains.all.names)\n  to = vonage_sip_domain.all[each.key]\n  \
                  id = each.key\n}\n";
    let resource = "resource \"vonage_sip_domain\" \"all\" {\n  \
                    for_each = { for domain in data.vonage_sip_domains.all.domains : domain.name => domain }\n  \
                    name = each.key\n  application_id = each.value.application_id\n  acl = each.value.acl\n  \
                    tls = each.value.tls\n  srtp = each.value.srtp\n  digest_auth = each.value.digest_auth\n}\n";
    workspace.import_by_block(
        &format!("{found}{import}{resource}"),
        &[
            "vonage_sip_domain.all[\"office-1\"]",
            "vonage_sip_domain.all[\"office-2\"]",
            "vonage_sip_domain.all[\"office-10\"]",
            "vonage_sip_domain.all[\"zulu-1\"]",
        ],
    );
    assert_eq!(workspace.sandbox().count("PUT"), 0);
}
