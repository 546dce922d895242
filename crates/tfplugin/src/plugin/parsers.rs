//! What a start reads of the host, as functions of the input alone: for fuzzing.

use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::server::danger::ClientCertVerifier as _;

use super::handshake::{HandshakeError, HostRequest, line};
use super::listener::Address;
use super::p521::ALGORITHMS;
use super::tls::PinnedHost;
use crate::env::Environment;

/// Whether a host of this environment wants TLS, and the line that it is answered with.
pub fn handshake(environment: &dyn Environment) -> Result<(bool, String), HandshakeError> {
    let request = HostRequest::read(environment)?;
    let address = Address {
        network: "unix",
        location: "/tmp/plugin1".to_owned(),
    };
    let certificate = request.certificate.as_ref();
    let line = line(&request, &address, certificate);
    Ok((certificate.is_some(), line))
}

/// Whether a client that shows this certificate is taken for the host that has `pinned`.
pub fn is_pinned(pinned: &[u8], shown: &[u8]) -> bool {
    let shown = CertificateDer::from(shown);
    let _ = ParsedCertificate::try_from(&shown);
    let pinned = CertificateDer::from(pinned).into_owned();
    let now = UnixTime::since_unix_epoch(std::time::Duration::ZERO);
    PinnedHost::new(pinned, &ring::default_provider())
        .verify_client_cert(&shown, &[], now)
        .is_ok()
}

/// Whether this is the message's signature by this key on P-521.
pub fn is_signed_with_p521(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let mut algorithms = ALGORITHMS.all.iter();
    algorithms.any(|it| it.verify_signature(key, message, signature).is_ok())
}
