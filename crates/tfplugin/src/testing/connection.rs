//! A connection to a plugin: its socket, TLS where it has a certificate, and HTTP/2.

use std::pin::Pin;
use std::str::FromStr;
use std::task::{Context, Poll};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use http::Uri;
use http::uri::{Authority, Scheme};
use hyper::body::Incoming;
use hyper::client::conn::http2::{self, SendRequest};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tonic::body::Body;

use super::Error;
use super::identity::{Identity, client_config};
use super::process::in_time;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// What a plugin says of itself in its first line: where it is, and who.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandshakeLine {
    /// `unix` or `tcp`.
    pub network: String,
    /// The path of the socket, or an address with a port.
    pub address: String,
    /// The plugin's certificate; without it there is no TLS.
    pub certificate: Option<CertificateDer<'static>>,
}

impl FromStr for HandshakeLine {
    type Err = Error;

    fn from_str(line: &str) -> Result<Self, Error> {
        let broken = || Error::Handshake(format!("{line:?}"));
        let fields: Vec<&str> = line.trim_end_matches('\n').split('|').collect();
        let ["1", "6", network, address, "grpc", certificate, ..] = fields[..] else {
            return Err(broken());
        };
        let certificate = match certificate {
            "" => None,
            text => Some(STANDARD_NO_PAD.decode(text).map_err(|_| broken())?.into()),
        };
        Ok(Self {
            network: network.to_owned(),
            address: address.to_owned(),
            certificate,
        })
    }
}

/// An open connection, which clones share and which ends with the last of them.
#[derive(Clone, Debug)]
pub struct Connection(SendRequest<Body>);

impl Connection {
    /// Connects to the plugin that wrote this line, and to no other.
    pub async fn open(line: &HandshakeLine, identity: Option<&Identity>) -> Result<Self, Error> {
        in_time(connect(line, identity))
            .await?
            .map_err(Error::Connect)
    }
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

async fn connect(
    line: &HandshakeLine,
    identity: Option<&Identity>,
) -> Result<Connection, BoxError> {
    let mut stream: Box<dyn Stream> = match line.network.as_str() {
        #[cfg(unix)]
        "unix" => Box::new(tokio::net::UnixStream::connect(&line.address).await?),
        _ => Box::new(TcpStream::connect(&line.address).await?),
    };
    if let Some(certificate) = &line.certificate {
        let tls = TlsConnector::from(client_config(certificate.clone(), identity)?);
        stream = Box::new(
            tls.connect(ServerName::try_from("localhost")?, stream)
                .await?,
        );
    }
    let (sender, connection) = http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(Connection(sender))
}

impl tower_service::Service<http::Request<Body>> for Connection {
    type Response = http::Response<Incoming>;
    type Error = hyper::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), hyper::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, mut request: http::Request<Body>) -> Self::Future {
        // HTTP/2 wants them; the connection leads to one place whatever they say.
        let mut uri = std::mem::take(request.uri_mut()).into_parts();
        uri.scheme = Some(Scheme::HTTP);
        uri.authority = Some(Authority::from_static("localhost"));
        *request.uri_mut() = Uri::from_parts(uri).unwrap_or_default();
        Box::pin(self.0.send_request(request))
    }
}
