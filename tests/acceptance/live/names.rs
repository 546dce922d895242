//! The names of what a scenario makes in a real account: those of a run of the probe, so that `probe --clean` finds them.

use rustls::crypto::ring;

/// What all names of one scenario begin with: `tfprobe-` and twelve random hexadecimal digits.
pub(super) struct Names(String);

impl Names {
    pub(super) fn new() -> Self {
        Self(format!("tfprobe-{}", &random()[..12]))
    }

    pub(super) fn named(&self, suffix: &str) -> String {
        format!("{}-{suffix}", self.0)
    }
}

/// A secret that nobody guesses, by the strictest rules that an API may have.
pub(super) fn secret() -> String {
    format!("Aa1{}", &random()[..20])
}

/// 32 random hexadecimal digits.
fn random() -> String {
    let mut bytes = [0; 16];
    ring::default_provider()
        .secure_random
        .fill(&mut bytes)
        .unwrap();
    format!("{:032x}", u128::from_be_bytes(bytes))
}
