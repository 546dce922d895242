//! The one door for texts of others and for chains of errors on their way to a terminal or a log.

use std::error::Error;

/// An error with its causes, in one harmless line: `what: why: why`.
pub(crate) fn explain(error: &(dyn Error + 'static)) -> String {
    let first: Option<&dyn Error> = Some(error);
    let chain = std::iter::successors(first, |error| Error::source(*error));
    harmless(
        &chain
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(": "),
    )
}

/// The text with everything escaped that a terminal obeys: what moves the cursor, breaks a line, is invisible, or reorders
/// what stands around it.
pub(crate) fn harmless(text: &str) -> String {
    let mut harmless = String::with_capacity(text.len());
    for character in text.chars() {
        let is_obeyed = character.is_control()
            || matches!(
                character,
                '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            );
        if is_obeyed {
            harmless.extend(character.escape_default());
        } else {
            harmless.push(character);
        }
    }
    harmless
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("outer")]
    struct Outer(#[source] std::io::Error);

    #[test]
    fn an_error_is_told_with_its_causes_in_one_harmless_line() {
        let error = Outer(std::io::Error::other("in\u{1b}[2J\nner"));
        assert_eq!(explain(&error), r"outer: in\u{1b}[2J\nner");
    }

    #[test]
    fn what_a_terminal_obeys_is_escaped_and_nothing_else() {
        let obeyed = "\0\t\r\n\u{7f}\u{85}\u{9b}\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202e}\u{2066}\u{2069}\u{feff}";
        let escaped = harmless(obeyed);
        assert!(escaped.is_ascii(), "{escaped}");
        assert!(!escaped.contains(char::is_control), "{escaped}");
        let plain = "Größe 漢字 \"quoted\" \\ '…' 😀";
        assert_eq!(harmless(plain), plain);
    }
}
