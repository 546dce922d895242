//! The host's side of go-plugin's AutoMTLS.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use p521::ecdsa::signature::Signer as _;
use p521::ecdsa::{DerSignature, SigningKey as P521Key};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, PrivateSec1KeyDer};
use rustls::sign::{CertifiedKey, Signer, SigningKey, SingleCertAndKey};
use rustls::{ClientConfig, Error, RootCertStore, SignatureAlgorithm, SignatureScheme};

/// A certificate like the one that Terraform makes for each start: P-521, self-signed, its own authority. Made by
///
/// ```sh
/// openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:secp521r1 -sha512 -nodes -days 36500 \
///   -subj /O=HashiCorp/CN=localhost -addext subjectAltName=DNS:localhost \
///   -addext extendedKeyUsage=clientAuth,serverAuth \
///   -addext keyUsage=critical,digitalSignature,keyEncipherment,keyAgreement,keyCertSign \
///   -out host.pem -keyout - | openssl ec -out host.key
/// ```
const CERTIFICATE: &str = include_str!("../fixtures/host.pem");
/// Its key, which guards nothing.
const KEY: &str = include_str!("../fixtures/host.key");
/// Where the 66 bytes of a P-521 key are in the DER of RFC 5915: after three headers.
const SCALAR: std::ops::Range<usize> = 8..74;

/// A certificate and its key.
#[derive(Clone, Debug)]
pub(crate) struct Identity(Arc<CertifiedKey>);

impl Identity {
    /// An identity of the kind that Terraform has.
    pub(crate) fn terraform() -> Self {
        Self::new(fixed_certificate(), Arc::new(HostKey(fixed_key())))
    }

    /// Terraform's certificate in the hands of someone who lacks its key.
    pub(crate) fn terraform_with_another_key() -> Self {
        let another = P521Key::from_slice(&[1; 66]).unwrap();
        Self::new(fixed_certificate(), Arc::new(HostKey(another)))
    }

    /// A new P-256 identity of the same name.
    pub(crate) fn of_another_kind() -> Self {
        let key = rcgen::KeyPair::generate().unwrap();
        let params = rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap();
        let certificate = params.self_signed(&key).unwrap();
        let key = PrivatePkcs8KeyDer::from(key.serialize_der()).into();
        let key = rustls::crypto::ring::sign::any_supported_type(&key).unwrap();
        Self::new(certificate.der().clone(), key)
    }

    fn new(certificate: CertificateDer<'static>, key: Arc<dyn SigningKey>) -> Self {
        Self(Arc::new(CertifiedKey::new(vec![certificate], key)))
    }

    /// The certificate as `PLUGIN_CLIENT_CERT` has it.
    pub(crate) fn pem(&self) -> String {
        let body = STANDARD.encode(&self.0.cert[0]);
        format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n")
    }
}

/// The client's configuration that trusts the handshake's certificate alone, and shows `identity`.
pub(super) fn client_config(certificate: &str, identity: Option<&Identity>) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    let server = CertificateDer::from(STANDARD_NO_PAD.decode(certificate).unwrap());
    roots.add(server).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots);
    let mut config = match identity {
        Some(identity) => config
            .with_client_cert_resolver(Arc::new(SingleCertAndKey::from(Arc::clone(&identity.0)))),
        None => config.with_no_client_auth(),
    };
    config.alpn_protocols = vec![b"h2".to_vec()];
    Arc::new(config)
}

fn fixed_certificate() -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(CERTIFICATE.as_bytes()).unwrap()
}

fn fixed_key() -> P521Key {
    let der = PrivateSec1KeyDer::from_pem_slice(KEY.as_bytes()).unwrap();
    P521Key::from_slice(&der.secret_sec1_der()[SCALAR]).unwrap()
}

/// A P-521 key for rustls. Like Go, it shows no certificate to a server that does not offer its scheme.
struct HostKey(P521Key);

impl std::fmt::Debug for HostKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HostKey")
    }
}

impl SigningKey for HostKey {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        offered
            .contains(&SignatureScheme::ECDSA_NISTP521_SHA512)
            .then(|| Box::new(HostKey(self.0.clone())) as Box<dyn Signer>)
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::ECDSA
    }
}

impl Signer for HostKey {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        let signature: DerSignature = self.0.sign(message);
        Ok(signature.as_bytes().to_vec())
    }

    fn scheme(&self) -> SignatureScheme {
        SignatureScheme::ECDSA_NISTP521_SHA512
    }
}
