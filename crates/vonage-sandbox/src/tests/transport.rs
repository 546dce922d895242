//! HTTP itself: what is malformed, too large or broken off; many requests at once; start and stop.

use std::net::SocketAddr;

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::harness::{domain, own_headers, receive, sandbox, send, send_bytes, send_text};
use crate::service::MAX_BODY;
use crate::{Options, StartError, start};

#[tokio::test]
async fn what_is_no_http_is_a_400_and_the_sandbox_goes_on() {
    let sandbox = sandbox().await;
    for bytes in [
        "nonsense\r\n\r\n",
        "GET /v1/psip HTTP/9.9\r\n\r\n",
        "GET /v1/psip HTTP/1.1\r\nbad header\r\n\r\n",
        "POST /v1/psip HTTP/1.1\r\ncontent-length: many\r\n\r\n",
        "\u{16}\u{3}\u{1} a TLS client\r\n\r\n",
    ] {
        assert_eq!(
            send_bytes(sandbox.address(), bytes.as_bytes()).await.status,
            400,
            "{bytes:?}"
        );
    }
    assert_eq!(send(&sandbox, "GET", "/v1/psip", None).await.status, 200);
}

#[tokio::test]
async fn requests_for_other_hosts_or_from_other_sites_are_refused_and_change_nothing() {
    let sandbox = sandbox().await;
    let own = own_headers(&sandbox);
    let body = domain("mydomain").to_string();
    let port = sandbox.address().port();
    let send = async |path: &str, headers: &str| {
        let request = format!(
            "PUT {path} HTTP/1.1\r\n{headers}connection: close\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        send_bytes(sandbox.address(), request.as_bytes()).await
    };
    for path in ["/v1/psip/mydomain", "/_sandbox/domains/mydomain"] {
        for headers in [
            own.replace("127.0.0.1", "rebound.example"),
            own.replace(&port.to_string(), "1"),
            format!("{own}origin: https://evil.example\r\n"),
            format!("{own}origin: null\r\n"),
            format!("{own}sec-fetch-site: cross-site\r\n"),
            format!("{own}sec-fetch-site: same-site\r\n"),
        ] {
            let answer = send(path, &headers).await;
            assert_eq!(answer.status, 403, "{path} {headers}");
        }
    }
    assert!(sandbox.journal().is_empty() && sandbox.domains().is_empty());
    for name in ["localhost", "127.0.0.1", "[::1]"] {
        let origin = format!("origin: http://{name}:{port}\r\nsec-fetch-site: same-origin\r\n");
        let headers = own.replace("127.0.0.1", name) + &origin;
        let answer = send("/_sandbox/domains/mydomain", &headers).await;
        assert_eq!(answer.status, 200, "{name}: {answer:?}");
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_a_413_whether_its_length_is_told_or_not() {
    let sandbox = sandbox().await;
    let own = own_headers(&sandbox);
    let told = format!(
        "POST /v1/psip HTTP/1.1\r\n{own}content-length: {}\r\n\r\n",
        MAX_BODY + 1
    );
    assert_eq!(
        send_bytes(sandbox.address(), told.as_bytes()).await.status,
        413
    );

    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    let head = format!("POST /v1/psip HTTP/1.1\r\n{own}transfer-encoding: chunked\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let chunk = format!("{:x}\r\n{}\r\n", 1 << 16, " ".repeat(1 << 16));
    for _ in 0..MAX_BODY >> 16 {
        stream.write_all(chunk.as_bytes()).await.unwrap();
    }
    // One byte more than the limit, and no end: the answer does not wait for it.
    stream.write_all(b"1\r\n \r\n").await.unwrap();
    let mut start = [0; 12];
    stream.read_exact(&mut start).await.unwrap();
    assert_eq!(&start, b"HTTP/1.1 413");
    assert_eq!(
        sandbox
            .journal()
            .iter()
            .filter_map(|record| record.status)
            .collect::<Vec<_>>(),
        [413, 413]
    );
}

#[tokio::test]
async fn a_body_at_the_limit_is_read() {
    let sandbox = sandbox().await;
    let mut body = domain("mydomain").to_string();
    body.push_str(&" ".repeat(MAX_BODY - body.len()));
    assert_eq!(
        send_text(&sandbox, "POST", "/v1/psip", &body).await.status,
        201
    );
}

#[tokio::test]
async fn a_key_that_comes_twice_is_a_400() {
    let sandbox = sandbox().await;
    let body = domain("mydomain")
        .to_string()
        .replacen('{', "{\"name\":\"other-name\",", 1);
    let answer = send_text(&sandbox, "POST", "/v1/psip", &body).await;
    assert_eq!(answer.status, 400);
    assert!(
        answer.json()["detail"]
            .as_str()
            .unwrap()
            .contains("duplicate field `name`")
    );
}

#[tokio::test]
async fn a_body_that_is_not_said_to_be_json_is_a_415() {
    let sandbox = sandbox().await;
    let own = own_headers(&sandbox);
    for media_type in [
        "",
        "content-type: application/x-www-form-urlencoded\r\n",
        "content-type: application/jsonx\r\n",
    ] {
        let request = format!(
            "POST /v1/psip HTTP/1.1\r\n{own}connection: close\r\n{media_type}content-length: 2\r\n\r\n{{}}"
        );
        let answer = send_bytes(sandbox.address(), request.as_bytes()).await;
        assert_eq!(answer.status, 415, "{media_type:?}");
        assert_eq!(
            answer.json()["type"],
            "https://developer.vonage.com/api-errors#content-type-header"
        );
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_changes_nothing() {
    let sandbox = sandbox().await;
    let (own, body) = (own_headers(&sandbox), domain("mydomain").to_string());
    let request = format!(
        "POST /v1/psip HTTP/1.1\r\n{own}content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len() + 1
    );
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    assert!(sandbox.domains().is_empty());
    assert_eq!(
        send(&sandbox, "GET", "/v1/psip", None).await.json(),
        json!([])
    );
    assert_eq!(
        sandbox.journal().last().unwrap().in_flight,
        1,
        "the broken request is in flight no more"
    );
}

#[tokio::test]
async fn one_connection_serves_many_requests() {
    let sandbox = sandbox().await;
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    let own = own_headers(&sandbox);
    let keep = format!("GET /v1/psip HTTP/1.1\r\n{own}\r\n");
    let close = format!("GET /v1/psip HTTP/1.1\r\n{own}connection: close\r\n\r\n");
    stream
        .write_all(format!("{keep}{keep}{close}").as_bytes())
        .await
        .unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    assert_eq!(text.matches("HTTP/1.1 200 OK").count(), 3);
}

#[tokio::test]
async fn of_many_creates_of_one_name_at_once_one_wins() {
    let sandbox = std::sync::Arc::new(sandbox().await);
    let mut requests = JoinSet::new();
    for _ in 0..20 {
        let sandbox = std::sync::Arc::clone(&sandbox);
        requests.spawn(async move {
            send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain")))
                .await
                .status
        });
    }
    let mut statuses = requests.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses[0], 201);
    assert!(
        statuses[1..].iter().all(|status| *status == 400),
        "{statuses:?}"
    );
}

#[tokio::test]
async fn requests_that_are_open_at_once_are_counted() {
    let sandbox = sandbox().await;
    let own = own_headers(&sandbox);
    let head =
        format!("POST /v1/psip HTTP/1.1\r\n{own}connection: close\r\ncontent-length: 2\r\n\r\n");
    let mut open = Vec::new();
    for arrived in 1..=3 {
        let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        while sandbox.journal().len() < arrived {
            tokio::task::yield_now().await;
        }
        open.push(stream);
    }
    for stream in &mut open {
        stream.write_all(b"{}").await.unwrap();
        assert_eq!(receive(stream).await.status, 415);
    }
    assert_eq!(sandbox.peak_in_flight(), 3);
}

#[tokio::test]
async fn a_stop_lets_the_request_in_flight_end_and_closes_idle_connections() {
    let sandbox = sandbox().await;
    let (address, own) = (sandbox.address(), own_headers(&sandbox));
    let mut idle = TcpStream::connect(address).await.unwrap();
    let mut busy = TcpStream::connect(address).await.unwrap();
    busy.write_all(format!("PUT /v1/psip/x HTTP/1.1\r\n{own}content-length: 2\r\n\r\n").as_bytes())
        .await
        .unwrap();
    while sandbox.journal().is_empty() {
        tokio::task::yield_now().await;
    }
    let stopped = tokio::spawn(sandbox.stop());
    assert_eq!(
        idle.read(&mut [0; 1]).await.unwrap(),
        0,
        "closed while the other is still served"
    );
    busy.write_all(b"{}").await.unwrap();
    assert_eq!(receive(&mut busy).await.status, 415);
    stopped.await.unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn only_loopback_addresses_are_listened_on_unless_forced() {
    let listen: SocketAddr = "0.0.0.0:0".parse().unwrap();
    let refused = start(Options {
        listen,
        ..Options::default()
    })
    .await;
    assert!(matches!(
        refused.map(|sandbox| sandbox.url()),
        Err(StartError::NotLoopback(_))
    ));
    let forced = start(Options {
        listen,
        allow_non_loopback: true,
        ..Options::default()
    })
    .await
    .unwrap();
    assert_eq!(
        forced.url(),
        format!("http://127.0.0.1:{}", forced.address().port())
    );
}

#[tokio::test]
async fn an_address_in_use_is_a_start_error_that_leaves_the_state_file_alone() {
    let first = sandbox().await;
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state.json");
    let options = Options {
        listen: first.address(),
        state: Some(state.clone()),
        ..Options::default()
    };
    assert!(matches!(
        start(options).await.map(|sandbox| sandbox.url()),
        Err(StartError::Listen { .. })
    ));
    assert!(!state.exists());
}
