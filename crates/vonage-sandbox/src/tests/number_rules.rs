//! What the Numbers API refuses, and how.

use serde_json::json;

use super::harness::{
    APPLICATION, Answer, NUMBER, basic, own_headers, own_number, sandbox, send, send_as,
    send_bytes, send_form, update_number,
};

const LIST: &str = "/account/numbers";
const UPDATE: &str = "/number/update";

/// The label of a refusal by the status 420.
fn label(answer: &Answer) -> String {
    assert_eq!(
        (answer.status, &answer.json()["error-code"]),
        (420, &json!("420")),
        "{answer:?}"
    );
    let label = answer.json()["error-code-label"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(label.starts_with("method failed"), "{label}");
    label
}

#[tokio::test]
async fn only_basic_credentials_are_taken_and_the_refusal_has_a_code() {
    let sandbox = sandbox().await;
    let in_query = format!(
        "{LIST}?api_key={}&api_secret={}",
        crate::API_KEY,
        crate::API_SECRET
    );
    for (method, path) in [("GET", LIST), ("POST", UPDATE), ("GET", in_query.as_str())] {
        for credentials in [None, Some("Basic d3Jvbmc6d3Jvbmc="), Some("Bearer token")] {
            let refused = send_as(&sandbox, method, path, credentials, "").await;
            let body = json!({"error-code": "401", "error-code-label": "authentication failed"});
            assert_eq!((refused.status, refused.json()), (401, body), "{path}");
        }
    }
    // Nor beside those of the header, where they would be in logs.
    let refused = send(&sandbox, "GET", &in_query, None).await;
    assert!(label(&refused).contains("api_key"));
}

#[tokio::test]
async fn an_update_names_a_number_that_the_account_owns() {
    let sandbox = sandbox().await;
    own_number(&sandbox, json!({}));
    for (country, msisdn, reason) in [
        ("GB", "447700900001", "does not own"),
        ("US", NUMBER, "does not own"),
        ("gb", NUMBER, "country"),
        ("GBR", NUMBER, "country"),
        ("", NUMBER, "country"),
        ("GB", "+447700900000", "msisdn"),
        ("GB", "4477 00900000", "msisdn"),
        ("GB", "1234567890123456", "msisdn"),
        ("GB", "", "msisdn"),
    ] {
        let named = [
            ("country", country),
            ("msisdn", msisdn),
            ("app_id", APPLICATION),
        ];
        let refused = send_form(&sandbox, UPDATE, &named).await;
        assert!(
            label(&refused).contains(reason),
            "{country} {msisdn}: {refused:?}"
        );
    }
    assert!(!sandbox.numbers()[0].contains_key("app_id"));
}

#[tokio::test]
async fn an_update_that_breaks_a_rule_changes_nothing() {
    let sandbox = sandbox().await;
    let linked = json!({"app_id": APPLICATION});
    own_number(&sandbox, linked);
    let before = sandbox.numbers();
    for (fields, reason) in [
        (vec![("voiceCallbackType", "sip")], "need each other"),
        (
            vec![("voiceCallbackType", "trunk"), ("voiceCallbackValue", "a")],
            "sip, tel or app",
        ),
        (
            vec![("voiceCallbackType", "tel"), ("voiceCallbackValue", "+44")],
            "digits",
        ),
        (
            vec![("voiceCallbackType", "sip"), ("voiceCallbackValue", "pbx")],
            "no SIP URI",
        ),
        (vec![("moHttpUrl", "pbx")], "moHttpUrl"),
        (
            vec![("moHttpUrl", "https://sms.invalid/in")],
            "did not answer",
        ),
        (vec![("target_api_key", "1a2345b7")], "not known"),
        (vec![("appId", APPLICATION)], "not known"),
        (vec![("app_id", "a"), ("app_id", "b")], "twice"),
        (
            vec![
                ("app_id", "a"),
                ("voiceCallbackType", "app"),
                ("voiceCallbackValue", "b"),
            ],
            "two applications",
        ),
    ] {
        let refused = update_number(&sandbox, &fields).await;
        assert!(label(&refused).contains(reason), "{fields:?}: {refused:?}");
        assert_eq!(sandbox.numbers(), before);
    }
}

#[tokio::test]
async fn a_body_that_is_no_form_has_no_fields() {
    let sandbox = sandbox().await;
    own_number(&sandbox, json!({}));
    let body = json!({"country": "GB", "msisdn": NUMBER});
    assert!(label(&send(&sandbox, "POST", UPDATE, Some(&body)).await).contains("country must"));
    let query = format!("{UPDATE}?country=GB&msisdn={NUMBER}");
    assert!(label(&send_form(&sandbox, &query, &[]).await).contains("country must"));
}

#[tokio::test]
async fn a_query_that_breaks_a_rule_is_refused() {
    let sandbox = sandbox().await;
    for (query, reason) in [
        ("size=0", "size must be between 1 and 100"),
        ("size=101", "size must be between 1 and 100"),
        ("size=ten", "size must be between 1 and 100"),
        ("index=0", "index must be at least 1"),
        ("country=gb", "country"),
        ("has_application=yes", "has_application"),
        ("search_pattern=3", "search_pattern"),
        ("page_size=100", "\"page_size\" is not known"),
        // It is for numbers that are for sale.
        ("features=VOICE", "\"features\" is not known"),
        ("size=1&size=2", "twice"),
    ] {
        let refused = send(&sandbox, "GET", &format!("{LIST}?{query}"), None).await;
        assert!(label(&refused).contains(reason), "{query}: {refused:?}");
    }
}

#[tokio::test]
async fn other_methods_and_other_forms_of_answers_are_refused() {
    let sandbox = sandbox().await;
    for (method, path, allow) in [
        ("POST", LIST, "get"),
        ("GET", UPDATE, "post"),
        ("DELETE", UPDATE, "post"),
    ] {
        let refused = send(&sandbox, method, path, None).await;
        assert_eq!(
            (refused.status, refused.header("allow")),
            (405, Some(allow))
        );
    }
    let own = own_headers(&sandbox);
    for (accept, status) in [("text/xml", 406), ("application/json", 200), ("*/*", 200)] {
        let request =
            format!("GET {LIST} HTTP/1.1\r\n{own}connection: close\r\naccept: {accept}\r\n\r\n");
        let answer = send_bytes(sandbox.address(), request.as_bytes()).await;
        assert_eq!(answer.status, status, "{accept}");
    }
}

#[tokio::test]
async fn the_journal_has_the_form_of_an_update_and_no_other_body_that_is_no_json() {
    let sandbox = sandbox().await;
    update_number(
        &sandbox,
        &[
            ("moHttpUrl", "https://example.com/a b"),
            ("api_secret", "s3cret"),
        ],
    )
    .await;
    send_form(&sandbox, "/v1/psip", &[("secret", "s3cret")]).await;
    let broken = r#"{"secret":"s3cret""#;
    send_as(&sandbox, "POST", "/v1/psip", Some(&basic()), broken).await;
    send_as(&sandbox, "POST", UPDATE, Some(&basic()), broken).await;
    send(&sandbox, "POST", UPDATE, Some(&json!({"country": "GB"}))).await;
    let bodies: Vec<_> = sandbox.journal().into_iter().map(|it| it.body).collect();
    let kept = json!({
        "country": "GB", "msisdn": NUMBER, "moHttpUrl": "https://example.com/a b", "api_secret": "(redacted)",
    });
    assert_eq!(
        bodies,
        [Some(kept), None, None, None, Some(json!({"country": "GB"}))]
    );
}
