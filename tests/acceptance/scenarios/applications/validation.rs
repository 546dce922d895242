//! Configurations of applications that cannot work are refused while planning, at the attribute, before anything is sent.

use vonage_sandbox::PRIVATE_KEY;

use super::{pbx, with_voice};
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

fn answer(address: &str) -> String {
    pbx(&format!(
        "voice = {{ answer_url = {{ address = {address:?} }} }}"
    ))
}

fn key(text: &str) -> String {
    pbx(&format!("public_key = {text:?}"))
}

fn a_wrong_application_is_refused_before_anything_is_sent(workspace: &mut Workspace) {
    let long = format!("ftp://{}", "a".repeat(3_000));
    let hidden = "https://user:Hidden5ecret@/?token=Hidden5ecret";
    let event = |lines: &str| {
        with_voice(&format!(
            "event_url = {{ address = \"https://example.com/\", {lines} }}"
        ))
    };
    let cases: Vec<(String, &str, &str)> = vec![
        (pbx("").replace("pbx-eu", "  "), "name", "blank"),
        (key(PRIVATE_KEY), "public_key", "is a private key"),
        (
            key("-----BEGIN PUBLIC KEY-----\nMIIB"),
            "public_key",
            "or not all of one",
        ),
        (
            key("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"),
            "public_key",
            "is a certificate",
        ),
        (
            key(
                "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==\n-----END PUBLIC KEY-----\n",
            ),
            "public_key",
            "not of RSA",
        ),
        (
            answer("voice.example.com/answer"),
            "voice.answer_url.address",
            "is not a URL",
        ),
        (answer("https://"), "voice.answer_url.address", "empty host"),
        (
            answer(hidden),
            "voice.answer_url.address",
            "Invalid webhook address",
        ),
        (answer(&long), "voice.answer_url.address", "scheme"),
        (
            event("connect_timeout = 299"),
            "voice.event_url.connect_timeout",
            "from 300 to 1000",
        ),
        (
            event("connect_timeout = 1001"),
            "voice.event_url.connect_timeout",
            "from 300 to 1000",
        ),
        (
            event("socket_timeout = 999"),
            "voice.event_url.socket_timeout",
            "from 1000 to 10000",
        ),
        (
            event("socket_timeout = 10001"),
            "voice.event_url.socket_timeout",
            "from 1000 to 10000",
        ),
        (
            event("socket_timeout = 1000.5"),
            "voice.event_url.socket_timeout",
            "whole number",
        ),
        (
            event("http_method = \"PUT\""),
            "voice.event_url.http_method",
            "\"PUT\" is not one of",
        ),
        (
            with_voice("conversations_ttl = 0"),
            "voice.conversations_ttl",
            "from 1 to 9000",
        ),
        (
            with_voice("conversations_ttl = 9001"),
            "voice.conversations_ttl",
            "from 1 to 9000",
        ),
        (
            with_voice("leg_persistence_time = 32"),
            "voice.leg_persistence_time",
            "from 1 to 31",
        ),
    ];
    for (configuration, attribute, words) in cases {
        let found = workspace.plan_diagnostics(&configuration).errors();
        assert_eq!(found.0.len(), 1, "{configuration}: {found:#?}");
        found.expect(attribute, &[words]);
        let text = format!("{found:?}");
        assert!(text.len() < 2_000, "a very long message: {text}");
        assert!(!text.contains("Hidden5ecret"), "{text}");
    }
    assert_eq!(workspace.sandbox().requests().len(), 0);
}

fn an_application_s_doubtful_values_are_warned_of(workspace: &mut Workspace) {
    let warned = [
        (
            answer("http://user:Hidden5ecret@voice.example.com/a?token=Hidden5ecret"),
            "voice.answer_url.address",
            "http://voice.example.com",
        ),
        (
            with_voice("region = \"mars-north\""),
            "voice.region",
            "none of the regions",
        ),
    ];
    for (configuration, attribute, words) in warned {
        let found = workspace.plan_diagnostics(&configuration);
        assert_eq!(found.errors().0, [], "{configuration}");
        found.warnings().expect(attribute, &[words]);
        assert!(!format!("{found:?}").contains("Hidden5ecret"), "{found:?}");
    }
    // Nothing inside `voice` is required: the application takes calls, and has no instructions for them.
    workspace.apply(&pbx("voice = {}"));
    workspace.apply(&pbx(""));
}
