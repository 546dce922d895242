//! What is unknown at plan never fails the plan; what is known is judged meanwhile, and the rest before any write.

use super::{OFFICE, WIDE, domain, policy};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    // `terraform_data` is what makes values unknown here, and is that old.
    let since = |scenario: Scenario| scenario.since(Some("1.4"), Some("1.6"));
    vec![
        since(scenario!(an_unknown_entry_is_judged_before_anything_is_sent).differing_by_cli()),
        since(scenario!(known_entries_are_judged_while_others_are_unknown).differing_by_cli()),
        since(scenario!(an_unknown_limit_is_judged_before_anything_is_sent).differing_by_cli()),
    ]
}

/// Something whose `output` is unknown until it is made.
fn later(label: &str, value: &str) -> String {
    format!("resource \"terraform_data\" \"{label}\" {{\n  input = {value}\n}}\n")
}

/// Plans, which must succeed, and applies, which must not and sends nothing.
#[track_caller]
fn assert_refused_at_apply(workspace: &mut Workspace, configuration: &str, words: &[&str]) {
    workspace.write("main.tf", configuration);
    assert_eq!(workspace.plan(&[]).actions(OFFICE), ["create"]);
    let output = workspace.run(&["apply", "-auto-approve", "-json"]);
    assert_eq!(output.code, Some(1), "the policy does not admit it");
    let diagnostics = workspace.streamed_diagnostics(&output.stdout);
    diagnostics.of(OFFICE).errors().expect("acl", words);
    let sent = workspace.sandbox().requests();
    assert!(sent.is_empty(), "something was sent");
    // The entry is known by now, and so is its plan.
    let errors = workspace
        .plan_diagnostics(configuration)
        .of(OFFICE)
        .errors();
    errors.expect("acl", words);
    // With a refresh, the CLI would first plan what the policy does not admit.
    workspace
        .run(&["destroy", "-auto-approve", "-refresh=false"])
        .expect_code(0, "destroyed");
}

fn an_unknown_entry_is_judged_before_anything_is_sent(workspace: &mut Workspace) {
    let limited = policy("    max_addresses = 4");
    for (value, acl) in [
        ("\"190.190.190.0/24\"", "[terraform_data.acl.output]"),
        ("[\"190.190.190.0/24\"]", "terraform_data.acl.output"),
    ] {
        let configuration = format!("{limited}{}{}", later("acl", value), domain(acl, ""));
        assert_refused_at_apply(workspace, &configuration, &["252 more than the 4"]);
    }
}

fn known_entries_are_judged_while_others_are_unknown(workspace: &mut Workspace) {
    let limited = policy("    max_addresses = 4\n    allowed = [\"9.9.9.0/24\"]");
    let acl = r#"["190.190.190.0/24", terraform_data.acl.output]"#;
    let configuration = format!(
        "{limited}{}{}",
        later("acl", "\"9.9.9.9\""),
        domain(acl, "")
    );
    let errors = workspace
        .plan_diagnostics(&configuration)
        .of(OFFICE)
        .errors();
    assert_eq!(errors.0.len(), 2, "{errors:#?}");
    errors.expect("acl", &["252 more than the 4"]);
    errors.expect("acl", &["\"190.190.190.0/24\""]);
}

fn an_unknown_limit_is_judged_before_anything_is_sent(workspace: &mut Workspace) {
    let office = domain(WIDE, "");
    for (value, limit, words) in [
        (
            "4",
            "    max_addresses = terraform_data.limit.output",
            "252 more than the 4",
        ),
        (
            "\"9.9.9.0/24\"",
            "    allowed = [\"9.9.8.0/24\", terraform_data.limit.output]",
            "\"190.190.190.0/24\"",
        ),
        (
            "\"error\"",
            "    max_addresses = 4\n    enforcement = terraform_data.limit.output",
            "252 more than the 4",
        ),
    ] {
        let configuration = format!("{}{}{office}", policy(limit), later("limit", value));
        assert_refused_at_apply(workspace, &configuration, &[words]);
    }
}
