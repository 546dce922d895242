//! Functions: results as documented, errors at their arguments, and nothing is sent for any of it.

use serde_json::{Value, json};

use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    let since = |scenario: Scenario| scenario.since(Some("1.8"), Some("1.7"));
    vec![
        since(scenario!(functions_have_the_results_they_promise).differing_by_cli()),
        since(scenario!(
            each_mistake_in_a_function_call_is_told_at_its_argument
        )),
        since(scenario!(
            a_function_of_an_unknown_value_is_planned_and_then_called
        )),
        since(scenario!(a_resource_takes_the_acls_that_functions_give)),
        since(scenario!(
            a_base_domain_in_the_configuration_does_not_change_a_function
        )),
    ]
}

/// Calls, and the values of the outputs that they make.
fn calls() -> Vec<(&'static str, Value)> {
    vec![
        (
            r#"sip_uri("support", "yourcompany", "eu")"#,
            json!("sip:support@yourcompany.sip-eu.nexmo.com"),
        ),
        (
            r#"sip_uri("+44;isub=1%20x", "Acme-1", "ap")"#,
            json!("sip:+44;isub=1%20x@Acme-1.sip-ap.nexmo.com"),
        ),
        (
            r#"normalize_acl(["190.190.190.190/32", "20.0.0.0/8", "9.9.9.9", "190.190.190.190"])"#,
            json!(["9.9.9.9", "20.0.0.0/8", "190.190.190.190"]),
        ),
        (
            r#"normalize_acl(toset(["2600:1F18::1", "9.9.9.9"]))"#,
            json!(["9.9.9.9", "2600:1f18::1"]),
        ),
        (
            r#"merge_acl(["190.190.190.0/25", "190.190.190.128/25", "190.190.190.7"])"#,
            json!(["190.190.190.0/24"]),
        ),
        ("merge_acl([])", json!([])),
        ("normalize_acl([])", json!([])),
        (
            r#"acl_contains(["190.190.190.0/24"], "190.190.190.190")"#,
            json!(true),
        ),
        (
            r#"acl_contains(["190.190.190.0/25", "190.190.190.128/25"], "190.190.190.0/24")"#,
            json!(true),
        ),
        (
            r#"acl_contains(["190.190.190.0/24"], "9.9.9.9")"#,
            json!(false),
        ),
        (
            r#"acl_size(["190.190.190.0/24", "190.190.190.7", "9.9.9.9"])"#,
            json!(257),
        ),
        (
            r#"acl_size(["0.0.0.0/1", "128.0.0.0/1"])"#,
            json!(4_294_967_296_u64),
        ),
        ("acl_size([])", json!(0)),
        (r#"acl_contains([], "9.9.9.9")"#, json!(false)),
    ]
}

fn output(name: &str, call: &str) -> String {
    format!("output \"{name}\" {{\n  value = provider::vonage::{call}\n}}\n")
}

fn functions_have_the_results_they_promise(workspace: &mut Workspace) {
    let configuration: String = calls()
        .iter()
        .enumerate()
        .map(|(number, (call, _))| output(&format!("call_{number}"), call))
        .collect();
    workspace.apply(&configuration);
    let outputs = workspace.run(&["output", "-json"]).json();
    for (number, (call, expected)) in calls().iter().enumerate() {
        assert_eq!(
            &outputs[format!("call_{number}")]["value"],
            expected,
            "{call}"
        );
    }
    assert!(
        workspace.sandbox().requests().is_empty(),
        "something was sent"
    );
}

fn each_mistake_in_a_function_call_is_told_at_its_argument(workspace: &mut Workspace) {
    let mistakes: [(&str, &[&str]); 10] = [
        (
            r#"sip_uri("bob@example", "yourcompany", "us")"#,
            &["\"user\" parameter", "'@'", "\"%40\""],
        ),
        (
            r#"sip_uri("bob", "yourcompany.sip-us.nexmo.com", "us")"#,
            &["\"domain\" parameter", "the name alone, \"yourcompany\""],
        ),
        (
            r#"sip_uri("bob", "yourcompany", "mars")"#,
            &["\"region\" parameter", "\"us\", \"eu\", \"ap\""],
        ),
        (
            r#"sip_uri("bob", "yourcompany", "US")"#,
            &["\"region\" parameter", "write \"us\""],
        ),
        (
            r#"sip_uri(null, "yourcompany", "us")"#,
            &["\"user\"", "null"],
        ),
        (
            r#"normalize_acl(["nonsense", "010.0.0.1", "9.9.9.9"])"#,
            &["\"acl\" parameter", "\"nonsense\"", "\"010.0.0.1\""],
        ),
        (
            r#"merge_acl(["9.9.9.9", null])"#,
            &["\"acl\" parameter", "index 1 is null"],
        ),
        ("merge_acl(null)", &["\"acl\"", "null"]),
        (
            r#"acl_contains(["10.1.2.3/24"], "9.9.9.9")"#,
            &["\"acl\" parameter", "write \"10.1.2.0/24\""],
        ),
        (
            r#"acl_contains(["9.9.9.9"], "9.9.9.9:5060")"#,
            &["\"address\" parameter", "no port"],
        ),
    ];
    for (call, words) in mistakes {
        let errors = workspace.validate(&output("call", call)).errors();
        assert_eq!(errors.0.len(), 1, "{call}: {errors:#?}");
        errors.expect("value", words);
        for ending in ["..", "?."] {
            let is_there = errors.0[0].detail.contains(ending);
            assert!(!is_there, "{ending:?}: {errors:#?}");
        }
    }
}

fn a_function_of_an_unknown_value_is_planned_and_then_called(workspace: &mut Workspace) {
    let configuration = format!(
        "resource \"terraform_data\" \"address\" {{\n  input = \"190.190.190.190\"\n}}\n{}{}",
        output(
            "merged",
            r#"merge_acl(["190.190.190.191", terraform_data.address.output])"#
        ),
        output(
            "uri",
            r#"sip_uri(terraform_data.address.output, "yourcompany", "us")"#
        ),
    );
    workspace.write("main.tf", &configuration);
    let plan = workspace.plan(&[]);
    assert!(
        plan.text.contains("merged = (known after apply)"),
        "{}",
        plan.text
    );
    workspace.apply_as_is(&[]);
    let outputs = workspace.run(&["output", "-json"]).json();
    assert_eq!(outputs["merged"]["value"], json!(["190.190.190.190/31"]));
    assert_eq!(
        outputs["uri"]["value"],
        "sip:190.190.190.190@yourcompany.sip-us.nexmo.com"
    );
}

fn a_resource_takes_the_acls_that_functions_give(workspace: &mut Workspace) {
    let list = r#"["9.9.9.8", "9.9.9.9/32", "9.9.9.9", "9.9.9.8/31", "190.190.190.190"]"#;
    for (function, expected) in [
        (
            "normalize_acl",
            json!(["190.190.190.190", "9.9.9.8", "9.9.9.8/31", "9.9.9.9"]),
        ),
        ("merge_acl", json!(["190.190.190.190", "9.9.9.8/31"])),
    ] {
        workspace.apply(&format!(
            "resource \"vonage_sip_domain\" \"office\" {{\n  name = \"office\"\n  domain_type = \"trunk\"\n  \
             acl = provider::vonage::{function}({list})\n}}\n"
        ));
        let state = workspace.state();
        assert_eq!(state.values("vonage_sip_domain.office")["acl"], expected);
    }
}

fn a_base_domain_in_the_configuration_does_not_change_a_function(workspace: &mut Workspace) {
    workspace.apply(&format!(
        "provider \"vonage\" {{\n  sip_base_domain = \"vonage.com\"\n}}\nresource \"vonage_sip_domain\" \"office\" {{\n  \
         name = \"office\"\n  domain_type = \"trunk\"\n  acl = [\"9.9.9.9\"]\n}}\n{}output \"hosts\" {{\n  \
         value = vonage_sip_domain.office.regional_hosts\n}}\n",
        output("uri", r#"sip_uri("bob", "office", "us")"#),
    ));
    let outputs = workspace.run(&["output", "-json"]).json();
    assert_eq!(outputs["uri"]["value"], "sip:bob@office.sip-us.nexmo.com");
    assert_eq!(outputs["hosts"]["value"]["us"], "office.sip-us.vonage.com");
}
