//! Mutual TLS as go-plugin's AutoMTLS has it: each side has a certificate of its own making and pins the other's.

use std::sync::Arc;

use rcgen::{
    CertificateParams, DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P256_SHA256,
};
use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, ring, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, UnixTime};
use rustls::server::NoServerSessionStorage;
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, Error, PeerIncompatible,
    ServerConfig, SignatureScheme,
};
use tokio_rustls::TlsAcceptor;
use zeroize::Zeroizing;

use super::p521;

/// The name that hosts expect in the certificate, whatever the socket.
const SERVER_NAME: &str = "localhost";

/// Why no TLS configuration could be made. Neither depends on the host.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The key or the certificate could not be made.
    #[error("could not make a certificate")]
    Certificate(#[from] rcgen::Error),
    /// rustls refused the configuration.
    #[error("could not configure TLS")]
    Configuration(#[from] rustls::Error),
}

/// This process's own key and certificate. There is no `Debug`, so that the key cannot be printed.
pub(super) struct Identity {
    key: Zeroizing<KeyPair>,
    /// What the host pins.
    pub(super) certificate: CertificateDer<'static>,
}

impl Identity {
    /// Makes a new one; every start of the process waits for it.
    pub(super) fn generate() -> Result<Self, TlsError> {
        // P-256 because it is quick to make.
        let key = Zeroizing::new(KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?);
        let certificate = certificate_params()?.self_signed(&*key)?.der().clone();
        Ok(Self { key, certificate })
    }

    /// The server side of TLS: accepts the holder of the host's certificate and nobody else.
    pub(super) fn acceptor_for(
        self,
        host: CertificateDer<'static>,
    ) -> Result<TlsAcceptor, TlsError> {
        let provider = Arc::new(ring::default_provider());
        let verifier = PinnedHost::new(host, &provider);
        // Every host that sends a certificate speaks 1.3, where a signature scheme is tied to its curve.
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13])?
            .with_client_cert_verifier(Arc::new(verifier))
            .with_single_cert(
                vec![self.certificate],
                // rustls clears this copy from memory once it has read it.
                PrivatePkcs8KeyDer::from(self.key.serialize_der()).into(),
            )?;
        config.alpn_protocols = vec![b"h2".to_vec()];
        // No resumption: each connection shows the certificate anew.
        config.send_tls13_tickets = 0;
        config.session_storage = Arc::new(NoServerSessionStorage {});
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

/// A server certificate for `localhost`. It has no dates of its own: it lives as long as this process.
fn certificate_params() -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new([SERVER_NAME.to_owned()])?;
    params
        .distinguished_name
        .push(DnType::CommonName, SERVER_NAME);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    Ok(params)
}

/// Accepts one certificate, compared byte for byte, from whoever can sign with its key.
///
/// A chain verifier cannot do this: the host's certificate is its own authority, which those refuse in a client.
#[derive(Debug)]
pub(super) struct PinnedHost {
    certificate: CertificateDer<'static>,
    algorithms: WebPkiSupportedAlgorithms,
}

impl PinnedHost {
    pub(super) fn new(certificate: CertificateDer<'static>, provider: &CryptoProvider) -> Self {
        Self {
            certificate,
            algorithms: provider.signature_verification_algorithms,
        }
    }
}

impl ClientCertVerifier for PinnedHost {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        if *end_entity == self.certificate {
            Ok(ClientCertVerified::assertion())
        } else {
            Err(CertificateError::ApplicationVerificationFailure.into())
        }
    }

    /// Not called, as 1.2 is not spoken.
    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(PeerIncompatible::Tls12NotOffered.into())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = match signed.scheme {
            SignatureScheme::ECDSA_NISTP521_SHA512 => &p521::ALGORITHMS,
            _ => &self.algorithms,
        };
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        // Go sends a certificate only where its kind of key is offered, so P-521 must be.
        [&p521::ALGORITHMS, &self.algorithms]
            .into_iter()
            .flat_map(WebPkiSupportedAlgorithms::supported_schemes)
            .collect()
    }
}
