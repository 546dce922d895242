//! The start of a plugin: any environment of a host, and any certificate, key and signature.

use std::collections::BTreeMap;

use tfplugin::plugin::{COOKIE_KEY, COOKIE_VALUE, started_by_host};
use tfplugin::testing::parsers;

/// Reads variables as a process has them: `NAME=value`, with a zero byte between two.
///
/// # Panics
/// Where the answer is not one line of the fields that hosts read, or a host that wants TLS would be served without.
pub fn handshake(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let variables = text.split('\0').filter_map(|entry| entry.split_once('='));
    let environment: BTreeMap<String, String> = variables
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let has = |name: &str| environment.get(name).is_some_and(|value| !value.is_empty());
    let cookie = environment.get(COOKIE_KEY);
    assert_eq!(
        started_by_host(&environment),
        cookie.is_some_and(|value| value == COOKIE_VALUE)
    );
    let Ok((wants_tls, line)) = parsers::handshake(&environment) else {
        return;
    };
    let asked = has("PLUGIN_CLIENT_CERT");
    assert_eq!(wants_tls, asked, "the host's wish for TLS was lost");
    let fields = if has("PLUGIN_MULTIPLEX_GRPC") { 7 } else { 6 };
    assert_eq!(line.split('|').count(), fields, "{line:?}");
    assert_eq!(line.find('\n'), Some(line.len() - 1), "{line:?}");
}

/// Reads the bytes as a certificate, and, split by the first two, as a key, a signature and a message.
///
/// # Panics
/// Where another certificate than the pinned one is accepted, or a signature that nobody made.
pub fn certificate(bytes: &[u8]) {
    let host = b"the host's";
    assert_eq!(parsers::is_pinned(host, bytes), bytes == host);
    let [key_length, signature_length, rest @ ..] = bytes else {
        return;
    };
    let (key, rest) = rest.split_at(rest.len().min((*key_length).into()));
    let (signature, message) = rest.split_at(rest.len().min((*signature_length).into()));
    // The corpus has keys, but no signature that was made with one.
    assert!(!parsers::is_signed_with_p521(key, message, signature));
}
