//! The secrets that this process has met, and texts of others, which are shown only where they hold none of these.

mod readings;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

pub(crate) use self::readings::percent_decoded;
use self::readings::readings;
use crate::causes::harmless;

/// Something shorter stands in too many texts by chance to be looked for.
const SHORTEST: usize = 4;
/// How many bytes of a text are shown at most.
const SHOWN: usize = 1024;
/// How many bytes a byte of a secret becomes at most where it is escaped, twice included.
const LONGEST_ESCAPE: usize = 12;
const HIDDEN: &str = "[redacted]";

static OF_THIS_PROCESS: LazyLock<Secrets> = LazyLock::new(Secrets::default);

/// Texts that must not be shown, for as long as this lives: an answer may repeat what another request said.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Arc<RwLock<BTreeSet<String>>>);

/// Keeps a secret out of all that is told from now on. Whoever reads one from configuration or state says so here.
pub(crate) fn register_secret(secret: &str) {
    Secrets::of_this_process().register(secret);
}

impl Secrets {
    pub(crate) fn of_this_process() -> Self {
        OF_THIS_PROCESS.clone()
    }

    /// Keeps a secret from being shown, also in Base64.
    pub(crate) fn register(&self, secret: &str) {
        if secret.len() < SHORTEST || self.read().contains(secret) {
            return;
        }
        self.insert_base64(secret);
        self.write().insert(secret.to_owned());
    }

    /// Keeps a password from being shown, also as HTTP Basic authentication spells it with its user.
    pub(crate) fn register_pair(&self, user: &str, password: &str) {
        self.register(password);
        if !password.is_empty() {
            self.insert_base64(&Zeroizing::new(format!("{user}:{password}")));
        }
    }

    /// The beginning of a text of somebody else, fit to be shown: a secret that stands in it plainly is left out, and nothing
    /// is shown where one is escaped, or a request is repeated.
    pub(crate) fn shown(&self, text: &str) -> String {
        let secrets = self.read();
        let longest_in = |text: &str| {
            let found = secrets
                .iter()
                .filter(|secret| text.contains(secret.as_str()));
            found.max_by_key(|secret| secret.len())
        };
        let plain = Some(text)
            .filter(|text| text.len() <= SHOWN)
            .and_then(longest_in);
        let text = &plain.map_or(Cow::Borrowed(text), |secret| {
            text.replace(secret, HIDDEN).into()
        });
        let longest = secrets.iter().map(String::len).max().unwrap_or(0);
        // Beyond what is shown, so that a secret that begins in it is found.
        let searched = beginning(text, SHOWN + LONGEST_ESCAPE * longest);
        let tells = |reading: &String| longest_in(reading).is_some() || repeats_request(reading);
        if readings(searched).iter().any(tells) {
            return HIDDEN.to_owned();
        }
        let shown = beginning(text, SHOWN);
        let more = if shown.len() < text.len() { "…" } else { "" };
        harmless(shown) + more
    }

    /// Without padding, and so also found where there is some.
    fn insert_base64(&self, text: &str) {
        let spellings = [STANDARD_NO_PAD, URL_SAFE_NO_PAD].map(|kind| kind.encode(text));
        self.write().extend(spellings);
    }

    /// Nothing can panic while one of these locks is held.
    fn read(&self) -> std::sync::RwLockReadGuard<'_, BTreeSet<String>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, BTreeSet<String>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// As much of the text as has no more than this many bytes.
fn beginning(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

/// Whether a text has one of the fields in which our requests carry secrets, with a value: `"secret": "…"`, `secret=…`,
/// `{secret:…}`, `Authorization: …`. A sentence such as `secret: too short` is none.
fn repeats_request(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["secret", "password", "authorization"].iter().any(|name| {
        text.match_indices(name)
            .filter_map(|(at, _)| text.get(at + name.len()..))
            .any(|rest| {
                *name == "authorization" && begins_value(rest, true) || begins_value(rest, false)
            })
    })
}

/// Whether what follows the name of a field is its value. A header's may be a bare word behind a space.
fn begins_value(rest: &str, is_header: bool) -> bool {
    const QUOTES: [char; 4] = ['"', '\'', '`', '\\'];
    let bare = rest.trim_start_matches(QUOTES);
    let is_quoted = bare.len() < rest.len();
    let bare = bare.trim_start();
    if bare.starts_with('=') {
        return true;
    }
    let Some(value) = bare.strip_prefix(':') else {
        return false;
    };
    is_quoted
        || is_header
        || match value.chars().next() {
            None => false,
            Some(first) => !first.is_whitespace() || value.trim_start().starts_with(QUOTES),
        }
}

#[cfg(test)]
mod tests;
