//! The way to the API: which certificates, proxies and hosts are trusted, and what each of them gets to see.

mod proxy;
mod server;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use rustls::version::{TLS12, TLS13};
use terraform_provider_vonage::tfplugin::generated::{
    Diagnostic, read_resource, validate_resource_config,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use self::proxy::{Manner, Proxy};
use self::server::Server;
use crate::client::{Client, configure, encode, resource_type, with_nulls};
use crate::host::{Start, in_time};

/// A host that no resolver knows (RFC 6761), so that only a proxy can reach it.
const ELSEWHERE: &str = "api.example.test";
/// This machine, by an address that is not loopback, so that proxies are asked for it.
const NOT_LOOPBACK: &str = "0.0.0.0";
const API_KEY: &str = "a1b2c3d4";
const API_SECRET: &str = "Acc0unt+S3cret/of\\the=\"run\"%";
const PROXY_USER: &str = "proxyuser";
const PROXY_PASSWORD: &str = "proxypassw0rd";

/// What a read of a domain has come to.
struct Outcome {
    found: bool,
    diagnostics: Vec<Diagnostic>,
    /// Everything that a person may get to see.
    told: String,
}

/// Reads a domain from the API at `url`, with these variables, and logs at every level.
async fn read(url: &str, variables: &[(&str, &str)]) -> Outcome {
    read_after(url, variables, async |_| {}).await
}

/// The same, after other calls to the provider.
async fn read_after(
    url: &str,
    variables: &[(&str, &str)],
    before: impl AsyncFnOnce(&mut Client),
) -> Outcome {
    let start = Start::as_terraform()
        .with("VONAGE_BASE_URL", url)
        .with("VONAGE_API_KEY", API_KEY)
        .with("VONAGE_API_SECRET", API_SECRET)
        .with("VONAGE_MAX_RETRIES", "0")
        .with("TF_LOG", "TRACE");
    let start = variables
        .iter()
        .fold(start, |start, (name, value)| start.with(name, value));
    let plugin = start.run().await;
    let mut client = plugin.provider().await;
    configure(&mut client, &[]).await;
    before(&mut client).await;
    let ty = resource_type(&mut client, "vonage_sip_domain").await;
    let state = with_nulls(&ty, &[("name", "yourcompany".into())]);
    let request = read_resource::Request {
        type_name: "vonage_sip_domain".to_owned(),
        current_state: Some(encode(&state, &ty)),
        ..Default::default()
    };
    let answer = in_time(client.read_resource(request))
        .await
        .unwrap()
        .into_inner();
    drop(client);
    let log = plugin.shut_down().await.stderr;
    assert!(log.contains("HTTP request"), "nothing was logged: {log}");
    Outcome {
        found: answer.new_state.is_some() && answer.diagnostics.is_empty(),
        told: format!("{:?}\n{log}", answer.diagnostics),
        diagnostics: answer.diagnostics,
    }
}

impl Outcome {
    #[track_caller]
    fn assert_found(&self) {
        assert!(self.found, "{}", self.told);
    }

    /// Checks the words of the one error, and that no secret stands in it, or in the log.
    #[track_caller]
    fn assert_error(&self, words: &str) {
        assert_eq!(self.diagnostics.len(), 1, "{}", self.told);
        let detail = &self.diagnostics[0].detail;

        assert!(detail.contains(words), "{detail}");
        let json = serde_json::Value::from(API_SECRET).to_string();
        let pair = STANDARD_NO_PAD.encode(format!("{API_KEY}:{API_SECRET}"));
        let proxy = STANDARD_NO_PAD.encode(format!("{PROXY_USER}:{PROXY_PASSWORD}"));
        for secret in [
            API_SECRET,
            json.trim_matches('"'),
            &pair,
            PROXY_PASSWORD,
            &proxy,
        ] {
            assert!(
                !self.told.contains(secret),
                "{secret} is told: {}",
                self.told
            );
        }
    }
}

/// Whatever is asked, the domain, alone or as the only one of a list.
fn domain(head: &str) -> String {
    let domain = r#"{"name":"yourcompany","acl":["190.190.190.190"],"domain_type":"trunk"}"#;
    if head.starts_with("GET /v1/psip/") {
        reply("200 OK", "content-type: application/json", domain)
    } else {
        reply(
            "200 OK",
            "content-type: application/json",
            &format!("[{domain}]"),
        )
    }
}

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

fn reply(status: &str, header: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\n{header}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

/// The header that carries the API's credentials.
fn authorization() -> String {
    format!(
        "Basic {}",
        STANDARD.encode(format!("{API_KEY}:{API_SECRET}"))
    )
}

#[tokio::test]
async fn the_authority_that_ssl_cert_file_names_is_trusted_and_no_other() {
    let server = Server::with_tls(&[&TLS13, &TLS12], domain).await;
    let another = Server::with_tls(&[&TLS13], domain).await;
    let url = server.url("localhost");
    read(&url, &[("SSL_CERT_FILE", server.authority())])
        .await
        .assert_found();
    let sent = server.heads();
    assert!(sent[0].contains(&authorization()), "{sent:?}");
    let outcome = read(&url, &[("SSL_CERT_FILE", another.authority())]).await;
    outcome.assert_error("let SSL_CERT_FILE name its certificate authority");
    assert_eq!(server.heads().len(), sent.len(), "it was sent nevertheless");
}

#[tokio::test]
async fn a_file_without_certificates_is_named_as_the_cause() {
    let server = Server::with_tls(&[&TLS13], domain).await;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (pipe, large, empty) = (path("pipe"), path("large"), path("empty"));
    nix::unistd::mkfifo(pipe.as_str(), nix::sys::stat::Mode::S_IRWXU).unwrap();
    std::fs::File::create(&large)
        .unwrap()
        .set_len(1 << 40)
        .unwrap();
    std::fs::write(&empty, "").unwrap();
    for (variable, path, problem) in [
        ("SSL_CERT_FILE", "/does/not/exist", "cannot be read: "),
        ("SSL_CERT_FILE", "/dev/null", "is not a regular file"),
        ("SSL_CERT_FILE", "/dev/zero", "is not a regular file"),
        ("SSL_CERT_FILE", &pipe, "is not a regular file"),
        ("SSL_CERT_FILE", &large, "holds more than 16 MiB"),
        (
            "SSL_CERT_DIR",
            folder.path().to_str().unwrap(),
            "holds more than 16 MiB",
        ),
        ("SSL_CERT_DIR", &empty, "cannot be read: "),
    ] {
        let outcome = read(&server.url("localhost"), &[(variable, path)]).await;
        outcome.assert_error(&format!(
            "nothing was sent: {variable} names {path}, which {problem}"
        ));
    }
    let outcome = read(&server.url("localhost"), &[("SSL_CERT_FILE", &empty)]).await;
    outcome.assert_error("nothing was sent: ");
    outcome.assert_error("SSL_CERT_FILE");
    assert_eq!(server.heads(), [""; 0]);
}

#[tokio::test]
async fn tls_1_2_is_spoken_and_nothing_older_is_offered() {
    let server = Server::with_tls(&[&TLS12], domain).await;
    let authority = ("SSL_CERT_FILE", server.authority());
    read(&server.url("localhost"), &[authority])
        .await
        .assert_found();

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!(
        "https://localhost:{}",
        listener.local_addr().unwrap().port()
    );
    let hello = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut record = vec![0; 5];
        stream.read_exact(&mut record).await.unwrap();
        let length = u16::from_be_bytes([record[3], record[4]]);
        let mut hello = vec![0; length.into()];
        stream.read_exact(&mut hello).await.unwrap();
        hello
    });
    let outcome = read(&url, &[authority]).await;
    outcome.assert_error("cannot connect to localhost");
    // The extension `supported_versions` (RFC 8446, section 4.2.1): its number, two lengths, and 1.3 before 1.2.
    let versions = [0, 43, 0, 5, 4, 3, 4, 3, 3];
    let hello = in_time(hello).await.unwrap();
    assert!(
        hello.windows(versions.len()).any(|part| part == versions),
        "{hello:02x?}"
    );
}

#[tokio::test]
async fn a_proxy_of_the_environment_is_used_and_sees_no_secret() {
    let server = Server::with_tls(&[&TLS13], domain).await;
    let proxy = Proxy::start(Manner::Connect(server.address())).await;
    let variables = [
        ("HTTPS_PROXY", proxy.url()),
        ("SSL_CERT_FILE", server.authority().to_owned()),
    ];
    let variables = variables
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    read(&server.url(ELSEWHERE), &variables)
        .await
        .assert_found();
    let asked = proxy.heads().concat();
    assert!(
        asked.starts_with(&format!("CONNECT {ELSEWHERE}:")),
        "{asked}"
    );
    let pair = STANDARD.encode(format!("{PROXY_USER}:{PROXY_PASSWORD}"));
    assert!(
        asked.contains(&pair),
        "the proxy was not told who asks: {asked}"
    );
    assert!(!asked.contains(&authorization()), "{asked}");
    let sent = server.heads().concat();
    assert!(
        sent.contains(&authorization()) && !sent.contains(&pair),
        "{sent}"
    );
}

#[tokio::test]
async fn no_proxy_names_hosts_that_are_reached_without_one() {
    let server = Server::with_tls(&[&TLS13], domain).await;
    let proxy = Proxy::start(Manner::Connect(server.address())).await;
    let url = proxy.url();
    let variables = [
        ("HTTPS_PROXY", url.as_str()),
        ("SSL_CERT_FILE", server.authority()),
    ];
    let exempt = [
        variables[0],
        variables[1],
        ("NO_PROXY", "example.com,0.0.0.0"),
    ];
    read(&server.url(NOT_LOOPBACK), &exempt)
        .await
        .assert_found();
    assert_eq!(proxy.heads(), [""; 0]);
    read(&server.url(NOT_LOOPBACK), &variables)
        .await
        .assert_found();
    assert_ne!(proxy.heads(), [""; 0]);
}

#[tokio::test]
async fn this_machine_is_never_reached_through_a_proxy() {
    let server = Server::with_tls(&[&TLS13], domain).await;
    let proxy = Proxy::start(Manner::Connect(server.address())).await;
    let url = proxy.url();
    let variables = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"].map(|name| (name, url.as_str()));
    let variables = [&variables[..], &[("SSL_CERT_FILE", server.authority())]].concat();
    read(&server.url("localhost"), &variables)
        .await
        .assert_found();
    assert_eq!(proxy.heads(), [""; 0]);
}

#[tokio::test]
async fn a_proxy_that_refuses_is_an_error_without_its_password() {
    let server = Server::with_tls(&[&TLS13], domain).await;
    for (status, told) in [
        (
            "407 Proxy Authentication Required",
            "does not accept its user name and password (407)",
        ),
        ("403 Forbidden", "refused to connect to it"),
        ("503 Service Unavailable", "refused to connect to it"),
    ] {
        let proxy = Proxy::start(Manner::Refuse(status)).await;
        let outcome = read(&server.url(ELSEWHERE), &[("HTTPS_PROXY", &proxy.url())]).await;
        outcome.assert_error(&format!("the proxy that HTTPS_PROXY names {told}"));
    }
    assert_eq!(server.heads(), [""; 0]);
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_an_error_without_its_password() {
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = gone.local_addr().unwrap();
    drop(gone);
    let proxy = format!("http://{PROXY_USER}:{PROXY_PASSWORD}@{address}");
    let outcome = read("https://api.example.test", &[("HTTPS_PROXY", &proxy)]).await;
    outcome.assert_error("the proxy that HTTPS_PROXY names cannot be reached: ");
}

#[tokio::test]
async fn a_proxy_that_cannot_be_read_is_an_error_and_never_passed_by() {
    let server = Server::with_tls(&[&TLS13], domain).await;
    let user = format!("{PROXY_USER}:{PROXY_PASSWORD}");
    for (variable, proxy) in [
        (
            "HTTPS_PROXY",
            format!("http://{user}@proxy.example.com:port"),
        ),
        ("https_proxy", format!("socks5://{user}@127.0.0.1:1080")),
        ("ALL_PROXY", format!("http://{user}@")),
        ("all_proxy", format!("{user}@a b:3128")),
    ] {
        let variables = [
            (variable, proxy.as_str()),
            ("SSL_CERT_FILE", server.authority()),
        ];
        let outcome = read(&server.url(NOT_LOOPBACK), &variables).await;
        outcome.assert_error(&format!(
            "nothing was sent: {variable} cannot be read: it should be a URL"
        ));
    }
    assert_eq!(server.knocks(), 0);
}

#[tokio::test]
async fn a_proxy_behind_an_empty_variable_is_used() {
    let server = Server::with_tls(&[&TLS13], domain).await;
    let proxy = Proxy::start(Manner::Connect(server.address())).await;
    let variables = [
        ("HTTPS_PROXY", ""),
        ("https_proxy", &proxy.url()),
        ("SSL_CERT_FILE", server.authority()),
    ];
    read(&server.url(NOT_LOOPBACK), &variables)
        .await
        .assert_found();
    assert_ne!(proxy.heads(), [""; 0]);
}

#[tokio::test]
async fn a_redirect_is_an_error_and_the_other_host_is_sent_nothing() {
    let other = Server::with_tls(&[&TLS13], domain).await;
    let header = format!("location: {}/v1/psip", other.url(NOT_LOOPBACK));
    let redirect = move |_: &str| reply("307 Temporary Redirect", &header, "");
    let server = Server::with_tls(&[&TLS13], redirect).await;
    let authority = ("SSL_CERT_FILE", server.authority());
    let outcome = read(&server.url("localhost"), &[authority]).await;
    // Not even a connection that fails for the certificate.
    assert_eq!(other.knocks(), 0);
    outcome.assert_error("redirects are not followed, so check base_url");
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

#[tokio::test]
async fn a_certificate_for_other_names_is_said_without_them() {
    let server = Server::with_tls(&[&TLS13], domain).await;
    let authority = ("SSL_CERT_FILE", server.authority());
    let outcome = read(&server.url("127.0.0.1"), &[authority]).await;
    outcome.assert_error("no trusted connection to 127.0.0.1");
    outcome.assert_error("its certificate is for other names");
    assert!(!outcome.told.contains(ELSEWHERE), "{}", outcome.told);
}

#[tokio::test]
async fn https_before_a_port_that_speaks_plain_http_is_said_in_these_words() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let answer = reply("400 Bad Request", "content-type: text/plain", "what?");
            stream.write_all(answer.as_bytes()).await.unwrap();
            // Waits for the client to go, so that the answer is not lost to a reset.
            let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
        }
    });
    let outcome = read(&url, &[]).await;
    server.abort();
    outcome.assert_error("speaks plain HTTP; check the port of `base_url`");
}
