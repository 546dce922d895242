//! Finds a text however it is spelled: plain, escaped for JSON, for a URL or form, or for HTML, character by character.
//!
//! JSON and percent codes may be escaped again, as where a log quotes a JSON text that quotes another.

/// How many bytes at the beginning of `text` spell `wanted`; the most, where it can be read in several ways.
pub(super) fn prefix_length(text: &str, wanted: &str) -> Option<usize> {
    if !may_begin(text, wanted) {
        return None;
    }
    // What is left of the text after each way to read what was wanted so far.
    let mut rests = vec![text];
    for character in wanted.chars() {
        rests = rests
            .into_iter()
            .flat_map(|rest| after(rest, character))
            .collect();
        rests.sort_unstable_by_key(|rest| rest.len());
        rests.dedup_by_key(|rest| rest.len());
        if rests.is_empty() {
            return None;
        }
    }
    let shortest = rests.iter().map(|rest| rest.len()).min()?;
    Some(text.len() - shortest)
}

/// A quick look that spares most places the search: a spelling begins with the character itself, or with an escape.
fn may_begin(text: &str, wanted: &str) -> bool {
    match (text.chars().next(), wanted.chars().next()) {
        (_, None) | (Some('\\' | '%' | '+' | '&'), _) => true,
        (first, wanted) => first == wanted,
    }
}

/// What is left of the text after this character, for each way to spell it.
fn after(text: &str, character: char) -> impl Iterator<Item = &str> {
    [
        text.strip_prefix(character),
        after_json_escape(text, character),
        after_backslashes(text, character, r"\\"),
        after_backslashes(text, character, r"\\\\"),
        after_backslashes(text, character, r"\\\\\\\\"),
        after_json_code(text, character),
        after_percent_code(text, character, "%"),
        after_percent_code(text, character, "%25"),
        text.strip_prefix('+').filter(|_| character == ' '),
        after_html_entity(text, character),
    ]
    .into_iter()
    .flatten()
}

/// `\"`, and with more backslashes where it was escaped again.
fn after_json_escape(text: &str, character: char) -> Option<&str> {
    let letter = match character {
        '"' | '/' => character,
        '\u{8}' => 'b',
        '\u{c}' => 'f',
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        _ => return None,
    };
    after_escapes(text)?.strip_prefix(letter)
}

/// A backslash, which becomes two, four or eight as it is escaped again and again.
fn after_backslashes<'a>(text: &'a str, character: char, spelling: &str) -> Option<&'a str> {
    text.strip_prefix(spelling).filter(|_| character == '\\')
}

/// `\u00e9`, or two of them for what is beyond 16 bits.
fn after_json_code(text: &str, character: char) -> Option<&str> {
    let mut units = [0; 2];
    character
        .encode_utf16(&mut units)
        .iter()
        .try_fold(text, |rest, unit| {
            let rest = after_escapes(rest)?.strip_prefix('u')?;
            after_ignoring_case(rest, &format!("{unit:04x}"))
        })
}

/// One backslash or more.
fn after_escapes(text: &str) -> Option<&str> {
    Some(text.strip_prefix('\\')?.trim_start_matches('\\'))
}

fn after_percent_code<'a>(text: &'a str, character: char, percent: &str) -> Option<&'a str> {
    let mut bytes = [0; 4];
    character
        .encode_utf8(&mut bytes)
        .bytes()
        .try_fold(text, |rest, byte| {
            after_ignoring_case(rest.strip_prefix(percent)?, &format!("{byte:02x}"))
        })
}

fn after_html_entity(text: &str, character: char) -> Option<&str> {
    let entity = match character {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ => return None,
    };
    text.strip_prefix(entity)
}

fn after_ignoring_case<'a>(text: &'a str, digits: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(digits.len())?;
    start.eq_ignore_ascii_case(digits).then_some(rest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::vonage::request::percent_encoded;

    #[test]
    fn each_character_may_be_spelled_in_its_own_way() {
        let wanted = "a\"\\/\té😀 %&";
        for text in [
            "a\"\\/\té😀 %&",
            r#"a\"\\/\té😀 %&"#,
            r#"a\"\\\/\té😀 %&"#,
            r"a\u0022\u005C\u002f\u0009\u00E9\ud83d\uDE00 %\u0026",
            "a%22%5C%2F%09%C3%A9%F0%9F%98%80%20%25%26",
            "a%22%5c%2f%09%c3%a9%f0%9f%98%80+%25%26",
            "a&quot;\\/\té😀 %&amp;",
            // The same, escaped once and twice more.
            r#"a\\\"\\\\\/\\té😀 %&"#,
            r#"a\\\\\\\"\\\\\\\\/\\\\té😀 %&"#,
            r"a\\u0022\\u005C\\u002f\\u0009\\u00E9\\ud83d\\uDE00 %\\u0026",
            "a%2522%255C%252F%2509%25C3%25A9%25F0%259F%2598%2580%2520%2525%2526",
        ] {
            assert_eq!(prefix_length(text, wanted), Some(text.len()), "{text}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_read_in_both() {
        // Two backslashes as they are, or one in JSON.
        assert_eq!(prefix_length(r"\\x", r"\\x"), Some(3));
        assert_eq!(prefix_length(r"\\x", r"\x"), Some(3));
        assert_eq!(prefix_length("%25x", "%25x"), Some(4));
        assert_eq!(prefix_length("%2525x", "%25x"), Some(6));
    }

    #[test]
    fn another_text_is_not_found() {
        for text in ["", "a", "b", "%6", "\\u006", "%zz", "%6é"] {
            assert_eq!(prefix_length(text, "ab"), None, "{text}");
        }
        let backslashes = "\\".repeat(2000);
        assert_eq!(
            prefix_length(&backslashes, &format!("{backslashes}x")),
            None
        );
    }

    proptest! {
        #[test]
        fn any_text_is_found_in_each_encoding(wanted in ".{1,20}", more in ".{0,5}") {
            let json = serde_json::Value::from(wanted.as_str()).to_string();
            let json = json.strip_prefix('"').unwrap().strip_suffix('"').unwrap();
            for spelling in [wanted.as_str(), json, &percent_encoded(&wanted)] {
                let text = format!("{spelling}{more}");
                prop_assert!(prefix_length(&text, &wanted) >= Some(spelling.len()));
            }
        }
    }
}
