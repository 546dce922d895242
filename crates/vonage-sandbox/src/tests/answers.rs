//! The switches for the form of answers: each value by what a client reads.

use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio::time::{Duration, Instant};

use super::harness::{SECRET, create_user, domain, own_headers, send, send_bytes, under, user};
use crate::{Options, Sandbox, Seed, start};

/// A sandbox with a domain and a user in it.
async fn filled(switches: Value) -> Sandbox {
    let sandbox = under(switches).await;
    let mut filled = domain("mydomain");
    filled["tls"] = json!("always");
    filled["digest_auth"] = json!(true);
    sandbox.put_domain("mydomain", full(filled)).unwrap();
    sandbox
        .put_user(
            "mydomain",
            "alice",
            user("alice").as_object().unwrap().clone(),
        )
        .unwrap();
    sandbox
}

fn full(mut domain: Value) -> serde_json::Map<String, Value> {
    domain["srtp"] = json!("optional");
    domain["domain_type"] = json!("app");
    domain.as_object().unwrap().clone()
}

async fn get(sandbox: &Sandbox, path: &str) -> Value {
    send(sandbox, "GET", path, None).await.json()
}

#[tokio::test]
async fn a_domain_is_shown_as_its_switches_say() {
    for (switches, shown) in [
        (
            json!({}),
            json!({"tls": "always", "digest_auth": true, "trunk_name": null, "id": null}),
        ),
        (
            json!({"enum_case": "upper"}),
            json!({"tls": "ALWAYS", "domain_type": "APP"}),
        ),
        (
            json!({"enum_case": "capitalized"}),
            json!({"tls": "Always", "srtp": "Optional"}),
        ),
        (
            json!({"digest_auth_echo": "word"}),
            json!({"digest_auth": "True"}),
        ),
        (
            json!({"digest_auth_echo": "lower-word"}),
            json!({"digest_auth": "true"}),
        ),
        (
            json!({"omitted": "defaults"}),
            json!({"tls": "always", "srtp": null, "domain_type": null, "digest_auth": true}),
        ),
        (
            json!({"omitted": "optional"}),
            json!({"tls": null, "srtp": null, "domain_type": null, "digest_auth": null}),
        ),
        (
            json!({"omitted": "name"}),
            json!({"name": null, "tls": "always"}),
        ),
        (json!({"unset": "empty-text"}), json!({"trunk_name": ""})),
        (
            json!({"extra_fields": "some"}),
            json!({"id": "5c1f7a3e-0000-4000-8000-000000000001", "tags": []}),
        ),
    ] {
        let sandbox = filled(switches.clone()).await;
        let read = get(&sandbox, "/v1/psip/mydomain").await;
        for (field, value) in shown.as_object().unwrap() {
            assert_eq!(&read[field], value, "{switches} {field}");
        }
    }
    let null = get(&filled(json!({"unset": "null"})).await, "/v1/psip/mydomain").await;
    assert_eq!(null.get("trunk_name"), Some(&Value::Null));
}

#[tokio::test]
async fn a_user_is_shown_as_its_switches_say() {
    for (switches, shown) in [
        (json!({}), json!({"key": "alice", "domain": "mydomain"})),
        (json!({"user_fields": "none"}), json!({"key": "alice"})),
        (
            json!({"user_secret": "echoed"}),
            json!({"key": "alice", "domain": "mydomain", "secret": SECRET}),
        ),
        (
            json!({"user_secret": "masked"}),
            json!({"key": "alice", "domain": "mydomain", "secret": "********"}),
        ),
        (
            json!({"user_secret": "null"}),
            json!({"key": "alice", "domain": "mydomain", "secret": null}),
        ),
    ] {
        let sandbox = filled(switches.clone()).await;
        assert_eq!(
            get(&sandbox, "/v1/psip/mydomain/users/alice").await,
            shown,
            "{switches}"
        );
        assert_eq!(
            get(&sandbox, "/v1/psip/mydomain/users").await,
            json!([shown]),
            "{switches}"
        );
    }
    let more = get(
        &filled(json!({"user_fields": "more"})).await,
        "/v1/psip/mydomain/users/alice",
    )
    .await;
    assert!(more["id"].is_string() && more["created_at"].is_string());
}

#[tokio::test]
async fn the_answer_to_a_write_has_the_body_that_is_asked_for() {
    for (switches, path, body) in [
        (json!({"write_body": "empty"}), "/v1/psip/mydomain", ""),
        (
            json!({"write_body": "text"}),
            "/v1/psip/mydomain",
            "Success",
        ),
        (json!({"write_body": "braces"}), "/v1/psip/mydomain", "{}"),
        (json!({"put_status": 204}), "/v1/psip/mydomain", ""),
        (
            json!({"user_body": "key"}),
            "/v1/psip/mydomain/users/alice",
            "{\"key\":\"alice\"}",
        ),
        (
            json!({"user_body": "empty"}),
            "/v1/psip/mydomain/users/alice",
            "",
        ),
        (
            json!({"user_body": "text"}),
            "/v1/psip/mydomain/users/alice",
            "Success",
        ),
        (
            json!({"user_body": "braces"}),
            "/v1/psip/mydomain/users/alice",
            "{}",
        ),
    ] {
        let sandbox = filled(switches.clone()).await;
        let sent = if path.ends_with("alice") {
            user("alice")
        } else {
            domain("mydomain")
        };
        let answer = send(&sandbox, "PUT", path, Some(&sent)).await;
        assert!(
            answer.status < 300 && answer.body == body,
            "{switches} {answer:?}"
        );
    }
    for (body, like) in [("deleted", "\"key\":\"alice\""), ("text", "Deleted")] {
        let sandbox = filled(json!({"delete_body": body})).await;
        let answer = send(&sandbox, "DELETE", "/v1/psip/mydomain/users/alice", None).await;
        assert!(answer.body.contains(like), "{answer:?}");
    }
}

#[tokio::test]
async fn an_error_has_the_form_that_is_asked_for() {
    for (form, media_type, is_like) in [
        (
            "published",
            "application/json",
            "\"type\":\"https://www.nexmo.com/messages/Errors#NotFound\"",
        ),
        (
            "generic",
            "application/problem+json",
            "\"invalid_parameters\":[{",
        ),
        (
            "label",
            "application/json",
            "\"error-code-label\":\"The domain",
        ),
        (
            "error-text",
            "application/json",
            "{\"error_text\":\"Invalid domain selected: The",
        ),
        ("number-code", "application/json", "\"error_code\":5"),
        ("nested", "application/json", "{\"error\":{"),
        ("echo", "application/json", "invalid in "),
        ("text", "text/plain", "The domain you're"),
        ("html", "text/html", "<h1>404 Not Found</h1>"),
        ("empty", "", ""),
    ] {
        let sandbox = under(json!({"error_body": form})).await;
        let answer = send(&sandbox, "GET", "/v1/psip/mydomain", None).await;
        assert_eq!(
            (
                answer.status,
                answer.header("content-type").unwrap_or_default()
            ),
            (404, media_type),
            "{form}"
        );
        assert!(answer.body.contains(is_like), "{form}: {}", answer.body);
        assert_eq!(answer.body.is_empty(), form == "empty");
    }
    let sandbox = under(json!({"error_body": "echo"})).await;
    let refused = create_user(&sandbox, "alice").await;
    assert!(refused.json()["detail"].as_str().unwrap().contains(SECRET));
}

#[tokio::test]
async fn lists_have_the_form_that_is_asked_for() {
    let list = async |switches: Value| {
        let sandbox = filled(switches).await;
        sandbox
            .put_domain("another", full(domain("another")))
            .unwrap();
        let answer = send(&sandbox, "GET", "/v1/psip", None).await;
        (
            answer.status,
            serde_json::from_str::<Value>(&answer.body).unwrap_or_default(),
        )
    };
    let names = json!([{"name": "another"}, {"name": "mydomain"}]);
    assert_eq!(list(json!({"list_rows": "names"})).await, (200, names));
    assert_eq!(
        list(json!({"list_rows": "without-acl"})).await.1[0].get("acl"),
        None
    );
    assert_eq!(
        list(json!({"list_shape": "wrapped"})).await.1["domains"][1]["name"],
        "mydomain"
    );
    for status in [403, 404, 405, 500] {
        assert_eq!(list(json!({"list_status": status})).await.0, status);
    }
    let page = list(json!({"list_shape": "embedded", "list_page_size": 1}))
        .await
        .1;
    assert_eq!(
        (
            &page["_embedded"]["domains"][0]["name"],
            &page["total_pages"]
        ),
        (&json!("another"), &json!(2))
    );
    assert_eq!(
        page["_links"]["next"]["href"],
        "/v1/psip?page_size=1&page=2"
    );
}

#[tokio::test]
async fn pages_end_or_go_round() {
    for (shape, next) in [
        ("embedded", Value::Null),
        ("looping", json!("/v1/psip?page_size=1&page=1")),
    ] {
        let sandbox = filled(json!({"list_shape": shape, "list_page_size": 1})).await;
        sandbox
            .put_domain("another", full(domain("another")))
            .unwrap();
        let last = get(&sandbox, "/v1/psip?page=2&page_size=1").await;
        assert_eq!(last["_embedded"]["domains"][0]["name"], "mydomain");
        assert_eq!(last["_links"]["next"]["href"], next, "{shape}");
    }
}

#[tokio::test]
async fn ten_thousand_domains_are_listed_whole() {
    let seed = Some(Seed::Count(10_000));
    let sandbox = start(Options {
        seed,
        ..Options::default()
    })
    .await
    .unwrap();
    let listed = get(&sandbox, "/v1/psip").await;
    assert_eq!(listed.as_array().unwrap().len(), 10_000);
}

#[tokio::test]
async fn a_rate_limit_lets_so_many_through_and_tells_the_rest_to_wait() {
    let sandbox = filled(json!({"rate_limit": 2, "retry_after_in": "both"})).await;
    let mut statuses = Vec::new();
    for _ in 0..3 {
        let answer = send(&sandbox, "GET", "/v1/psip/mydomain", None).await;
        if answer.status == 429 {
            assert_eq!(
                (answer.header("retry-after"), &answer.json()["retry_after"]),
                (Some("1"), &json!(1))
            );
        }
        statuses.push(answer.status);
    }
    assert_eq!(statuses, [200, 200, 429]);
}

#[tokio::test]
async fn versions_are_told_and_asked_for() {
    let sandbox = filled(json!({"etag": "required"})).await;
    let path = "/v1/psip/mydomain";
    let read = send(&sandbox, "GET", path, None).await;
    let version = read.header("etag").unwrap().to_owned();
    let own = own_headers(&sandbox);
    let put = async |if_match: &str| {
        let body = domain("mydomain").to_string();
        let request = format!(
            "PUT {path} HTTP/1.1\r\n{own}connection: close\r\n\
             content-type: application/json\r\n{if_match}content-length: {}\r\n\r\n{body}",
            body.len()
        );
        send_bytes(sandbox.address(), request.as_bytes())
            .await
            .status
    };
    assert_eq!(put("").await, 428);
    assert_eq!(put("if-match: \"old\"\r\n").await, 412);
    assert_eq!(put(&format!("if-match: {version}\r\n")).await, 200);
    assert_eq!(
        put(&format!("if-match: {version}\r\n")).await,
        412,
        "it has changed since"
    );
    assert_eq!(
        send(
            &filled(json!({"etag": "sent"})).await,
            "PUT",
            path,
            Some(&domain("mydomain"))
        )
        .await
        .status,
        200
    );
}

#[tokio::test]
async fn a_write_during_another_one_is_refused_where_that_is_asked_for() {
    for (value, refused) in [("accept", 0), ("conflict", 3)] {
        let sandbox = std::sync::Arc::new(
            filled(json!({"concurrent_write": value, "latency": "200ms"})).await,
        );
        let mut writes = JoinSet::new();
        for _ in 0..4 {
            let sandbox = std::sync::Arc::clone(&sandbox);
            writes.spawn(async move {
                send(
                    &sandbox,
                    "PUT",
                    "/v1/psip/mydomain",
                    Some(&domain("mydomain")),
                )
                .await
                .status
            });
        }
        let statuses = writes.join_all().await;
        assert_eq!(
            statuses.iter().filter(|status| **status == 409).count(),
            refused,
            "{value} {statuses:?}"
        );
    }
}

#[tokio::test]
async fn access_and_endpoints_follow_their_switches() {
    let sandbox = filled(json!({"auth_scheme": "bearer"})).await;
    assert_eq!(send(&sandbox, "GET", "/v1/psip", None).await.status, 401);
    for (value, status) in [("not-found", 404), ("array", 200)] {
        let sandbox = filled(json!({"endpoints": value})).await;
        assert_eq!(
            send(&sandbox, "GET", "/v1/psip/mydomain/endpoints", None)
                .await
                .status,
            status
        );
    }
    for status in [404, 403, 401] {
        let sandbox = filled(json!({"foreign_names": "mydomain", "foreign_read": status})).await;
        assert_eq!(
            send(&sandbox, "GET", "/v1/psip/mydomain", None)
                .await
                .status,
            status
        );
    }
}

#[tokio::test]
async fn each_answer_takes_the_latency() {
    let sandbox = filled(json!({"latency": "50ms"})).await;
    let before = Instant::now();
    send(&sandbox, "GET", "/v1/psip", None).await;
    assert!(before.elapsed() >= Duration::from_millis(50));
}
