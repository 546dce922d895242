//! Which keys are the same, and which are whole.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::*;

/// A key in PEM, in lines of this width.
fn pem(der: &[u8], width: usize) -> PublicKey {
    let base64 = STANDARD.encode(der);
    let lines = base64.as_bytes().chunks(width);
    let lines: Vec<_> = lines.map(String::from_utf8_lossy).collect();
    let body = lines.join("\n");
    PublicKey(format!(
        "-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n"
    ))
}

/// A sequence whose length is written as this, of the algorithm of RSA and as many bytes as are left.
fn rsa(length: &[u8], bytes: usize) -> Vec<u8> {
    let algorithm = alg_id::RSA_ENCRYPTION.as_ref();
    let bits = vec![3; bytes - algorithm.len() - 2];
    let start = [0x30, u8::try_from(algorithm.len()).unwrap()];
    [&[0x30], length, &start, algorithm, &bits].concat()
}

#[test]
fn keys_are_the_same_by_their_content() {
    let key = rsa(&[0x81, 200], 200);
    assert_eq!(pem(&key, 64), pem(&key, 76));
    let mut other = key.clone();
    other[199] += 1;
    assert_ne!(pem(&key, 64), pem(&other, 64));
    assert_eq!(PublicKey::from(" no key\n"), PublicKey::from("no key"));
}

#[test]
fn a_key_is_whole_in_each_form_of_its_length() {
    let whole = [
        rsa(&[100], 100),
        rsa(&[0x81, 200], 200),
        rsa(&[0x82, 1, 44], 300),
    ];
    for key in &whole {
        assert_eq!(pem(key, 64).problem(), None, "{key:?}");
        for broken in [&key[..key.len() - 1], &[&key[..], &[0]].concat()] {
            assert!(pem(broken, 64).problem().is_some(), "{broken:?}");
        }
    }
    let algorithm_alone = rsa(&[15], 15);
    for key in [algorithm_alone, rsa(&[0x83, 0, 1, 44], 300)] {
        assert!(pem(&key, 64).problem().is_some(), "{key:?}");
    }
}
