//! Keeps our own secrets out of what is quoted from answers, and quotes safely.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};

/// How many characters of a body that is not the API's own are quoted.
const EXCERPT_CHARACTERS: usize = 200;
const REPLACEMENT: &str = "[redacted]";

/// The texts that must never be quoted.
#[derive(Clone)]
pub(super) struct Redactor {
    /// Longest first, so that no secret is cut in two by a shorter one inside it.
    hidden: Vec<SecretString>,
}

impl Redactor {
    /// Hides the API secret, alone and in the spelling of the `Authorization` header.
    pub(super) fn new(api_key: &str, api_secret: &SecretString) -> Self {
        let secret = api_secret.expose_secret();
        let mut hidden = vec![
            STANDARD.encode(format!("{api_key}:{secret}")),
            secret.to_owned(),
            json_spelling(secret),
        ];
        hidden.retain(|text| !text.is_empty());
        hidden.sort_by_key(|text| std::cmp::Reverse(text.len()));
        hidden.dedup();
        Self {
            hidden: hidden.into_iter().map(SecretString::from).collect(),
        }
    }

    /// The text without secrets, with control characters escaped.
    pub(super) fn clean(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for hidden in &self.hidden {
            text = text.replace(hidden.expose_secret(), REPLACEMENT);
        }
        escape_controls(&text)
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
        let text = self.clean(String::from_utf8_lossy(body).trim());
        match text.char_indices().nth(EXCERPT_CHARACTERS) {
            Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
            None => text,
        }
    }
}

/// How the secret looks inside a JSON string, without the quotes.
fn json_spelling(secret: &str) -> String {
    let quoted = serde_json::Value::from(secret).to_string();
    quoted
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .unwrap_or_default()
        .to_owned()
}

fn escape_controls(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        // Besides control characters: marks that reorder text on a terminal.
        let reorders = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if character.is_control() || reorders {
            safe.extend(character.escape_default());
        } else {
            safe.push(character);
        }
    }
    safe
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
    fn a_secret_across_the_cut_is_hidden_before_cutting() {
        let body = format!("{}topsecret", "x".repeat(195));
        assert_eq!(
            redactor("topsecret").excerpt(body.as_bytes()),
            format!("{}[reda…", "x".repeat(195))
        );
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
