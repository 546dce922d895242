//! The host's side of go-plugin's AutoMTLS.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::sign::{CertifiedKey, SigningKey, SingleCertAndKey};
use rustls::{ClientConfig, RootCertStore};

use super::Error;

/// A host's certificate and its key.
#[derive(Clone, Debug)]
pub struct Identity(Arc<CertifiedKey>);

impl Identity {
    /// A new identity, with a key on P-256.
    pub fn generate() -> Result<Self, Error> {
        Self::try_generate().map_err(Error::Connect)
    }

    fn try_generate() -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let key = rcgen::KeyPair::generate()?;
        let params = rcgen::CertificateParams::new(["localhost".to_owned()])?;
        let certificate = params.self_signed(&key)?;
        let key = PrivatePkcs8KeyDer::from(key.serialize_der()).into();
        let key = rustls::crypto::ring::sign::any_supported_type(&key)?;
        Ok(Self::new(certificate.der().clone(), key))
    }

    /// An identity of any kind.
    pub fn new(certificate: CertificateDer<'static>, key: Arc<dyn SigningKey>) -> Self {
        Self(Arc::new(CertifiedKey::new(vec![certificate], key)))
    }

    /// The certificate as `PLUGIN_CLIENT_CERT` has it.
    pub fn pem(&self) -> String {
        let body = STANDARD.encode(self.0.cert.first().map_or(&[][..], AsRef::as_ref));
        format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n")
    }
}

/// The client's configuration that trusts this certificate of a plugin alone, and shows `identity`.
pub(super) fn client_config(
    plugin: CertificateDer<'static>,
    identity: Option<&Identity>,
) -> Result<Arc<ClientConfig>, rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.add(plugin)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots);
    let mut config = match identity {
        Some(identity) => config
            .with_client_cert_resolver(Arc::new(SingleCertAndKey::from(Arc::clone(&identity.0)))),
        None => config.with_no_client_auth(),
    };
    config.alpn_protocols = vec![b"h2".to_vec()];
    Ok(Arc::new(config))
}
