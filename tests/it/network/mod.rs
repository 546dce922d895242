//! The way to the API: which certificates, proxies and hosts are trusted, and what each of them gets to see.

mod echoes;
mod proxy;
mod server;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use rustls::version::{TLS12, TLS13};
use tfplugin::testing::messages::{Diagnostic, read_resource, validate_resource_config};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use self::proxy::{Manner, Proxy};
use self::server::Server;
use crate::client::{Client, configure, encode, resource_type, with_nulls};
use crate::host::{Start, in_time};

/// A host that no resolver knows (RFC 6761), so that only a proxy can reach it.
const ELSEWHERE: &str = "api.example.test";
/// The same, as a person writes it and as it goes over the wire (RFC 3492).
const INTERNATIONAL: &str = "BÜCHER.example.test";
const PUNYCODE: &str = "xn--bcher-kva.example.test";
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
async fn an_international_host_name_goes_over_the_wire_as_punycode() {
    let server = Server::with_tls(&[&TLS13], domain).await;
    let proxy = Proxy::start(Manner::Connect(server.address())).await;
    let variables = [
        ("HTTPS_PROXY", &*proxy.url()),
        ("SSL_CERT_FILE", server.authority()),
    ];
    read(&server.url(INTERNATIONAL), &variables)
        .await
        .assert_found();
    let asked = proxy.heads().concat();
    assert!(
        asked.starts_with(&format!("CONNECT {PUNYCODE}:")),
        "{asked}"
    );
    let sent = server.heads().concat();
    assert!(sent.contains(&format!("host: {PUNYCODE}:")), "{sent}");
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
