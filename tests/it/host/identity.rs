//! The certificate that Terraform shows its providers, and one with the same face and another key.

use std::sync::Arc;

use p521::ecdsa::signature::Signer as _;
use p521::ecdsa::{DerSignature, SigningKey as P521Key};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateSec1KeyDer};
use rustls::sign::{Signer, SigningKey};
use rustls::{Error, SignatureAlgorithm, SignatureScheme};
use tfplugin::testing::Identity;

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

/// An identity of the kind that Terraform has.
pub(super) fn terraform() -> Identity {
    Identity::new(fixed_certificate(), Arc::new(HostKey(fixed_key())))
}

/// Terraform's certificate in the hands of someone who lacks its key.
pub(crate) fn terraform_with_another_key() -> Identity {
    let another = P521Key::from_slice(&[1; 66]).unwrap();
    Identity::new(fixed_certificate(), Arc::new(HostKey(another)))
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
