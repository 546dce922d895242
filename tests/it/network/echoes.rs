//! What servers repeat of requests, or say as a connection breaks: it is told without secrets, and cut.

use super::*;

/// A page of a server that shows what it was sent, in several spellings.
fn echo(head: &str) -> String {
    let json = serde_json::Value::from(head).to_string();
    let secret = serde_json::Value::from(API_SECRET).to_string();
    let page = format!("{secret} {API_SECRET} {head} {json}");
    reply("400 Bad Request", "content-type: text/html", &page)
}

/// A server that says the same in the form of the API's errors.
fn echo_in_fields(head: &str) -> String {
    let quoted = serde_json::Value::from(API_SECRET).to_string();
    let body = serde_json::json!({
        "type": format!("about:{}", STANDARD.encode(API_SECRET)),
        "title": format!("not {API_SECRET}"),
        "detail": head,
        "instance": API_SECRET,
        "errors": [quoted, format!("proxy {PROXY_PASSWORD}")],
    });
    reply(
        "400 Bad Request",
        "content-type: application/problem+json",
        &body.to_string(),
    )
}

#[tokio::test]
async fn a_page_that_echoes_the_request_is_told_without_secrets() {
    let server = Server::with_tls(&[&TLS13], echo).await;
    let authority = ("SSL_CERT_FILE", server.authority());
    let outcome = read(&server.url("localhost"), &[authority]).await;
    assert!(server.heads()[0].contains(&authorization()));
    let told = "the answer is not in the form of Vonage's errors (text/html, ";
    outcome.assert_error(told);
}

#[tokio::test]
async fn fields_that_echo_the_request_are_told_without_secrets() {
    let server = Server::with_tls(&[&TLS13], echo_in_fields).await;
    let proxy = format!("http://{PROXY_USER}:{PROXY_PASSWORD}@127.0.0.1:1");
    let variables = [
        ("SSL_CERT_FILE", server.authority()),
        ("HTTPS_PROXY", &proxy),
    ];
    let outcome = read(&server.url("localhost"), &variables).await;
    outcome.assert_error("not [redacted]: [redacted]: proxy [redacted] (request [redacted])");
}

#[tokio::test]
async fn a_secret_of_any_earlier_call_is_hidden_in_a_later_answer() {
    const CONFIGURED: &str = "Of-a-c0nfiguration";
    const STORED: &str = "Of-a-st4te-of-old";
    let body = serde_json::json!({"title": CONFIGURED, "detail": STORED}).to_string();
    let echo = move |_: &str| reply("400 Bad Request", "content-type: application/json", &body);
    let server = Server::with_tls(&[&TLS13], echo).await;
    let authority = ("SSL_CERT_FILE", server.authority());
    let outcome = read_after(&server.url("localhost"), &[authority], async |client| {
        let type_name = "vonage_sip_domain_user".to_owned();
        let ty = resource_type(client, &type_name).await;
        let user = |secret: &str| {
            let names = [("domain", "office"), ("key", "alice"), ("secret", secret)];
            encode(
                &with_nulls(&ty, &names.map(|(name, value)| (name, value.into()))),
                &ty,
            )
        };
        let validate = validate_resource_config::Request {
            type_name: type_name.clone(),
            config: Some(user(CONFIGURED)),
            ..Default::default()
        };
        client.validate_resource_config(validate).await.unwrap();
        let read = read_resource::Request {
            type_name,
            current_state: Some(user(STORED)),
            ..Default::default()
        };
        let told = client
            .read_resource(read)
            .await
            .unwrap()
            .into_inner()
            .diagnostics;
        assert!(told[0].detail.contains("[redacted]"), "{told:?}");
    })
    .await;
    outcome.assert_error("400 Bad Request: [redacted].");
    for secret in [CONFIGURED, STORED] {
        assert!(!outcome.told.contains(secret), "{}", outcome.told);
    }
}

#[tokio::test]
async fn words_of_the_other_side_about_a_broken_connection_are_cut_and_cleaned() {
    let spoken = format!("\u{1b}[2J {API_SECRET} \r\n");
    // Of the greatest length whose bytes are ASCII, as the whole answer must be.
    let longest = 0x3f7f - 8;
    for debug_data in ["\u{1b}".repeat(longest), spoken] {
        let mut frames = b"\0\0\0\x04\0\0\0\0\0".to_vec();
        let length = u32::try_from(8 + debug_data.len()).unwrap().to_be_bytes();
        frames.extend_from_slice(&length[1..]);
        frames.extend_from_slice(b"\x07\0\0\0\0\0\0\0\0\0\0\0\0\x0b");
        frames.extend_from_slice(debug_data.as_bytes());
        let server = Server::with_frames(String::from_utf8(frames).unwrap()).await;
        let authority = ("SSL_CERT_FILE", server.authority());
        let outcome = read(&server.url("localhost"), &[authority]).await;
        outcome.assert_error("the connection broke: ");
        let detail = &outcome.diagnostics[0].detail;
        assert!(detail.len() < 1500, "{detail}");
        assert!(!detail.contains('\u{1b}'), "{detail}");
    }
}
