//! Wrong configurations of users: each mistake has its own message at its own place, and nothing is sent.

use super::{since_write_only, user};
use crate::{
    scenario::{Scenario, scenario},
    workspace::Workspace,
};

pub(super) fn scenarios() -> Vec<Scenario> {
    vec![since_write_only(
        scenario!(each_mistake_about_a_user_points_to_its_attribute).differing_by_cli(),
    )]
}

const RIGHT: &str = "secret = \"Wonderland-1\"";

/// 65 characters of the right kinds.
const LONG: &str = "Aa1--------------------------------------------------------------";

/// Label of the user, the attribute that gives its secret, the secret, and what is said of it.
const WRONG_SECRETS: [(&str, &str, &str, &str); 6] = [
    (
        "short",
        "secret",
        "Short-12345",
        "has 11 characters, and needs 12 to 64",
    ),
    (
        "long",
        "secret_wo",
        LONG,
        "has 65 characters, and needs 12 to 64",
    ),
    ("empty", "secret", "", "has 0 characters"),
    ("digits", "secret", "Wonderland-x", "it lacks a digit (0-9)"),
    (
        "lower",
        "secret",
        "WONDERLAND-1",
        "it lacks a lower-case letter (a-z)",
    ),
    (
        "upper",
        "secret_wo",
        "wonderland-1",
        "it lacks an upper-case letter (A-Z)",
    ),
];

/// Label of the user, its lines, the attribute that is pointed to, and what is said.
const OTHER_MISTAKES: [(&str, &str, &str, &str); 5] = [
    (
        "both",
        "secret = \"Wonderland-1\"\n  secret_wo = \"Wonderland-1\"",
        "secret_wo",
        "both `secret` and `secret_wo` are set",
    ),
    (
        "version",
        "secret = \"Wonderland-1\"\n  secret_wo_version = 1",
        "secret_wo_version",
        "version without a write-only secret",
    ),
    (
        "timeout",
        "secret = \"Wonderland-1\"\n  timeouts {\n    create = \"soon\"\n  }",
        "create",
        "invalid timeout",
    ),
    ("key", RIGHT, "key", "contains 'A'"),
    ("domain", RIGHT, "domain", "invalid domain name"),
];

fn configuration() -> String {
    let secrets = WRONG_SECRETS
        .iter()
        .map(|(label, attribute, secret, _)| user(label, &format!("{attribute} = {secret:?}")));
    let others = OTHER_MISTAKES
        .iter()
        .map(|(label, lines, _, _)| match *label {
            "key" => user(label, lines).replace("\"key\"\n", "\"Al.ice\"\n"),
            "domain" => {
                user(label, lines).replace("vonage_sip_domain.office.name", "\"office.nexmo.com\"")
            }
            _ => user(label, lines),
        });
    secrets
        .chain(others)
        .collect::<String>()
        .replace("vonage_sip_domain.office.name", "\"office\"")
}

fn each_mistake_about_a_user_points_to_its_attribute(workspace: &mut Workspace) {
    let found = workspace.complaints(&configuration());
    let expected = WRONG_SECRETS
        .map(|(label, attribute, _, words)| (label, attribute, words))
        .into_iter()
        .chain(OTHER_MISTAKES.map(|(label, _, attribute, words)| (label, attribute, words)));
    for (label, attribute, words) in expected {
        let of_user = found.of(&format!("vonage_sip_domain_user.{label}"));
        assert_eq!(of_user.0.len(), 1, "{label}: {of_user:#?}");
        of_user.expect(attribute, &[words]);
    }
    let text = format!("{found:?}");
    for (_, _, secret, _) in WRONG_SECRETS {
        let is_shown = !secret.is_empty() && text.contains(secret);
        assert!(!is_shown, "{secret:?} is shown");
    }
}
