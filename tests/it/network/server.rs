//! The scripted server over TLS, with a certificate authority of its own.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, SupportedProtocolVersion};
use tempfile::TempDir;
use tokio_rustls::TlsAcceptor;

use crate::support::http_server::{self, Received, Reply};

/// What the certificate is for: names that need no resolver, and an address that is this machine without being loopback,
/// so that proxies are asked.
const NAMES: [&str; 4] = ["localhost", "0.0.0.0", super::ELSEWHERE, super::PUNYCODE];

/// A running server. Dropping it ends it.
pub(super) struct Server {
    http: http_server::Server,
    authority: PathBuf,
    _folder: TempDir,
}

impl Server {
    /// Serves TLS of these versions, and makes a whole answer of the head of each request.
    pub(super) async fn with_tls(
        versions: &[&'static SupportedProtocolVersion],
        handler: impl Fn(&str) -> String + Send + 'static,
    ) -> Self {
        Self::start(versions, &[], handler).await
    }

    /// Claims to speak HTTP/2, and answers the client's preface with these frames.
    pub(super) async fn with_frames(frames: String) -> Self {
        let handler = move |_: &str| frames.clone();
        Self::start(&[&rustls::version::TLS13], &[b"h2".to_vec()], handler).await
    }

    async fn start(
        versions: &[&'static SupportedProtocolVersion],
        protocols: &[Vec<u8>],
        handler: impl Fn(&str) -> String + Send + 'static,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let authority = folder.path().join("authority.pem");
        let (chain, key) = certificate(&authority);
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        config.alpn_protocols = protocols.to_vec();
        let tls = TlsAcceptor::from(Arc::new(config));
        let handler = move |received: &Received| Reply::Raw(handler(&received.head));
        Self {
            http: http_server::Server::start(Some(tls), handler).await,
            authority,
            _folder: folder,
        }
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.http.address()
    }

    /// Its URL under one of its names.
    pub(super) fn url(&self, name: &str) -> String {
        format!("https://{name}:{}", self.address().port())
    }

    /// The file that `SSL_CERT_FILE` should name.
    pub(super) fn authority(&self) -> &str {
        self.authority.to_str().unwrap()
    }

    /// How many connections it has had.
    pub(super) fn knocks(&self) -> usize {
        self.http.connections()
    }

    /// The heads of the requests so far.
    pub(super) fn heads(&self) -> Vec<String> {
        let requests = self.http.requests().into_iter();
        requests.map(|request| request.head).collect()
    }
}

/// Makes an authority, writes its certificate to a file, and has it sign one for the server.
fn certificate(authority: &Path) -> (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>) {
    let (root_key, key) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
    let mut root = CertificateParams::new([]).unwrap();
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root_certificate = root.self_signed(&root_key).unwrap();
    fs::write(authority, pem(root_certificate.der())).unwrap();
    let params = CertificateParams::new(NAMES.map(str::to_owned)).unwrap();
    let signed = params
        .signed_by(&key, &Issuer::new(root, root_key))
        .unwrap();
    let key = PrivatePkcs8KeyDer::from(key.serialize_der()).into();
    (vec![signed.der().clone()], key)
}

fn pem(der: &[u8]) -> String {
    use base64::Engine as _;
    let body = base64::engine::general_purpose::STANDARD.encode(der);
    format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n")
}
