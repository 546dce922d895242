//! Random texts: names that nobody else has, and secrets that nobody guesses.

use rustls::crypto::ring;

/// The system gives no random numbers.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the system gives no random numbers")]
pub(crate) struct NoRandomness;

/// So many characters of these.
fn of(characters: &[u8], length: usize) -> Result<String, NoRandomness> {
    let mut bytes = vec![0; length];
    let random = ring::default_provider().secure_random;
    random.fill(&mut bytes).map_err(|_| NoRandomness)?;
    let characters = bytes.iter().map(|byte| {
        let place = usize::from(*byte) % characters.len();
        characters.get(place).copied().map_or('0', char::from)
    });
    Ok(characters.collect())
}

pub(super) fn hex(length: usize) -> Result<String, NoRandomness> {
    of(b"0123456789abcdef", length)
}

pub(super) fn lower_case(length: usize) -> Result<String, NoRandomness> {
    of(b"abcdefghijklmnopqrstuvwxyz", length)
}
