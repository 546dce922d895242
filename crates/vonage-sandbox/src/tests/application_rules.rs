//! What applications must be like, and how requests are refused.

use serde_json::{Value, json};

use super::harness::{
    Answer, create_application, own_headers, sandbox, send, send_as, send_bytes, send_text,
};

const ALL: &str = "/v2/applications";

/// The `invalid_parameters` of a refusal.
pub(super) fn invalid(answer: &Answer) -> Value {
    assert_eq!(answer.status, 400, "{answer:?}");
    answer.json()["invalid_parameters"].clone()
}

#[tokio::test]
async fn an_unknown_member_is_refused_in_the_form_of_the_live_answer() {
    let sandbox = sandbox().await;
    let url = "https://voice.example.org/a";
    for (body, name, known) in [
        (json!({"name": "a", "future": 1}), "future", 4),
        (json!({"name": "a", "_links": {}}), "_links", 4),
        (
            json!({"name": "a", "keys": {"private_key": "k"}}),
            "private_key",
            1,
        ),
        (
            json!({"name": "a", "capabilities": {"bulk": {}}}),
            "bulk",
            8,
        ),
        (
            json!({"name": "a", "capabilities": {"voice": {"payments": {}}}}),
            "payments",
            5,
        ),
        (
            json!({"name": "a", "capabilities": {"voice": {"webhooks": {
                "answer_url": {"address": url, "connection_timeout": 500},
            }}}}),
            "connection_timeout",
            4,
        ),
        (
            json!({"name": "a", "capabilities": {"rtc": {"webhooks": {"answer_url": {"address": url}}}}}),
            "answer_url",
            1,
        ),
    ] {
        let refused = send(&sandbox, "POST", ALL, Some(&body)).await;
        assert_eq!(refused.status, 400, "{body}");
        let problem = refused.json();
        assert_eq!(
            problem["type"],
            "https://developer.nexmo.com/api-errors/application#payload-validation"
        );
        assert_eq!(problem["title"], "Bad Request");
        assert!(problem["instance"].is_string());
        assert!(problem.get("invalid_parameters").is_none());
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.starts_with(&format!("\"{name}\" is no")), "{detail}");
        assert!(detail.contains(&format!("are {known}: ")), "{detail}");
        assert_eq!(detail.lines().count(), 3, "{detail}");
    }
    assert!(sandbox.applications().is_empty());
}

#[tokio::test]
async fn values_out_of_range_are_told_with_their_place() {
    let sandbox = sandbox().await;
    let url = "https://voice.example.org/a";
    let webhook = |field: &str, value: Value| {
        let mut webhook = json!({"address": url});
        webhook[field] = value;
        webhook
    };
    let voice = |name: &str, webhook: Value| json!({"voice": {"webhooks": {name: webhook}}});
    let range = |least: u32, most: u32| format!("must be between {least} and {most}");
    for (capabilities, place, reason) in [
        (
            voice("answer_url", webhook("connect_timeout", json!(299))),
            "voice.webhooks.answer_url.connect_timeout",
            range(300, 1000),
        ),
        (
            voice("event_url", webhook("connect_timeout", json!(1001))),
            "voice.webhooks.event_url.connect_timeout",
            range(300, 1000),
        ),
        (
            voice("answer_url", webhook("socket_timeout", json!(5001))),
            "voice.webhooks.answer_url.socket_timeout",
            range(1000, 5000),
        ),
        (
            voice("event_url", webhook("socket_timeout", json!(10001))),
            "voice.webhooks.event_url.socket_timeout",
            range(1000, 10000),
        ),
        (
            voice("answer_url", webhook("http_method", json!("PUT"))),
            "voice.webhooks.answer_url.http_method",
            "must be one of: GET, POST".into(),
        ),
        (
            voice("answer_url", webhook("address", json!("voice"))),
            "voice.webhooks.answer_url.address",
            "must be a valid URL".into(),
        ),
        (
            json!({"voice": {"conversations_ttl": 9001}}),
            "voice.conversations_ttl",
            range(1, 9000),
        ),
        (
            json!({"voice": {"conversations_ttl": 1.5}}),
            "voice.conversations_ttl",
            range(1, 9000),
        ),
        (
            json!({"voice": {"leg_persistence_time": 32}}),
            "voice.leg_persistence_time",
            range(1, 31),
        ),
        (
            json!({"voice": {"signed_callbacks": "yes"}}),
            "voice.signed_callbacks",
            "must be a boolean".into(),
        ),
        (json!({"voice": []}), "voice", "must be an object".into()),
        (
            json!({"messages": {"webhooks": {"status_url": {"http_method": "GET"}}}}),
            "messages.webhooks.status_url.http_method",
            "must be one of: POST".into(),
        ),
    ] {
        let body = json!({"name": "a", "capabilities": capabilities});
        let refused = send(&sandbox, "POST", ALL, Some(&body)).await;
        let expected = json!([{"name": format!("capabilities.{place}"), "reason": reason}]);
        assert_eq!(invalid(&refused), expected);
    }
    let many = json!({"name": 7, "privacy": {"improve_ai": 1}, "capabilities": {"voice": {"region": "moon"}}});
    let refused = send(&sandbox, "POST", ALL, Some(&many)).await;
    assert_eq!(
        invalid(&refused).as_array().unwrap().len(),
        3,
        "all at once"
    );
    let made = create_application(&sandbox, &json!({"name": "a"})).await;
    let path = format!("{ALL}/{}", made["id"].as_str().unwrap());
    for (method, path) in [("POST", ALL), ("PUT", &path)] {
        for body in [json!({}), json!({"name": null}), json!({"name": " "})] {
            let refused = send(&sandbox, method, path, Some(&body)).await;
            assert_eq!(invalid(&refused)[0]["name"], "name", "{method} {body}");
        }
        let body = json!({"name": "a", "capabilities": []});
        assert_eq!(send(&sandbox, method, path, Some(&body)).await.status, 500);
    }
}

#[tokio::test]
async fn requests_that_reach_no_operation_get_the_published_errors() {
    let sandbox = sandbox().await;
    let base = "https://developer.vonage.com/api-errors";
    let check = |answer: Answer, status: u16, kind: &str, title: &str| {
        let problem = answer.json();
        assert_eq!(answer.status, status, "{answer:?}");
        assert_eq!(problem["type"], format!("{base}#{kind}"));
        assert_eq!(problem["title"], title);
        assert!(problem["instance"].is_string());
        problem["detail"].as_str().unwrap().to_owned()
    };
    let answer = send_as(&sandbox, "GET", ALL, Some("Basic d3Jvbmc6d3Jvbmc="), "").await;
    let detail = check(answer, 401, "unauthorized", "Invalid credentials supplied");
    assert_eq!(detail, "You did not provide correct credentials.");
    let answer = send(&sandbox, "GET", &format!("{ALL}/none"), None).await;
    let detail = check(answer, 404, "not-found", "Not Found");
    assert_eq!(
        detail,
        "ID 'none' does not exist, or you do not have access"
    );
    let answer = send(&sandbox, "PATCH", ALL, None).await;
    assert_eq!(answer.header("allow"), Some("get, post"));
    let detail = check(answer, 405, "wrong-verb", "Request method not allowed");
    assert_eq!(detail, "Request method 'PATCH' not supported");
    let own = own_headers(&sandbox);
    let raw = async |method: &str, header: &str| {
        let request = format!(
            "{method} {ALL} HTTP/1.1\r\n{own}connection: close\r\n{header}\r\ncontent-length: 2\r\n\r\n{{}}"
        );
        send_bytes(sandbox.address(), request.as_bytes()).await
    };
    let answer = raw("GET", "accept: text/html").await;
    let detail = check(answer, 406, "accept-header", "Invalid Accept header");
    assert!(detail.contains("application/json"));
    for accept in ["*/*", "text/html, Application/JSON;q=0.5", "application/*"] {
        assert_eq!(raw("GET", &format!("accept: {accept}")).await.status, 200);
    }
    let answer = raw("POST", "content-type: text/plain").await;
    let title = "Unsupported Content-Type header";
    let detail = check(answer, 415, "content-type-header", title);
    assert!(detail.contains("application/json"));
    let answer = send_text(&sandbox, "POST", ALL, "{").await;
    check(answer, 400, "invalid-json", "Invalid JSON");
}
