//! The handshake: what the host asks for by environment variables, and the line on standard output that answers it.

use std::io::{self, Write};
use std::ops::RangeInclusive;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::server::ParsedCertificate;

use super::listener::Address;
use crate::env::Environment;

/// Version of the handshake line itself; go-plugin calls it the core protocol.
const CORE_PROTOCOL: u32 = 1;

/// What a host and its plugins have agreed on beforehand.
#[derive(Clone, Copy, Debug)]
pub struct HandshakeConfig {
    /// Environment variable by which the host shows that it is one.
    pub cookie_key: &'static str,
    /// The value it must have. No secret: it only tells a host from a person.
    pub cookie_value: &'static str,
    /// The one version of the plugin's protocol that this plugin speaks.
    pub protocol_version: u32,
}

/// What Terraform and OpenTofu have agreed on with providers of protocol 6.
pub const TERRAFORM: HandshakeConfig = HandshakeConfig {
    cookie_key: "TF_PLUGIN_MAGIC_COOKIE",
    cookie_value: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
    protocol_version: 6,
};

/// Whether a host started this process, not a person.
pub fn started_by_host(config: &HandshakeConfig, environment: &dyn Environment) -> bool {
    environment.get(config.cookie_key).as_deref() == Some(config.cookie_value)
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
    pub(super) place: Place,
    /// Whether the line must say if connections are multiplexed.
    pub(super) asks_for_multiplexing: bool,
}

/// Where the host wants to be served.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// `PLUGIN_UNIX_SOCKET_DIR`: the folder of the socket, with no other to fall back on.
    pub(super) socket_dir: Option<String>,
    /// `PLUGIN_UNIX_SOCKET_GROUP`: name or number of the group that may connect too.
    pub(super) socket_group: Option<String>,
    /// `TMPDIR`.
    pub(super) temp_dir: Option<String>,
    /// `PLUGIN_MIN_PORT` to `PLUGIN_MAX_PORT`, for TCP only. `None` is any port.
    pub(super) ports: Option<RangeInclusive<u16>>,
}

impl HostRequest {
    /// Reads the variables that go-plugin's host sets.
    pub(super) fn read(environment: &dyn Environment) -> Result<Self, HandshakeError> {
        Ok(Self {
            certificate: environment
                .get("PLUGIN_CLIENT_CERT")
                .map(|pem| parse_certificate(&pem))
                .transpose()?,
            place: Place::read(environment),
            asks_for_multiplexing: environment.get("PLUGIN_MULTIPLEX_GRPC").is_some(),
        })
    }
}

impl Place {
    /// Reads where to listen.
    pub(super) fn read(environment: &dyn Environment) -> Self {
        let port = |name| environment.get(name)?.trim().parse::<u16>().ok();
        Self {
            socket_dir: environment.get("PLUGIN_UNIX_SOCKET_DIR"),
            socket_group: environment.get("PLUGIN_UNIX_SOCKET_GROUP"),
            temp_dir: environment.get("TMPDIR"),
            ports: port("PLUGIN_MIN_PORT")
                .zip(port("PLUGIN_MAX_PORT"))
                .map(|(min, max)| min..=max),
        }
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
    config: &HandshakeConfig,
    request: &HostRequest,
    address: &Address,
    certificate: Option<&CertificateDer<'_>>,
) -> String {
    let version = config.protocol_version;
    let (network, address) = (address.network, &address.location);
    let certificate = certificate.map_or_else(String::new, |der| STANDARD_NO_PAD.encode(der));
    let multiplexed = if request.asks_for_multiplexing {
        "|false"
    } else {
        ""
    };
    format!("{CORE_PROTOCOL}|{version}|{network}|{address}|grpc|{certificate}{multiplexed}\n")
}

/// Writes the line in one piece. Nothing else in this process writes to standard output.
pub(super) fn announce(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(line.as_bytes())?;
    out.flush()
}

#[cfg(test)]
mod tests;
