//! Keeps our own secrets out of what is quoted from answers, and quotes safely.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::spelled;

/// How many characters of a body that is not the API's own are quoted.
const EXCERPT_CHARACTERS: usize = 200;
/// How many bytes of it are searched for secrets first: more than any excerpt with a secret across its end has.
const SEARCHED_BYTES: usize = 64 * 1024;
const REPLACEMENT: &str = "[redacted]";

/// The texts that must never be quoted.
#[derive(Clone)]
pub(super) struct Redactor {
    hidden: Vec<SecretString>,
}

impl Redactor {
    /// Hides the API secret, also as the `Authorization` header has it, and in Base64 of any other kind.
    pub(super) fn new(api_key: &str, api_secret: &SecretString) -> Self {
        let pair = Zeroizing::new(format!("{api_key}:{}", api_secret.expose_secret()));
        // The padded kinds only so that no padding is left over beside the replacement.
        let basic = [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD]
            .map(|kind| SecretString::from(kind.encode(pair.as_bytes())));
        Self {
            hidden: [api_secret.clone()].into_iter().chain(basic).collect(),
        }
    }

    /// One that hides a secret more, if there is one.
    pub(super) fn also_hiding(&self, secret: Option<&SecretString>) -> Cow<'_, Self> {
        let Some(secret) = secret else {
            return Cow::Borrowed(self);
        };
        let mut redactor = self.clone();
        redactor.hidden.push(secret.clone());
        Cow::Owned(redactor)
    }

    /// The text without secrets, in whatever spelling they stand in it, and with control characters escaped.
    pub(super) fn clean(&self, text: &str) -> String {
        let mut clean = String::with_capacity(text.len());
        let mut hidden_until = 0;
        for (at, character) in text.char_indices() {
            let rest = text.get(at..).unwrap_or_default();
            let end = at + self.secret_at_start(rest);
            if end > hidden_until.max(at) {
                if at >= hidden_until {
                    clean.push_str(REPLACEMENT);
                }
                hidden_until = end;
            }
            if at >= hidden_until {
                push_harmless(&mut clean, character);
            }
        }
        clean
    }

    /// The length of the longest secret that the text begins with; zero where it begins with none.
    fn secret_at_start(&self, text: &str) -> usize {
        let lengths = self
            .hidden
            .iter()
            .filter_map(|secret| spelled::prefix_length(text, secret.expose_secret()));
        lengths.max().unwrap_or(0)
    }

    /// The beginning of a body that should have held data. Where it speaks of secrets, whose may be any user's,
    /// nothing of it is shown.
    pub(super) fn excerpt_of_data(&self, body: &[u8]) -> String {
        let names_one = |word: &str| {
            body.windows(word.len())
                .any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
        };
        if ["secret", "password"].into_iter().any(names_one) {
            return "[not shown: it speaks of secrets]".to_owned();
        }
        self.excerpt(body)
    }

    /// The beginning of a body of unknown kind, fit to be shown.
    pub(super) fn excerpt(&self, body: &[u8]) -> String {
        // White space first: behind a lot of it, the bound would show the beginning of a secret that it cuts through.
        let body = body.trim_ascii_start();
        let body = body.get(..SEARCHED_BYTES).unwrap_or(body);
        let text = self.clean(&String::from_utf8_lossy(body.trim_ascii_end()));
        match text.char_indices().nth(EXCERPT_CHARACTERS) {
            Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
            None => text,
        }
    }
}

/// Escapes control characters, and marks that reorder text on a terminal.
fn push_harmless(text: &mut String, character: char) {
    let reorders = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if character.is_control() || reorders {
        text.extend(character.escape_default());
    } else {
        text.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redactor(secret: &str) -> Redactor {
        Redactor::new("key", &SecretString::from(secret))
    }

    #[test]
    fn the_secret_is_hidden_in_every_spelling() {
        let secret = "pa\"ss\\word";
        let basic = STANDARD.encode(format!("key:{secret}"));
        let body = format!("plain {secret} json {} header {basic}", r#"pa\"ss\\word"#);
        assert_eq!(
            redactor(secret).clean(&body),
            "plain [redacted] json [redacted] header [redacted]"
        );
    }

    #[test]
    fn the_header_is_hidden_in_every_kind_of_base64() {
        // `key:??>` has padding, and the characters in which the alphabets differ.
        let hidden = redactor("a??>?>");
        for kind in [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD] {
            let text = kind.encode("key:a??>?>");
            assert_eq!(hidden.clean(&format!("<{text}>")), "<[redacted]>", "{text}");
        }
    }

    #[test]
    fn a_users_secret_is_hidden_beside_our_own() {
        let both = redactor("topsecret");
        let both = both.also_hiding(Some(&SecretString::from("Pa%s w0rd/12")));
        assert_eq!(
            both.clean("topsecret, Pa%s w0rd/12, Pa%25s%20w0rd%2f12, Pa%s w0rd\\/12"),
            "[redacted], [redacted], [redacted], [redacted]"
        );
        assert_eq!(
            redactor("topsecret").also_hiding(None).clean("topsecret"),
            "[redacted]"
        );
    }

    #[test]
    fn secrets_that_overlap_are_hidden_whole() {
        let both = redactor("abcdefgh");
        let both = both.also_hiding(Some(&SecretString::from("xab")));
        assert_eq!(both.clean("xabcdefgh!"), "[redacted]!");
        assert_eq!(both.clean("xabxab"), "[redacted][redacted]");
    }

    #[test]
    fn data_that_speaks_of_secrets_is_not_shown_at_all() {
        let redactor = redactor("topsecret");
        assert_eq!(redactor.excerpt_of_data(b"[1, 2]"), "[1, 2]");
        for body in [r#"{"Secret":"x"}"#, r#"[{"password":"x"}]"#] {
            let shown = redactor.excerpt_of_data(body.as_bytes());
            assert_eq!(shown, "[not shown: it speaks of secrets]");
        }
    }

    #[test]
    fn a_secret_across_the_cut_is_hidden_before_cutting() {
        let body = format!("{}topsecret", "x".repeat(195));
        assert_eq!(
            redactor("topsecret").excerpt(body.as_bytes()),
            format!("{}[reda…", "x".repeat(195))
        );
    }

    #[test]
    fn a_secret_across_the_end_of_the_search_is_not_shown_in_part() {
        let body = format!("{}topsecret", " ".repeat(SEARCHED_BYTES - 6));
        assert_eq!(redactor("topsecret").excerpt(body.as_bytes()), "[redacted]");
    }

    #[test]
    fn control_characters_cannot_reach_the_terminal() {
        assert_eq!(
            redactor("s3cret").excerpt(b"\n<b>\x1b[31mred\0\xff\xe2\x80\xaex</b>\n"),
            "<b>\\u{1b}[31mred\\u{0}\u{fffd}\\u{202e}x</b>"
        );
    }

    #[test]
    fn an_empty_secret_hides_nothing() {
        assert_eq!(redactor("").clean("text"), "text");
    }
}
