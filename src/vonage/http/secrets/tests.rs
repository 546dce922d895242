//! Tests of what is shown of foreign texts, and that the work on them is bounded.

use allocation_counter::measure;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;

use super::*;
use crate::vonage::http::request::percent_encoded;

fn met(secrets: &[&str]) -> Secrets {
    let met = Secrets::default();
    for secret in secrets {
        met.register(secret);
    }
    met
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

fn json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    let inner = quoted.strip_prefix('"').unwrap().strip_suffix('"');
    inner.unwrap().to_owned()
}

#[test]
fn a_secret_is_left_out_and_a_text_that_escapes_one_is_not_shown() {
    let secret = "Pa%s w0rd/é😀'1\"2+\\&<>";
    let secrets = met(&["another one", secret]);
    secrets.register_pair("key", secret);
    for spelling in [
        secret.to_owned(),
        STANDARD_NO_PAD.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
        STANDARD_NO_PAD.encode(format!("key:{secret}")),
    ] {
        let shown = secrets.shown(&format!("no {spelling}, so"));
        assert_eq!(shown, "no [redacted], so", "{spelling}");
    }
    assert_eq!(secrets.shown(&format!("{secret}, another one")), HIDDEN);
    for spelling in [
        percent_encoded(secret),
        percent_encoded(secret).to_lowercase().replace("pa", "Pa"),
        percent_encoded(secret).replace("%20", "+"),
        percent_encoded(&percent_encoded(secret)),
        html(secret),
        html(secret).replace("&#39;", "&apos;"),
        html(&html(secret)),
        json(secret),
        json(secret)
            .replace('é', "\\u00e9")
            .replace('😀', "\\ud83d\\ude00"),
        format!("{:?}", bytes::Bytes::from(secret)),
        html(&json(secret)),
        percent_encoded(&json(secret)),
    ] {
        assert_eq!(
            secrets.shown(&format!("no {spelling}, so")),
            HIDDEN,
            "{spelling}"
        );
    }
    assert_eq!(secrets.shown("Pa%s w0rd is wrong"), "Pa%s w0rd is wrong");
}

#[test]
fn what_is_registered_anywhere_is_hidden_in_this_whole_process() {
    register_secret("Registered-by-a-test");
    let shown = Secrets::of_this_process().shown("so: Registered-by-a-test");
    assert_eq!(shown, "so: [redacted]");
}

#[test]
fn a_secret_stays_hidden_whatever_was_met_since() {
    let secrets = met(&["0ldSecret"]);
    for number in 0..100 {
        secrets.register(&format!("Secret{number}"));
    }
    assert_eq!(secrets.shown("not 0ldSecret again"), "not [redacted] again");
}

#[test]
fn of_a_secret_that_continues_another_nothing_is_left() {
    let secrets = met(&["Passw0rd-12", "Passw0rd-123", "w0rd-1234"]);
    assert_eq!(secrets.shown("not Passw0rd-123!"), "not [redacted]!");
    assert_eq!(secrets.shown("not Passw0rd-12!"), "not [redacted]!");
}

#[test]
fn a_secret_too_short_to_be_told_from_words_hides_only_its_header() {
    for (secret, header) in [("", ""), ("a", "a2V5OmE="), ("abc", "a2V5OmFiYw==")] {
        let secrets = Secrets::default();
        secrets.register_pair("key", secret);
        assert_eq!(secrets.shown("abc, as a word"), "abc, as a word");
        if !header.is_empty() {
            let shown = secrets.shown(&format!("sent {header}"));
            assert!(shown.starts_with("sent [redacted]"), "{shown}");
        }
    }
}

#[test]
fn a_repeated_request_is_not_shown_even_where_its_secret_was_never_met() {
    for text in [
        r#"cannot read {"key":"alice","secret":"x"}"#,
        r#"cannot read {\"key\":\"alice\",\"secret\" : \"x\"}"#,
        r#"cannot read {"secret" : 123456}"#,
        "cannot read {key=alice, secret=x}",
        "cannot read map[key:alice Secret:x]",
        "cannot read { key: 'alice', secret: 'x' }",
        "key=alice&api_secret%3Dx",
        "{&quot;secret&quot;:&quot;x&quot;}",
        "GET / HTTP/1.1 authorization: Basic eA",
        "Proxy-Authorization: Basic eA",
    ] {
        assert_eq!(Secrets::default().shown(text), HIDDEN, "{text}");
    }
    for text in [
        "Secret is case sensitive",
        "invalid secret: it must have 12 to 64 characters",
        "secret:",
        "https://developer.vonage.com/api-errors#invalid-secret",
    ] {
        assert_eq!(Secrets::default().shown(text), text);
    }
}

#[test]
fn the_beginning_is_shown_and_no_part_of_a_secret_at_its_end() {
    let long = "é".repeat(600);
    assert_eq!(met(&[]).shown(&long), format!("{}…", "é".repeat(512)));
    let secret = "S3cret-of-a-user";
    let escaped_twice = secret.bytes().map(|byte| format!("&#x5c;u00{byte:02x}"));
    for escaped in [percent_encoded(secret), escaped_twice.collect()] {
        for before in SHOWN - secret.len() - 1..SHOWN {
            let text = format!("{}{escaped}", "x".repeat(before));
            let shown = met(&[secret]).shown(&text);
            assert!(shown.ends_with(HIDDEN), "{before}: {shown}");
        }
    }
}

#[test]
fn a_mebibyte_of_any_escape_takes_a_bounded_number_of_allocations() {
    let nested = "%2525255c\\\\\\u005c&amp;amp;#x25;";
    for unit in [
        "\\", "%", "&", "+", "\"", "'", "%5", "\\u", "&#", "&amp;", "secret", "secret:", nested,
    ] {
        for secret in ["\\\\\\\\\\\\\\\\", "%%%%%%%%%%%%", "S3cret-of-a-user"] {
            let secrets = met(&[secret]);
            let text = unit.repeat(1024 * 1024 / unit.len());
            let used = measure(|| drop(secrets.shown(&text)));
            assert!(used.count_total < 200, "{unit}: {used:?}");
            assert!(used.bytes_total < 256 * 1024, "{unit}: {used:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_secret_is_found_in_each_encoding(secret in "[ -~éü]{4,40}", before in "[a-z ]{0,5}", after in "[a-z ]{0,5}") {
        let secrets = met(&[&secret]);
        for spelling in [secret.clone(), percent_encoded(&secret), html(&secret), json(&secret), STANDARD.encode(&secret)] {
            let shown = secrets.shown(&format!("{before}{spelling}{after}"));
            prop_assert!(shown.contains(HIDDEN), "{}", shown);
        }
    }

    #[test]
    fn any_text_is_survived(text in ".{0,60}") {
        let _ = met(&["S3cret"]).shown(&text);
    }
}
