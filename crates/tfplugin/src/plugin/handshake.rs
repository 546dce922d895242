//! The handshake: what the host asks for by environment variables, and the line on standard output that answers it.

use std::io::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::server::ParsedCertificate;

use super::listener::{Address, ListenRequest};
use crate::env::Environment;

/// Version of the handshake line itself; go-plugin calls it the core protocol.
const CORE_PROTOCOL: u32 = 1;

/// The version of Terraform's plugin protocol that this crate speaks.
pub const PROTOCOL_VERSION: u32 = 6;

/// Environment variable by which Terraform and OpenTofu show that they are the host.
pub const COOKIE_KEY: &str = "TF_PLUGIN_MAGIC_COOKIE";
/// The value it must have. No secret: it only tells a host from a person.
pub const COOKIE_VALUE: &str = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

/// Whether a host started this process, not a person.
pub fn started_by_host(environment: &dyn Environment) -> bool {
    environment.get(COOKIE_KEY).as_deref() == Some(COOKIE_VALUE)
}

/// Why the host's wishes cannot be met.
#[derive(Debug, thiserror::Error)]
pub enum HandshakeError {
    /// The variable holds no PEM certificate.
    #[error("PLUGIN_CLIENT_CERT holds no PEM certificate")]
    NotPem(#[source] rustls::pki_types::pem::Error),
    /// The variable holds a PEM block whose content is no certificate.
    #[error("PLUGIN_CLIENT_CERT is not an X.509 certificate")]
    NotACertificate(#[source] rustls::Error),
}

/// What the host asks for.
///
/// `PLUGIN_PROTOCOL_VERSIONS` is not among it: a plugin of one version answers that version whatever the host
/// lists, and the host reports a mismatch with words of its own.
#[derive(Debug)]
pub(super) struct HostRequest {
    /// The certificate that the host will show; none means plain HTTP/2.
    pub(super) certificate: Option<CertificateDer<'static>>,
    /// Where to listen.
    pub(super) listen: ListenRequest,
    /// Whether the line must say if connections are multiplexed.
    pub(super) asks_for_multiplexing: bool,
}

impl HostRequest {
    /// Reads the variables that go-plugin's host sets.
    pub(super) fn read(environment: &dyn Environment) -> Result<Self, HandshakeError> {
        Ok(Self {
            certificate: environment
                .get("PLUGIN_CLIENT_CERT")
                .map(|pem| parse_certificate(&pem))
                .transpose()?,
            listen: ListenRequest::read(environment),
            asks_for_multiplexing: environment.get("PLUGIN_MULTIPLEX_GRPC").is_some(),
        })
    }
}

/// Takes the first certificate out of a PEM text. Never `None` for a text that has none: to serve without TLS a
/// host that wants it would be worse than to fail.
fn parse_certificate(pem: &str) -> Result<CertificateDer<'static>, HandshakeError> {
    let certificate =
        CertificateDer::from_pem_slice(pem.as_bytes()).map_err(HandshakeError::NotPem)?;
    ParsedCertificate::try_from(&certificate).map_err(HandshakeError::NotACertificate)?;
    Ok(certificate)
}

/// The answer: `CORE|PROTOCOL|NETWORK|ADDRESS|grpc|CERTIFICATE`, and `|false` for a host that asks for multiplexing.
pub(super) fn line(
    request: &HostRequest,
    address: &Address,
    certificate: Option<&CertificateDer<'_>>,
) -> String {
    let (network, address) = (address.network, &address.location);
    let certificate = certificate.map_or_else(String::new, |der| STANDARD_NO_PAD.encode(der));
    let multiplexed = if request.asks_for_multiplexing {
        "|false"
    } else {
        ""
    };
    format!(
        "{CORE_PROTOCOL}|{PROTOCOL_VERSION}|{network}|{address}|grpc|{certificate}{multiplexed}\n"
    )
}

/// Writes the line in one piece. Nothing else in this process writes to standard output.
pub(super) fn announce(out: &mut dyn Write, line: &str) -> io::Result<()> {
    out.write_all(line.as_bytes())?;
    out.flush()
}

#[cfg(test)]
mod tests;
