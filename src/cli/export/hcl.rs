//! Writes Terraform's language, formatted as `terraform fmt` does. Pure.

use std::fmt::Write as _;

/// A block being written: its arguments, and then itself.
pub(super) struct Block {
    text: String,
    /// Arguments of one line each, whose equals signs stand under each other.
    lines: Vec<(String, String)>,
    /// Lists of several lines.
    lists: Vec<(String, Vec<String>)>,
}

impl Block {
    /// A block with this line in front of its brace.
    pub(super) fn new(heading: &str) -> Self {
        Self {
            text: format!("{heading} {{\n"),
            lines: Vec::new(),
            lists: Vec::new(),
        }
    }

    /// An argument with an expression of one line.
    pub(super) fn argument(&mut self, name: &str, expression: String) {
        self.lines.push((name.to_owned(), expression));
    }

    /// An argument with a list of texts.
    pub(super) fn list(&mut self, name: &str, texts: &[String]) {
        let texts: Vec<_> = texts.iter().map(|text| quoted(text)).collect();
        if texts.len() < 2 {
            self.argument(name, format!("[{}]", texts.concat()));
        } else {
            self.lists.push((name.to_owned(), texts));
        }
    }

    /// The whole block.
    pub(super) fn finish(self) -> String {
        let mut text = self.text;
        let widest = self.lines.iter().map(|(name, _)| name.len()).max();
        let widest = widest.unwrap_or_default();
        for (name, expression) in self.lines {
            let padding = " ".repeat(widest - name.len());
            text += &["  ", &name, &padding, " = ", &expression, "\n"].concat();
        }
        for (name, elements) in self.lists {
            text += &["  ", &name, " = [\n"].concat();
            for element in elements {
                text += &["    ", &element, ",\n"].concat();
            }
            text += "  ]\n";
        }
        text + "}\n"
    }
}

/// A comment, one line of it for each of the text's.
pub(super) fn comment(text: &str) -> String {
    let lines = text.lines().map(|line| ["# ", line].concat());
    let lines = lines.map(|line| line.trim_end().to_owned() + "\n");
    lines.collect()
}

/// A text as an expression that means exactly it.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted += "\\n",
            '\r' => quoted += "\\r",
            '\t' => quoted += "\\t",
            // Twice means once; alone it would begin a template.
            '$' | '%' if letters.peek() == Some(&'{') => quoted.extend([letter, letter]),
            // Beside those of ASCII: what ends a line, and what turns the direction of writing.
            _ if letter.is_control()
                || "\u{2028}\u{2029}\u{feff}".contains(letter)
                || is_bidi(letter) =>
            {
                let _ = write!(quoted, "\\u{:04x}", u32::from(letter));
            }
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether a letter changes in which order others are shown, so that a reader sees something else than Terraform.
fn is_bidi(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_means_something_within_quotes_is_escaped() {
        for (text, expected) in [
            ("plain", r#""plain""#),
            ("${x} %{y}", r#""$${x} %%{y}""#),
            ("$${x} $$ % {", r#""$$${x} $$ % {""#),
            ("\"a\\b\"", r#""\"a\\b\"""#),
            ("a\nb\rc\td", r#""a\nb\rc\td""#),
            ("\0\u{1b}\u{7f}", r#""\u0000\u001b\u007f""#),
            ("\u{202e}", r#""\u202e""#),
            ("ä😀", r#""ä😀""#),
        ] {
            assert_eq!(quoted(text), expected, "{text:?}");
        }
    }

    #[test]
    fn equals_signs_stand_under_each_other_and_long_lists_have_a_line_for_each_element() {
        let mut block = Block::new("resource \"a\" \"b\"");
        block.list("acl", &["1.1.1.1".to_owned(), "2.2.2.2".to_owned()]);
        block.argument("name", quoted("office"));
        block.list("one", &["1".to_owned()]);
        block.list("none", &[]);
        block.argument("domain_type", quoted("trunk"));
        let expected = "\
resource \"a\" \"b\" {
  name        = \"office\"
  one         = [\"1\"]
  none        = []
  domain_type = \"trunk\"
  acl = [
    \"1.1.1.1\",
    \"2.2.2.2\",
  ]
}
";
        assert_eq!(block.finish(), expected);
    }

    #[test]
    fn each_line_of_a_comment_is_one() {
        assert_eq!(comment("one\n\ntwo\n"), "# one\n#\n# two\n");
    }

    /// Reads what stands between quotes as the language does.
    fn read(quoted: &str) -> Option<String> {
        let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
        let mut text = String::new();
        let mut rest = inner;
        while let Some(letter) = rest.chars().next() {
            let mut taken = letter.len_utf8();
            if rest.starts_with("$${") || rest.starts_with("%%{") {
                text += &rest[1..3];
                taken = 3;
            } else if letter == '\\' {
                let escape = rest[1..].chars().next()?;
                taken = 2;
                text.push(match escape {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    'u' => {
                        taken = 6;
                        char::from_u32(u32::from_str_radix(&rest[2..6], 16).ok()?)?
                    }
                    '"' | '\\' => escape,
                    _ => return None,
                });
            } else if letter == '"'
                || letter.is_control()
                || rest.starts_with("${")
                || rest.starts_with("%{")
            {
                return None;
            } else {
                text.push(letter);
            }
            rest = &rest[taken..];
        }
        Some(text)
    }

    proptest! {
        #[test]
        fn any_text_survives_quoting(text in "(\\PC|[\"\\\\$%{}\\n\\r\\t\u{0}\u{1b}\u{2028}\u{202e}])*") {
            prop_assert_eq!(read(&quoted(&text)), Some(text));
        }
    }
}
