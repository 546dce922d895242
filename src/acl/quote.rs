//! Quoting of what a person wrote, safe for a terminal and short enough to read.

use std::fmt;

/// Characters of one text that a message shows at most.
const SHOWN: usize = 60;

/// Shows a text between double quotes, with control characters escaped and a long text cut.
pub(super) fn quote(text: &str) -> Quoted<'_> {
    Quoted(text)
}

/// What [`quote`] gives.
#[derive(Clone, Copy)]
pub(super) struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0;
        // Nearly every entry. It is spared what `Debug` does for each character, which a list of thousands feels.
        if text.len() <= SHOWN && text.bytes().all(needs_no_escape) {
            f.write_str("\"")?;
            f.write_str(text)?;
            return f.write_str("\"");
        }
        let Some((end, _)) = text.char_indices().nth(SHOWN) else {
            return write!(f, "{text:?}");
        };
        let (shown, _) = text.split_at(end);
        write!(f, "{shown:?}… ({} characters)", text.chars().count())
    }
}

fn needs_no_escape(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\'
}

/// `"a"`, `"a" or "b"`: the quoted items of a short list.
pub(super) fn quote_any<T: std::fmt::Display>(items: &[T]) -> String {
    join(items, " or ")
}

/// `"a", "b"`: the quoted items of a list.
pub(super) fn quote_all<T: std::fmt::Display>(items: &[T]) -> String {
    join(items, ", ")
}

fn join<T: std::fmt::Display>(items: &[T], separator: &str) -> String {
    let quoted: Vec<String> = items.iter().map(|item| format!("\"{item}\"")).collect();
    quoted.join(separator)
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn a_short_text_is_quoted_as_written() {
        assert_eq!(quote("10.0.0.0/8").to_string(), "\"10.0.0.0/8\"");
    }

    #[test]
    fn quotes_and_backslashes_are_escaped() {
        assert_eq!(quote("a\"b").to_string(), r#""a\"b""#);
        assert_eq!(quote(r"b\c").to_string(), r#""b\\c""#);
        assert_eq!(quote("\"").to_string(), r#""\"""#);
        assert_eq!(quote(r"\").to_string(), r#""\\""#);
    }

    #[test]
    fn control_and_bidirectional_characters_are_escaped() {
        assert_eq!(
            quote("a\u{1b}[2J\n\"\u{202e}").to_string(),
            r#""a\u{1b}[2J\n\"\u{202e}""#
        );
    }

    #[test]
    fn a_long_text_is_cut_and_its_length_told() {
        let quoted = quote(&"ä".repeat(10_000)).to_string();
        assert_eq!(
            quoted,
            format!("\"{}\"… (10000 characters)", "ä".repeat(60))
        );
    }

    #[test]
    fn a_text_of_just_the_limit_is_shown_whole() {
        assert_eq!(
            quote(&"x".repeat(60)).to_string(),
            format!("\"{}\"", "x".repeat(60))
        );
    }
}
