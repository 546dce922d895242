//! Tells whether two API keys are the same, without keeping either.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Two bytes of a digest of an API key: enough to tell the keys of two accounts apart, and too little to find a key by,
/// since each value fits one key in 65,536.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub(super) struct Fingerprint(u16);

impl Fingerprint {
    pub(super) fn of(api_key: &str) -> Self {
        let [first, second, ..] = Sha256::digest(api_key).0;
        Self(u16::from_be_bytes([first, second]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_told_apart_and_do_not_show() {
        let fingerprint = Fingerprint::of("abcd1234");
        assert_eq!(fingerprint, Fingerprint::of("abcd1234"));
        assert_ne!(fingerprint, Fingerprint::of("abcd1235"));
        let kept = serde_json::to_string(&fingerprint).unwrap();
        assert!(kept.len() <= 5, "{kept}");
    }
}
