//! Every mistake of a configuration gets its own message, at its own path, and quotes nothing that may be secret.

use tfplugin::diagnostics::Severity;

use super::*;
use crate::provider::resources::application::schema::{
    ANSWER_URL, EVENT_URL, FALLBACK_ANSWER_URL, PUBLIC_KEY,
};

const RSA: &str = include_str!("rsa.pem");

fn messages(attribute: &str, value: impl Into<Value>) -> Vec<(Severity, String, String)> {
    let mut config = Value::object([(NAME, "pbx".into())]);
    config.set_attribute(attribute, value.into());
    let found = ApplicationModel::from(&config).check().into_iter();
    found
        .map(|it| (it.severity, it.path.to_string(), it.detail))
        .collect()
}

fn in_voice(name: &str, value: impl Into<Value>) -> Vec<(Severity, String, String)> {
    messages(VOICE, Value::object([(name, value.into())]))
}

fn in_webhook(
    webhook: &str,
    name: &str,
    value: impl Into<Value>,
) -> Vec<(Severity, String, String)> {
    in_voice(webhook, Value::object([(name, value.into())]))
}

#[track_caller]
fn only(found: &[(Severity, String, String)], severity: Severity, path: &str, words: &str) {
    let [(its, at, detail)] = found else {
        panic!("{words}: {found:?}")
    };
    assert_eq!((*its, at.as_str()), (severity, path), "{words}");
    assert!(detail.contains(words), "{detail}");
    assert!(!detail.contains("Hidden"), "{detail}");
}

/// Where Terraform finds a line.
#[test]
fn what_is_wrong_within_voice_stands_at_voice() {
    let voice = Value::object([(REGION, "mars".into())]);
    let config = Value::object([(NAME, "".into()), (VOICE, voice)]);
    let found = mistakes(&config).into_iter();
    let paths: Vec<_> = found.map(|it| it.path.to_string()).collect();
    assert_eq!(paths, [NAME, VOICE]);
}

#[test]
fn a_blank_name_is_refused() {
    for name in ["", " ", "\n\t"] {
        only(&messages(NAME, name), Severity::Error, NAME, "blank");
    }
    assert_eq!(messages(NAME, "a \"${name}\"\n\u{7}"), []);
}

#[test]
fn what_is_no_rsa_public_key_is_refused_and_not_quoted() {
    assert_eq!(messages(PUBLIC_KEY, RSA), []);
    assert_eq!(messages(PUBLIC_KEY, RSA.replace('\n', "\r\n")), []);
    let armoured = |label: &str, base64: &str| {
        format!("-----BEGIN {label}-----\n{base64}\n-----END {label}-----\n")
    };
    let body: String = RSA.lines().filter(|line| !line.starts_with('-')).collect();
    let curve = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==";
    for (key, words) in [
        (
            armoured("PRIVATE KEY", "SGlkZGVuSGlkZGVu"),
            "is a private key",
        ),
        (armoured("RSA PRIVATE KEY", "Hidden"), "is a private key"),
        (
            armoured("ENCRYPTED PRIVATE KEY", "Hidden"),
            "is a private key",
        ),
        (armoured("CERTIFICATE", "SGlkZGVu"), "is a certificate"),
        (armoured("RSA PUBLIC KEY", "SGlkZGVu"), "PKCS #1"),
        (armoured("PUBLIC KEY", curve), "not of RSA"),
        (armoured("PUBLIC KEY", &body[..64]), "not all of one"),
        (RSA[..100].to_owned(), "not all of one"),
        (armoured("PUBLIC KEY", ""), "not all of one"),
        ("Hidden".to_owned(), "no public key in PEM"),
    ] {
        let path = if words == "is a private key" {
            ""
        } else {
            PUBLIC_KEY
        };
        only(&messages(PUBLIC_KEY, key), Severity::Error, path, words);
    }
}

#[test]
fn numbers_are_whole_and_in_their_ranges() {
    for (webhook, name, least, most) in [
        (ANSWER_URL, CONNECT_TIMEOUT, 300_u64, 1_000),
        (FALLBACK_ANSWER_URL, SOCKET_TIMEOUT, 1_000, 5_000),
        (EVENT_URL, SOCKET_TIMEOUT, 1_000, 10_000),
    ] {
        let path = format!("{VOICE}.{webhook}.{name}");
        for number in [least, most] {
            assert_eq!(in_webhook(webhook, name, Number::from(number)), []);
        }
        for number in [least - 1, most + 1] {
            let found = in_webhook(webhook, name, Number::from(number));
            let words = format!("milliseconds from {least} to {most}");
            only(&found, Severity::Error, &path, &words);
        }
    }
    for (name, most) in [(CONVERSATIONS_TTL, 9_000_u64), (LEG_PERSISTENCE_TIME, 31)] {
        assert_eq!(in_voice(name, Number::from(most)), []);
        for number in ["0", &format!("{}", most + 1), "1.5", "-1"] {
            let found = in_voice(name, Number::parse(number).unwrap());
            only(
                &found,
                Severity::Error,
                &format!("{VOICE}.{name}"),
                "whole number",
            );
        }
    }
}

#[test]
fn an_address_needs_scheme_and_host_and_should_have_tls() {
    let path = format!("{VOICE}.{ANSWER_URL}.{ADDRESS}");
    let long = format!("https://voice.example.com/{}", "a".repeat(3_000));
    for address in [
        "https://voice.example.com/a?b=c",
        "HTTPS://[2001:db8::1]:8443/",
        &long,
    ] {
        assert_eq!(in_webhook(ANSWER_URL, ADDRESS, address), []);
    }
    for (address, words) in [
        ("", "is not a URL"),
        ("voice.example.com/Hidden", "is not a URL"),
        ("https://", "is not a URL"),
        ("https://user:Hidden@/?Hidden", "is not a URL"),
        ("ftp://user:Hidden@example.com/", "scheme `ftp`"),
        ("mailto:Hidden@example.com", "names no host"),
    ] {
        let found = in_webhook(ANSWER_URL, ADDRESS, address);
        only(&found, Severity::Error, &path, words);
    }
    let open = "http://user:Hidden@voice.example.com/?Hidden";
    let found = in_webhook(ANSWER_URL, ADDRESS, open);
    only(
        &found,
        Severity::Warning,
        &path,
        "at http://voice.example.com in the clear",
    );
}

#[test]
fn words_that_are_not_known_are_refused_or_warned_of() {
    let method = in_webhook(EVENT_URL, HTTP_METHOD, "post");
    let path = format!("{VOICE}.{EVENT_URL}.{HTTP_METHOD}");
    only(&method, Severity::Error, &path, "Did you mean \"POST\"?");
    assert_eq!(in_voice(REGION, "eu-west"), []);
    let region = in_voice(REGION, "mars-north");
    only(
        &region,
        Severity::Warning,
        &format!("{VOICE}.{REGION}"),
        "none of the regions",
    );
}

#[test]
fn what_is_unknown_is_left_for_later_and_empty_objects_are_legal() {
    assert_eq!(messages(VOICE, Value::Unknown), []);
    assert_eq!(in_voice(ANSWER_URL, Value::Unknown), []);
    assert_eq!(in_webhook(ANSWER_URL, ADDRESS, Value::Unknown), []);
    assert_eq!(messages(PUBLIC_KEY, Value::Unknown), []);
    assert_eq!(messages(VOICE, Value::object([])), []);
}
