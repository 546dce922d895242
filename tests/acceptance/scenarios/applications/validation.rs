//! Configurations of applications that cannot work are refused while planning, before anything is sent.

use std::fmt::Write as _;

use vonage_sandbox::PRIVATE_KEY;

use super::{PBX, pbx};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario!(a_wrong_application_is_refused_before_anything_is_sent),
        scenario!(an_application_s_doubtful_values_are_warned_of),
    ]
}

fn a_wrong_application_is_refused_before_anything_is_sent(workspace: &mut Workspace) {
    let private = format!("public_key = {PRIVATE_KEY:?}");
    let cases = [
        ("name", "name = \" \"", "Invalid application name"),
        ("key", &private, "is a private key"),
        (
            "address",
            "voice = { answer_url = { address = \"https://user:Hidden5ecret@/?Hidden5ecret\" } }",
            "`voice.answer_url.address` is not a URL",
        ),
        (
            "timeout",
            "voice = { event_url = { address = \"https://example.com/\", socket_timeout = 999 } }",
            "Invalid voice.event_url.socket_timeout",
        ),
        (
            "missing",
            "voice = { event_url = { http_method = \"POST\" } }",
            "address",
        ),
    ];
    let mut configuration = String::new();
    for (label, line, _) in &cases {
        let name = if *label == "name" {
            ""
        } else {
            "name = \"pbx\""
        };
        let _ = writeln!(
            configuration,
            "resource \"vonage_application\" \"{label}\" {{\n{name}\n{line}\n}}"
        );
    }
    let found = workspace.complaints(&configuration);
    for (label, line, words) in cases {
        let errors = found.of(&format!("vonage_application.{label}")).errors();
        assert_eq!(errors.0.len(), 1, "{label}: {errors:#?}");
        // The line of a private key is not shown.
        let attribute = line.split(' ').next().unwrap_or_default();
        let attribute = if label == "key" { "" } else { attribute };
        errors.expect(attribute, &[words]);
    }
    let text = format!("{found:?}");
    assert!(!text.contains("Hidden5ecret"), "{text}");
    for line in PRIVATE_KEY.lines().filter(|line| !line.starts_with('-')) {
        assert!(!text.contains(line), "the key is printed");
    }
    assert_eq!(workspace.sandbox().requests().len(), 0);
}

fn an_application_s_doubtful_values_are_warned_of(workspace: &mut Workspace) {
    let open = "http://user:Hidden5ecret@voice.example.com/a?token=Hidden5ecret";
    let configuration = pbx(&format!(
        "voice = {{ answer_url = {{ address = {open:?} }}, region = \"mars-north\" }}"
    ));
    let found = workspace.plan_diagnostics(&configuration);
    assert_eq!(found.errors().0, []);
    let warnings = found.of(PBX).warnings();
    warnings.expect(
        "voice",
        &["Webhook without TLS", "voice.answer_url.address"],
    );
    warnings.expect("voice", &["Unknown region", "mars-north"]);
    assert!(!format!("{found:?}").contains("Hidden5ecret"), "{found:?}");
    // Nothing inside `voice` is required: the application takes calls, and has no instructions for them.
    workspace.apply(&pbx("voice = {}"));
    workspace.apply(&pbx(""));
}
