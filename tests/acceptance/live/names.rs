//! The names of what a scenario makes in a real account: those of a run of the probe, so that `probe --clean` finds them.

use rustls::crypto::ring;

/// What all names of one scenario begin with: `tfprobe-` and twelve random hexadecimal digits.
pub(super) struct Names(String);

impl Names {
    pub(super) fn new() -> Self {
        Self(format!("tfprobe-{}", random::<6>()))
    }

    pub(super) fn named(&self, suffix: &str) -> String {
        format!("{}-{suffix}", self.0)
    }
}

/// A secret that nobody guesses, by the strictest rules that an API may have.
pub(super) fn secret() -> String {
    format!("Aa1{}", random::<10>())
}

/// So many random bytes in hexadecimal.
fn random<const BYTES: usize>() -> String {
    let mut bytes = [0; BYTES];
    ring::default_provider()
        .secure_random
        .fill(&mut bytes)
        .unwrap();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
