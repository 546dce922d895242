//! The TLS configuration towards the API: ring, TLS 1.2 and later, the system's root certificates.

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt as _;

/// Builds the configuration for an HTTPS API. Reads the system's certificates, or those of `SSL_CERT_FILE` and
/// `SSL_CERT_DIR`.
pub(crate) fn system_roots() -> Result<ClientConfig, rustls::Error> {
    let config = builder()?.with_platform_verifier()?.with_no_client_auth();
    Ok(with_alpn(config))
}

/// Builds the configuration for plain HTTP on this machine: it trusts nobody, and saves reading certificates.
pub(crate) fn no_roots() -> Result<ClientConfig, rustls::Error> {
    let config = builder()?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    Ok(with_alpn(config))
}

/// The provider is named here, not installed for the process: two libraries could then fight over it.
fn builder() -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
}

fn with_alpn(mut config: ClientConfig) -> ClientConfig {
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    config
}
