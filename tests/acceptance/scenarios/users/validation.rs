//! Wrong configurations of users: each mistake has its own message at its own place, and nothing is sent.

use super::{since_write_only, user};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![since_write_only(scenario!(
        each_mistake_about_a_user_points_to_its_attribute
    ))]
}

/// Label, lines of the user, the attribute that is pointed to, and what is said.
type Mistake<'a> = (&'a str, String, &'a str, &'a [&'a str]);

const RIGHT: &str = "Wonderland-1";

fn each_mistake_about_a_user_points_to_its_attribute(workspace: &mut Workspace) {
    let long = format!("Aa1{}", "x".repeat(62));
    let secret = |value: &str| format!("  secret = {value:?}");
    let write_only = |value: &str| format!("  secret_wo = {value:?}");
    let mistakes: Vec<Mistake<'_>> = vec![
        (
            "short",
            secret("Short-12345"),
            "secret",
            &["Invalid secret", "it has 11 characters, and needs 12 to 64"],
        ),
        (
            "long",
            write_only(&long),
            "secret_wo",
            &["Invalid secret", "it has 65 characters, and needs 12 to 64"],
        ),
        (
            "empty",
            secret(""),
            "secret",
            &["Invalid secret", "it has 0 characters", "it lacks a digit"],
        ),
        (
            "digits",
            secret("Wonderland-x"),
            "secret",
            &["it lacks a digit (0-9)"],
        ),
        (
            "lower",
            secret("WONDERLAND-1"),
            "secret",
            &["it lacks a lower-case letter (a-z)"],
        ),
        (
            "upper",
            write_only("wonderland-1"),
            "secret_wo",
            &["it lacks an upper-case letter (A-Z)"],
        ),
        (
            "both",
            format!("{}\n{}", secret(RIGHT), write_only(RIGHT)),
            "secret_wo",
            &["Two secrets", "`secret`", "`secret_wo`"],
        ),
        (
            "neither",
            String::new(),
            "",
            &["Missing secret", "exactly one of `secret_wo` and `secret`"],
        ),
        (
            "version",
            format!("{}\n  secret_wo_version = 1", secret(RIGHT)),
            "secret_wo_version",
            &["Version without a write-only secret"],
        ),
        (
            "timeout",
            format!(
                "{}\n  timeouts {{\n    create = \"soon\"\n  }}",
                secret(RIGHT)
            ),
            "create",
            &["Invalid timeout"],
        ),
    ];
    let mut configuration: String = mistakes
        .iter()
        .map(|(label, lines, _, _)| user(label, lines))
        .collect();
    let wrong_key = user("key", &secret(RIGHT)).replace("key = \"key\"", "key = \"Al.ice\"");
    configuration.push_str(&wrong_key);
    let configuration = configuration.replace("vonage_sip_domain.office.name", "\"office\"");
    let wrong_domain = user("domain", &secret(RIGHT)).replace(
        "vonage_sip_domain.office.name",
        "\"office.sip-eu.nexmo.com\"",
    );
    let found = workspace.complaints(&format!("{configuration}{wrong_domain}"));
    for (label, _, attribute, words) in mistakes {
        let of_user = found.of(&format!("vonage_sip_domain_user.{label}"));
        assert_eq!(of_user.0.len(), 1, "{label}: {of_user:#?}");
        of_user.expect(attribute, words);
    }
    found.of("vonage_sip_domain_user.key").expect(
        "key",
        &[
            "Invalid user key",
            "contains 'A'",
            "lower-case letters a-z, digits and dashes",
        ],
    );
    found
        .of("vonage_sip_domain_user.domain")
        .expect("domain", &["Invalid domain name"]);
    let text = format!("{found:?}");
    for hidden in [
        "Short-12345",
        &long,
        "Wonderland-x",
        "WONDERLAND-1",
        "wonderland-1",
    ] {
        assert!(!text.contains(hidden), "{hidden} is shown");
    }
}
