//! Scripted faults as a client meets them.

use std::io;
use std::time::SystemTime;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::harness::{Answer, create_user, domain, own_headers, sandbox, send};
use crate::{Fault, Options, Sandbox, start};

async fn faulty(fault: Value) -> Sandbox {
    let sandbox = sandbox().await;
    sandbox.set_faults(vec![fault.to_string().parse().unwrap()]);
    sandbox
}

async fn post(sandbox: &Sandbox) -> Answer {
    send(sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await
}

/// Sends a POST that is to be reset, and gives what reading its answer ends with.
async fn reset_post(sandbox: &Sandbox) -> io::Error {
    let (own, body) = (own_headers(sandbox), domain("mydomain").to_string());
    let request = format!(
        "POST /v1/psip HTTP/1.1\r\n{own}\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let ended = stream.read_to_end(&mut answer).await;
    assert!(answer.is_empty(), "an answer came");
    ended.unwrap_err()
}

#[tokio::test]
async fn a_status_strikes_before_the_effect_unless_it_is_to_strike_after() {
    for (at, exists) in [
        (json!(null), false),
        (json!("before"), false),
        (json!("after"), true),
    ] {
        let sandbox = faulty(
            json!({"method": "POST", "path": "/v1/psip", "status": 503, "times": 1, "at": at}),
        )
        .await;
        let failed = post(&sandbox).await;
        assert_eq!(
            (failed.status, &failed.json()["title"]),
            (503, &json!("Service Unavailable"))
        );
        assert_eq!(sandbox.domain("mydomain").is_some(), exists, "{at}");
        assert_eq!(sandbox.journal()[0].status, Some(503));
        let again = post(&sandbox).await;
        assert_eq!(again.status, if exists { 400 } else { 201 }, "{at}");
    }
}

#[tokio::test]
async fn a_reset_breaks_the_connection_before_or_after_the_effect() {
    for at in ["before", "after"] {
        let sandbox = faulty(json!({"method": "POST", "reset": true, "times": 1, "at": at})).await;
        let ended = reset_post(&sandbox).await;
        assert_eq!(ended.kind(), io::ErrorKind::ConnectionReset, "{at}");
        assert_eq!(sandbox.domain("mydomain").is_some(), at == "after");
        assert_eq!(sandbox.journal()[0].status, None, "no answer is told");
        assert_eq!(send(&sandbox, "GET", "/v1/psip", None).await.status, 200);
    }
}

#[tokio::test]
async fn writes_to_users_are_struck_by_the_template_of_their_path() {
    let fault = json!({"method": "DELETE", "path": "/v1/psip/{domain}/users/{key}", "status": 502, "at": "after"});
    let sandbox = faulty(fault).await;
    post(&sandbox).await;
    create_user(&sandbox, "alice").await;
    let failed = send(&sandbox, "DELETE", "/v1/psip/mydomain/users/alice", None).await;
    assert_eq!(failed.status, 502);
    assert!(sandbox.users("mydomain").is_empty());
    assert_eq!(
        send(&sandbox, "DELETE", "/v1/psip/mydomain", None)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn each_shape_is_what_it_is_called() {
    for (shape, media_type, is_like) in [
        (
            "published",
            "application/json",
            "\"type\":\"https://www.nexmo.com/",
        ),
        (
            "generic",
            "application/problem+json",
            "\"instance\":\"sandbox\"",
        ),
        ("nested", "application/json", "{\"error\":{"),
        ("label", "application/json", "\"error-code\":\"502\""),
        ("html", "text/html", "<h1>Bad Gateway</h1>"),
        ("text", "text/plain", "upstream connect error"),
        ("empty", "application/json", ""),
        ("null", "application/json", "null"),
        ("array", "application/json", "[{"),
        ("cut-json", "application/json", "{\"title\": \"Not"),
        (
            "twice",
            "application/json",
            "\"title\": \"a\", \"title\": \"b\"",
        ),
        ("echo", "application/json", "cannot process {"),
    ] {
        let sandbox = faulty(json!({"status": 502, "body": shape})).await;
        let answer = post(&sandbox).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (502, Some(media_type)),
            "{shape}"
        );
        assert!(answer.body.contains(is_like), "{shape}: {}", answer.body);
        assert_eq!(answer.body.is_empty(), is_like.is_empty(), "{shape}");
    }
}

#[tokio::test]
async fn a_body_may_be_huge_or_no_text_or_word_for_word() {
    let sandbox = faulty(json!({"status": 500, "body": "huge"})).await;
    assert_eq!(post(&sandbox).await.body.len(), 10 << 20);
    let sandbox = faulty(json!({"text": "OK", "content_type": "text/weird"})).await;
    let answer = post(&sandbox).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "OK"));
    assert_eq!(answer.header("content-type"), Some("text/weird"));
    let sandbox = faulty(json!({"status": 500, "body": "invalid-utf8"})).await;
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    let own = own_headers(&sandbox);
    let request = format!("GET /v1/psip HTTP/1.1\r\n{own}connection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    assert!(String::from_utf8(bytes).is_err());
}

#[tokio::test]
async fn a_429_tells_the_wait_where_it_is_to() {
    for (place, in_header, in_body) in [
        ("header", true, false),
        ("body", false, true),
        ("both", true, true),
        ("neither", false, false),
    ] {
        let sandbox =
            faulty(json!({"status": 429, "retry_after": 7, "retry_after_in": place})).await;
        let answer = post(&sandbox).await;
        assert_eq!(
            answer.header("retry-after"),
            in_header.then_some("7"),
            "{place}"
        );
        assert_eq!(
            answer.json().get("retry_after"),
            in_body.then_some(&json!(7)),
            "{place}"
        );
    }
    let sandbox = faulty(json!({"status": 429, "retry_after": 7, "retry_after_in": "date"})).await;
    let answer = post(&sandbox).await;
    let date = answer
        .head
        .lines()
        .find_map(|line| line.strip_prefix("retry-after: "))
        .unwrap()
        .to_owned();
    assert!(date.ends_with(" gmt"), "{date}");
    let fault: Fault = r#"{"status":429,"retry_after":7,"retry_after_in":"date"}"#
        .parse()
        .unwrap();
    let reply = fault.apply(None, b"", SystemTime::UNIX_EPOCH);
    assert_eq!(reply.headers[0].1, "Thu, 01 Jan 1970 00:00:07 GMT");
}

#[tokio::test]
async fn what_spoils_an_answer_leaves_its_effect_and_status() {
    let sandbox = faulty(json!({"method": "POST", "truncate": 10})).await;
    let answer = post(&sandbox).await;
    assert_eq!((answer.status, answer.body.len()), (201, 10));
    assert!(
        answer
            .header("content-length")
            .unwrap()
            .parse::<usize>()
            .unwrap()
            > 10
    );
    assert!(sandbox.domain("mydomain").is_some());
    sandbox.set_faults(vec![r#"{"content_encoding":"gzip"}"#.parse().unwrap()]);
    let answer = send(&sandbox, "GET", "/v1/psip/mydomain", None).await;
    assert_eq!(answer.header("content-encoding"), Some("gzip"));
    assert_eq!(answer.json()["name"], "mydomain");
}

#[tokio::test]
async fn the_first_byte_and_each_drop_take_their_time() {
    let sandbox = faulty(json!({"first_byte": "60ms"})).await;
    let before = Instant::now();
    assert_eq!(post(&sandbox).await.status, 201);
    assert!(before.elapsed().as_millis() >= 60);
    sandbox.set_faults(vec![r#"{"drip":"5ms"}"#.parse().unwrap()]);
    let before = Instant::now();
    let answer = send(&sandbox, "GET", "/v1/psip/mydomain", None).await;
    assert_eq!(answer.json()["name"], "mydomain");
    let drops = answer.body.len().div_ceil(16);
    assert!(before.elapsed().as_millis() >= 5 * drops as u128);
}

#[tokio::test]
async fn a_client_that_goes_away_before_the_first_byte_leaves_the_effect() {
    let sandbox = faulty(json!({"method": "POST", "first_byte": "1m"})).await;
    let (own, body) = (own_headers(&sandbox), domain("mydomain").to_string());
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    let request = format!(
        "POST /v1/psip HTTP/1.1\r\n{own}\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    while sandbox.domain("mydomain").is_none() {
        tokio::task::yield_now().await;
    }
    drop(stream);
    sandbox.set_faults(Vec::new());
    assert_eq!(post(&sandbox).await.status, 400, "it is there");
}

#[tokio::test]
async fn the_control_route_sets_adds_tells_and_takes_away() {
    let sandbox = sandbox().await;
    let control = async |method: &str, body: Value| {
        send(&sandbox, method, "/_sandbox/faults", Some(&body)).await
    };
    let one = json!({"status": 503, "method": "POST", "path": "/v1/psip/*"});
    assert_eq!(control("PUT", json!([one])).await.status, 200);
    control("POST", json!({"drip": "1ms", "times": 3, "for": "2m"})).await;
    post(&sandbox).await;
    let told = control("GET", json!(null)).await.json();
    assert_eq!(
        (&told[0]["struck"], &told[0]["path"]),
        (&json!(1), &json!("/v1/psip/*"))
    );
    assert_eq!(
        (&told[1]["struck"], &told[1]["for"]),
        (&json!(0), &json!("120s"))
    );
    assert_eq!(control("DELETE", json!(null)).await.json(), json!([]));
    assert_eq!(post(&sandbox).await.status, 201);
    for (refused, words) in [
        (json!({}), "does nothing"),
        (json!({"times": 2}), "does nothing"),
        (json!({"drip": "1s", "at": "before"}), "no other answer"),
        (json!({"status": 99}), "not between 200 and 599"),
        (json!({"status": 503, "path": "v1"}), "is not a path"),
        (json!({"first_byte": 3}), "invalid type: integer `3`"),
        (json!({"explode": true}), "unknown field `explode`"),
        (
            json!({"text": "x", "content_type": "a\nb"}),
            "cannot be sent",
        ),
    ] {
        let answer = control("POST", refused.clone()).await;
        assert_eq!(answer.status, 400, "{refused}");
        assert!(
            answer.json()["error"].as_str().unwrap().contains(words),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn faults_of_the_start_come_back_with_a_reset() {
    let faults = vec![r#"{"status":500,"times":1}"#.parse().unwrap()];
    let sandbox = start(Options {
        faults,
        ..Options::default()
    })
    .await
    .unwrap();
    for _ in 0..2 {
        assert_eq!(send(&sandbox, "GET", "/v1/psip", None).await.status, 500);
        assert_eq!(send(&sandbox, "GET", "/v1/psip", None).await.status, 200);
        sandbox.reset().unwrap();
    }
}

#[tokio::test]
async fn control_routes_are_never_struck() {
    let sandbox = faulty(json!({"reset": true})).await;
    let answer = send(&sandbox, "GET", "/_sandbox/domains", None).await;
    assert_eq!(answer.status, 200);
}
