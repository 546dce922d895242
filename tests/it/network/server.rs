//! An HTTPS server on loopback, with a certificate authority of its own, that answers each request from a function.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, SupportedProtocolVersion};
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, copy, sink};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// What the certificate is for: names that need no resolver, and an address that is this machine without being loopback,
/// so that proxies are asked.
const NAMES: [&str; 4] = ["localhost", "0.0.0.0", super::ELSEWHERE, super::PUNYCODE];

/// From the head of a request to a whole answer.
type Handler = Arc<dyn Fn(&str) -> String + Send + Sync>;

/// A running server. Dropping it ends it.
pub(super) struct Server {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
    knocks: Arc<AtomicUsize>,
    authority: PathBuf,
    _folder: TempDir,
    task: JoinHandle<()>,
}

impl Server {
    /// Serves TLS of these versions.
    pub(super) async fn with_tls(
        versions: &[&'static SupportedProtocolVersion],
        handler: impl Fn(&str) -> String + Send + Sync + 'static,
    ) -> Self {
        Self::start(versions, &[], Arc::new(handler)).await
    }

    /// Claims to speak HTTP/2, and answers the client's preface with these frames.
    pub(super) async fn with_frames(frames: String) -> Self {
        let handler: Handler = Arc::new(move |_: &str| frames.clone());
        Self::start(&[&rustls::version::TLS13], &[b"h2".to_vec()], handler).await
    }

    async fn start(
        versions: &[&'static SupportedProtocolVersion],
        protocols: &[Vec<u8>],
        handler: Handler,
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
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let journal = Arc::clone(&heads);
        let knocks = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&knocks);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counter.fetch_add(1, Ordering::SeqCst);
                let (acceptor, journal) = (acceptor.clone(), Arc::clone(&journal));
                let handler = Arc::clone(&handler);
                tokio::spawn(async move {
                    // A client that does not trust the certificate is what some tests are about.
                    if let Ok(stream) = acceptor.accept(stream).await {
                        answer(stream, &*handler, &journal).await;
                    }
                });
            }
        });
        Self {
            address,
            heads,
            knocks,
            authority,
            _folder: folder,
            task,
        }
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its URL under one of its names.
    pub(super) fn url(&self, name: &str) -> String {
        format!("https://{name}:{}", self.address.port())
    }

    /// The file that `SSL_CERT_FILE` should name.
    pub(super) fn authority(&self) -> &str {
        self.authority.to_str().unwrap()
    }

    /// How many connections it has had.
    pub(super) fn knocks(&self) -> usize {
        self.knocks.load(Ordering::SeqCst)
    }

    /// The heads of the requests so far.
    pub(super) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
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

async fn answer(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    handler: &(dyn Fn(&str) -> String + Send + Sync),
    journal: &Mutex<Vec<String>>,
) {
    let head = read_head(&mut stream).await;
    journal.lock().unwrap().push(head.clone());
    // The client may be gone; what it makes of that, its own test says.
    let _ = stream.write_all(handler(&head).as_bytes()).await;
    let _ = stream.shutdown().await;
    // A connection that is closed while there is something to be read is reset, and the answer may be lost.
    let _ = copy(&mut stream, &mut sink()).await;
}

/// Reads up to the empty line; less where the client is gone before.
pub(super) async fn read_head(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8(head).unwrap()
}
