//! The keys of applications: which public keys are taken, and the one pair that the sandbox gives away.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The private key that every application gets which is created without a public key. It protects nothing: it is
/// published with the sandbox, and tests look for it where no private key may be.
pub const PRIVATE_KEY: &str = include_str!("private.pem");

/// What belongs to `PRIVATE_KEY`.
pub(crate) const PUBLIC_KEY: &str = include_str!("public.pem");

/// DER of the algorithm `rsaEncryption` (1.2.840.113549.1.1.1).
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

const SEQUENCE: u8 = 0x30;
const OBJECT_ID: u8 = 0x06;
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;

/// An RSA public key in PEM as answers show it, if it is one: with `\n`, also at its end.
pub(super) fn normalized(pem: &str) -> Option<String> {
    let lines: Vec<&str> = pem.trim().lines().map(str::trim).collect();
    let [first, body @ .., last] = lines.as_slice() else {
        return None;
    };
    let is_framed = *first == "-----BEGIN PUBLIC KEY-----" && *last == "-----END PUBLIC KEY-----";
    let der = STANDARD.decode(body.concat()).ok()?;
    (is_framed && is_rsa(&der)).then(|| format!("{}\n", lines.join("\n")))
}

/// Whether it is a `SubjectPublicKeyInfo` of RSA: modulus and exponent in a sequence.
fn is_rsa(der: &[u8]) -> bool {
    let key = || {
        let (info, []) = element(SEQUENCE, der)? else {
            return None;
        };
        let (algorithm, rest) = element(SEQUENCE, info)?;
        let (name, _) = element(OBJECT_ID, algorithm)?;
        let (bits, []) = element(BIT_STRING, rest)? else {
            return None;
        };
        let (numbers, []) = element(SEQUENCE, bits.strip_prefix(&[0])?)? else {
            return None;
        };
        let (_, rest) = element(INTEGER, numbers)?;
        let (_, []) = element(INTEGER, rest)? else {
            return None;
        };
        Some(name)
    };
    key() == Some(RSA)
}

/// The contents of the first DER element, where it has this tag, and what follows it.
fn element(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = der.strip_prefix(&[tag])?.split_first()?;
    let (length, rest) = match *length {
        short @ ..0x80 => (short.into(), rest),
        long => {
            let (digits, rest) = rest.split_at_checked((long & 0x7f).into())?;
            // Four digits are more than a body can hold.
            let digits = (1..=4).contains(&digits.len()).then_some(digits)?;
            let add = |sum: usize, digit: &u8| sum << 8 | usize::from(*digit);
            (digits.iter().fold(0, add), rest)
        }
    };
    rest.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_rsa_public_key_is_taken_in_any_line_ends_and_shown_in_one() {
        for sent in [
            PUBLIC_KEY.to_owned(),
            PUBLIC_KEY.replace('\n', "\r\n"),
            format!("\n{}", PUBLIC_KEY.trim_end()),
        ] {
            assert_eq!(normalized(&sent).as_deref(), Some(PUBLIC_KEY));
        }
    }

    #[test]
    fn what_is_no_rsa_public_key_is_refused() {
        let curve = "-----BEGIN PUBLIC KEY-----\n\
                     MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEVGhpcyBpcyBubyBwb2ludCBvZiBhIGN1cnZlLCBidXQgdGhlIHNhbmRib3ggZG9lcyBub3Qg\n\
                     -----END PUBLIC KEY-----\n";
        for refused in [
            "",
            "key",
            PRIVATE_KEY,
            curve,
            &PUBLIC_KEY.replace("PUBLIC KEY", "CERTIFICATE"),
            &PUBLIC_KEY.replace("QIDAQAB\n", ""),
            &PUBLIC_KEY.replace("MIIB", "MIIC"),
            PUBLIC_KEY.trim_end_matches("-----END PUBLIC KEY-----\n"),
        ] {
            assert_eq!(normalized(refused), None, "{refused}");
        }
    }
}
