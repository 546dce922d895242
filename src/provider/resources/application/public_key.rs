//! The public key of an application: an RSA key in PEM, compared by its content.

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{SubjectPublicKeyInfoDer, alg_id};
use tfplugin::diagnostics::Diagnostics;
use tfplugin::path::AttributePath;

use super::schema::PUBLIC_KEY;

/// A key as it was written.
#[derive(Clone, Debug)]
pub(in crate::provider) struct PublicKey(String);

impl From<&str> for PublicKey {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<PublicKey> for tfplugin::value::Value {
    fn from(key: PublicKey) -> Self {
        key.0.into()
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        match (self.content(), other.content()) {
            (Some(one), Some(other)) => one == other,
            _ => self.0.trim() == other.0.trim(),
        }
    }
}

impl PublicKey {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    fn content(&self) -> Option<SubjectPublicKeyInfoDer<'static>> {
        SubjectPublicKeyInfoDer::from_pem_slice(self.0.as_bytes()).ok()
    }

    /// An error that quotes nothing: what stands there may be a private key.
    pub(super) fn check(&self) -> Diagnostics {
        let Some(problem) = self.problem() else {
            return Diagnostics::new();
        };
        // Beside an attribute, Terraform shows the line of the configuration: a private key may stand there in plain text.
        let path = if self.is_private() {
            AttributePath::default()
        } else {
            AttributePath::root(PUBLIC_KEY)
        };
        Diagnostics::error_at(
            path,
            "Invalid public key",
            format!(
                "The value of `{PUBLIC_KEY}` {problem}. It must be one RSA public key in PEM, from `-----BEGIN PUBLIC KEY-----` to \
                 `-----END PUBLIC KEY-----`, such as `tls_private_key.example.public_key_pem` or what \
                 `openssl rsa -in private.pem -pubout` writes."
            ),
        )
    }

    fn is_private(&self) -> bool {
        self.0.contains("PRIVATE KEY")
    }

    fn problem(&self) -> Option<&'static str> {
        let text = &self.0;
        if self.is_private() {
            return Some("is a private key, which must not leave your hands; nothing was sent");
        }
        if text.contains("BEGIN CERTIFICATE") {
            return Some("is a certificate");
        }
        if text.contains("BEGIN RSA PUBLIC KEY") {
            return Some("is in the form PKCS #1");
        }
        let Some(key) = self.content() else {
            return Some("is no public key in PEM, or not all of one");
        };
        match algorithm(&key) {
            None => Some("is no public key in PEM, or not all of one"),
            Some(algorithm) if algorithm == alg_id::RSA_ENCRYPTION.as_ref() => None,
            Some(_) => Some("is a key, but not of RSA"),
        }
    }
}

/// The algorithm that a key is for, where the key is whole (RFC 5280, section 4.1: a sequence that begins with the sequence of
/// the algorithm).
fn algorithm<'k>(key: &'k SubjectPublicKeyInfoDer<'_>) -> Option<&'k [u8]> {
    let (whole, rest) = sequence(key)?;
    let (algorithm, bits) = sequence(whole)?;
    (rest.is_empty() && !bits.is_empty()).then_some(algorithm)
}

/// What is in the sequence that DER begins with, and what follows it.
fn sequence(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&[0x30, first], rest) = der.split_first_chunk()? else {
        return None;
    };
    let (length, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        // The number of bytes that hold the length; no key takes more than two.
        0x81 => (usize::from(*rest.first()?), rest.get(1..)?),
        0x82 => {
            let (length, rest) = rest.split_first_chunk()?;
            (usize::from(u16::from_be_bytes(*length)), rest)
        }
        _ => return None,
    };
    rest.split_at_checked(length)
}

#[cfg(test)]
mod tests;
