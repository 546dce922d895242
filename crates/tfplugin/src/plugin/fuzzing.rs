//! Fuzz targets of the start: any environment of a host, and any certificate, key and signature.

use std::collections::BTreeMap;

use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::server::danger::ClientCertVerifier as _;

use super::handshake::{HandshakeError, HostRequest, TERRAFORM, line, started_by_host};
use super::listener::Address;
use super::p521::ALGORITHMS;
use super::tls::PinnedHost;

/// Reads variables as a process has them: `NAME=value`, with a zero byte between two.
///
/// # Panics
/// Where the answer is not one line of the fields that hosts read, or a host that wants TLS would be served without.
pub fn handshake(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let variables = text.split('\0').filter_map(|entry| entry.split_once('='));
    let environment: BTreeMap<String, String> = variables
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let has = |name: &str| environment.get(name).is_some_and(|value| !value.is_empty());
    let is_host = started_by_host(&TERRAFORM, &environment);
    assert_eq!(
        is_host,
        environment
            .get(TERRAFORM.cookie_key)
            .is_some_and(|value| value == TERRAFORM.cookie_value)
    );
    let request = match HostRequest::read(&environment) {
        Ok(request) => request,
        Err(HandshakeError::NotPem(_) | HandshakeError::NotACertificate(_)) => return,
    };
    assert_eq!(
        request.certificate.is_some(),
        has("PLUGIN_CLIENT_CERT"),
        "the host's wish for TLS was lost"
    );
    let address = Address {
        network: "unix",
        location: "/tmp/plugin1".to_owned(),
    };
    let line = line(&TERRAFORM, &request, &address, request.certificate.as_ref());
    let fields = if has("PLUGIN_MULTIPLEX_GRPC") { 7 } else { 6 };
    assert_eq!(line.split('|').count(), fields, "{line:?}");
    assert_eq!(line.find('\n'), Some(line.len() - 1), "{line:?}");
}

/// Reads the bytes as a certificate, and, split by the first two, as a key, a signature and a message.
///
/// # Panics
/// Where another certificate than the pinned one is accepted, or a signature that nobody made.
pub fn certificate(bytes: &[u8]) {
    let der = CertificateDer::from(bytes);
    let _ = ParsedCertificate::try_from(&der);
    let host = CertificateDer::from(&b"the host's"[..]);
    let pinned = PinnedHost::new(host.clone(), &ring::default_provider());
    let now = UnixTime::since_unix_epoch(std::time::Duration::ZERO);
    assert_eq!(
        pinned.verify_client_cert(&der, &[], now).is_ok(),
        der == host
    );
    let [key_length, signature_length, rest @ ..] = bytes else {
        return;
    };
    let (key, rest) = rest.split_at(rest.len().min((*key_length).into()));
    let (signature, message) = rest.split_at(rest.len().min((*signature_length).into()));
    for algorithm in ALGORITHMS.all {
        // The corpus has keys, but no signature that was made with one.
        assert!(algorithm.verify_signature(key, message, signature).is_err());
    }
}
