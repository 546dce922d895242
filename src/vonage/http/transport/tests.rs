//! Tests of one request on the wire.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::*;
use crate::vonage::test_server::{Reply, Server, settings};

const TIME: Duration = Duration::from_secs(10);

fn get() -> Request {
    Request::get("/v1/psip/a%2Fb".to_owned()).with_query("cascade=true")
}

fn transport(server: &Server) -> Transport {
    Transport::new(
        &server.settings(),
        &server.settings().base_url,
        "provider/1 (+terraform)\r\nx: é",
        Secrets::default(),
    )
}

#[tokio::test]
async fn a_request_goes_out_with_credentials_and_nothing_surprising() {
    let server = Server::script(vec![Reply::json(200, "{}")]).await;
    let body = serde_json::json!({"name": "office"});
    let post = Request::post("/v1/psip".to_owned(), &body);
    transport(&server).send(&get(), TIME).await.unwrap();
    transport(&server).send(&post, TIME).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].line, "GET /v1/psip/a%2Fb?cascade=true");
    let head = requests[0].head.to_lowercase();
    // The Base64 of `key:` and the secret, whose own case is lost here.
    assert!(head.contains("authorization: basic a2v5o"), "{head}");
    assert!(
        head.contains("user-agent: provider/1 (+terraform)x: \r\n"),
        "{head}"
    );
    assert!(head.contains("accept: application/json"), "{head}");
    assert!(!head.contains("accept-encoding"), "{head}");
    assert!(!head.contains("content-type"), "{head}");
    assert_eq!(requests[1].body, r#"{"name":"office"}"#);
    assert!(
        requests[1]
            .head
            .to_lowercase()
            .contains("content-type: application/json")
    );
}

#[test]
fn a_connection_gets_no_more_than_half_of_the_time() {
    let seconds = Duration::from_secs;
    assert_eq!(time_to_connect(seconds(6)), seconds(3));
    assert_eq!(time_to_connect(seconds(60)), seconds(10));
}

#[test]
fn certificates_are_looked_at_for_https_alone() {
    let file = ("SSL_CERT_FILE".to_owned(), "/no/such/file".to_owned());
    // The other systems' own stores are asked, whatever the variable says.
    let is_read = cfg!(not(any(windows, target_vendor = "apple")));
    for (url, is_refused) in [("https://localhost", is_read), ("http://localhost", false)] {
        let url = Url::parse(url).unwrap();
        let mut settings = settings(url.clone());
        settings.network = Network::read(&BTreeMap::from([file.clone()]));
        let transport = Transport::new(&settings, &url, "x", Secrets::default());
        assert_eq!(transport.tls().is_err(), is_refused, "{url}");
    }
}

#[test]
fn the_credentials_are_not_printed_with_their_header() {
    let url = Url::parse("https://api.nexmo.com").unwrap();
    let header = basic(&settings(url));
    assert!(header.is_sensitive());
    assert_eq!(format!("{header:?}"), "Sensitive");
    let pair = STANDARD
        .decode(&header.as_bytes()["Basic ".len()..])
        .unwrap();
    assert!(pair.starts_with(b"key:") && pair.len() > 4);
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_not_followed() {
    let other = Server::script(vec![Reply::json(200, "{}")]).await;
    let location = other.settings().base_url.to_string();
    let reply = Reply::WithHeaders(307, vec![("location", location)], String::new());
    let server = Server::script(vec![reply]).await;
    let answer = transport(&server).send(&get(), TIME).await.unwrap();
    assert_eq!(answer.status.as_u16(), 307);
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn a_huge_body_is_not_read_to_its_end() {
    let server = Server::script(vec![Reply::Endless(100 * 1024 * 1024)]).await;
    let answer = transport(&server).send(&get(), TIME).await.unwrap();
    let limit = 1024 * 1024;
    assert_eq!(answer.body, Err(TransportError::TooLarge { limit }));
}

#[tokio::test]
async fn a_body_that_is_announced_too_large_is_not_read() {
    // It announces 100 bytes more than it sends: read, it would be cut off.
    let reply = Reply::Truncated(200, "x".repeat(2000));
    let server = Server::script(vec![reply]).await;
    let request = get().with_answer_limit(2050);
    let answer = transport(&server).send(&request, TIME).await.unwrap();
    assert_eq!(answer.body, Err(TransportError::TooLarge { limit: 2050 }));
}

#[tokio::test]
async fn a_body_of_just_the_limit_is_read() {
    let server = Server::script(vec![Reply::json(200, &"x".repeat(2000))]).await;
    let request = get().with_answer_limit(2000);
    let answer = transport(&server).send(&request, TIME).await.unwrap();
    assert_eq!(answer.body.unwrap().len(), 2000);
}

#[tokio::test]
async fn a_broken_body_keeps_its_status() {
    let server = Server::script(vec![Reply::Truncated(201, "{}".to_owned())]).await;
    let answer = transport(&server).send(&get(), TIME).await.unwrap();
    assert_eq!(answer.status.as_u16(), 201);
    assert!(
        matches!(answer.body, Err(TransportError::Interrupted { .. })),
        "{answer:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn no_answer_and_no_connection_are_told_apart() {
    let time = Duration::from_millis(50);
    let server = Server::script(vec![Reply::Silence, Reply::HangUp]).await;
    let transport = transport(&server);
    let late = transport.send(&get(), time).await.unwrap_err();
    assert_eq!(late, TransportError::Timeout { after: time });
    let broken = transport.send(&get(), TIME).await.unwrap_err();
    assert!(
        matches!(broken, TransportError::Interrupted { .. }),
        "{broken:?}"
    );
    assert!(late.may_have_been_sent() && broken.may_have_been_sent());

    let settings = server.settings();
    drop(server);
    // The listener is closed once its task has ended.
    let refused = loop {
        tokio::task::yield_now().await;
        let outcome = Transport::new(&settings, &settings.base_url, "x", Secrets::default())
            .send(&get(), time)
            .await;
        if let Err(error @ TransportError::Connect { .. }) = outcome {
            break error;
        }
    };
    assert!(!refused.may_have_been_sent());
    assert!(
        refused
            .to_string()
            .starts_with("cannot connect to 127.0.0.1:"),
        "{refused}"
    );
    assert!(!refused.to_string().contains("psip"), "{refused}");
}

#[tokio::test]
async fn an_unknown_certificate_is_told_from_a_passing_trouble() {
    let certified = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::Pkcs8(certified.signing_key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let server = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = acceptor.accept(stream).await;
        }
    });
    let url = Url::parse(&format!("https://localhost:{port}")).unwrap();
    let mut transport = Transport::new(&settings(url.clone()), &url, "x", Secrets::default());
    // Without roots, so that the outcome does not hang on what this machine trusts.
    let client = transport
        .build(super::super::tls::no_roots().unwrap())
        .unwrap();
    transport.http = OnceCell::new_with(Some(client));
    let error = transport.send(&get(), TIME).await.unwrap_err();
    server.abort();
    assert!(
        matches!(error, TransportError::Certificate { .. }),
        "{error:?}"
    );
    assert!(error.is_permanent() && !error.may_have_been_sent());
    let told = "no known authority has issued its certificate (UnknownIssuer)";
    assert!(error.to_string().contains(told), "{error}");
}

/// A server that answers the first request of each connection, and then forgets the connection: what more comes on it is
/// never answered. Gives its URL, and the first lines of all requests.
async fn forgetful() -> (Url, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let lines = Arc::new(Mutex::new(Vec::new()));
    let journal = lines.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer_once(stream, journal.clone()));
        }
    });
    (Url::parse(&url).unwrap(), lines)
}

async fn answer_once(mut stream: TcpStream, journal: Arc<Mutex<Vec<String>>>) {
    let mut received = vec![0; 4096];
    let mut is_first = true;
    while let Ok(length @ 1..) = stream.read(&mut received).await {
        let text = String::from_utf8_lossy(&received[..length]).into_owned();
        journal
            .lock()
            .unwrap()
            .push(text.lines().next().unwrap().to_owned());
        if std::mem::take(&mut is_first) {
            let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
            stream.write_all(answer).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_create_after_a_pause_goes_out_once_on_a_new_connection() {
    let (url, lines) = forgetful().await;
    let transport = Transport::new(&settings(url.clone()), &url, "x", Secrets::default());
    transport.send(&get(), TIME).await.unwrap();
    // The connection comes to rest in a task of its own.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    tokio::time::pause();
    tokio::time::advance(LONGEST_IDLE + Duration::from_millis(1)).await;
    tokio::time::resume();
    let post = Request::post("/v1/psip".to_owned(), &serde_json::json!({}));
    let answer = transport.send(&post, Duration::from_secs(2)).await.unwrap();
    assert_eq!(answer.status.as_u16(), 200);
    let lines = lines.lock().unwrap();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[1].starts_with("POST "), "{lines:?}");
}
