//! Writes Terraform's language, formatted as `terraform fmt` does. Pure.

use std::fmt::Write as _;

use crate::provider::inventory::Argument;

/// A block being written: its arguments, and then itself.
pub(super) struct Block {
    heading: String,
    arguments: Vec<(String, String)>,
}

impl Block {
    /// A block with this line in front of its brace.
    pub(super) fn new(heading: &str) -> Self {
        Self {
            heading: heading.to_owned(),
            arguments: Vec::new(),
        }
    }

    /// An argument with an expression.
    pub(super) fn argument(&mut self, name: &str, expression: String) {
        self.arguments.push((name.to_owned(), expression));
    }

    /// The whole block.
    pub(super) fn finish(self) -> String {
        format!("{} {}\n", self.heading, braced(self.arguments))
    }
}

/// Names with their expressions, one line for each, between braces. Those of one line come first, so that all their equals
/// signs stand under each other.
fn braced(entries: Vec<(String, String)>) -> String {
    let (short, long): (Vec<_>, Vec<_>) = entries
        .into_iter()
        .partition(|(_, expression)| !expression.contains('\n'));
    let widths = short.iter().map(|(name, _)| name.chars().count());
    let widest = widths.max().unwrap_or_default();
    let lines = short
        .iter()
        .map(|(name, expression)| format!("{name:widest$} = {expression}"));
    let lines = lines.chain(long.iter().map(|(name, it)| format!("{name} = {it}")));
    format!("{{\n{}}}", indented(lines))
}

/// Quoted text has no line breaks, so that each is one of the layout.
fn indented(parts: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    for part in parts {
        for line in part.lines() {
            let _ = writeln!(text, "  {line}");
        }
    }
    text
}

/// A value as an expression that means exactly it. A list of one line has at most one element.
pub(super) fn expression(value: &Argument) -> String {
    match value {
        Argument::Null => "null".to_owned(),
        Argument::Bool(truth) => truth.to_string(),
        Argument::Number(digits) => digits.clone(),
        Argument::String(text) => quoted(text),
        Argument::List(elements) => {
            let elements: Vec<_> = elements.iter().map(expression).collect();
            match elements.as_slice() {
                [] => "[]".to_owned(),
                [only] if !only.contains('\n') => format!("[{only}]"),
                _ => {
                    let elements = elements.iter().map(|element| format!("{element},"));
                    format!("[\n{}]", indented(elements))
                }
            }
        }
        Argument::Object(entries) if entries.is_empty() => "{}".to_owned(),
        Argument::Object(entries) => {
            let entries = entries.iter();
            braced(
                entries
                    .map(|(name, it)| (key(name), expression(it)))
                    .collect(),
            )
        }
    }
}

/// Quoted unless it is an identifier; words of the language stand for themselves as keys.
fn key(name: &str) -> String {
    let is_identifier = name.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_')
        && name
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || it == '_');
    if is_identifier {
        name.to_owned()
    } else {
        quoted(name)
    }
}

/// A comment, one line of it for each of the text's.
pub(super) fn comment(text: &str) -> String {
    let lines = text.lines().map(|line| format!("# {line}"));
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

    fn texts(texts: &[&str]) -> Argument {
        let texts = texts
            .iter()
            .map(|text| Argument::String((*text).to_owned()));
        Argument::List(texts.collect())
    }

    fn object(entries: &[(&str, Argument)]) -> Argument {
        let owned = |(name, it): &(&str, Argument)| ((*name).to_owned(), it.clone());
        Argument::Object(entries.iter().map(owned).collect())
    }

    #[test]
    fn equals_signs_stand_under_each_other_and_long_lists_have_a_line_for_each_element() {
        let mut block = Block::new("resource \"a\" \"b\"");
        block.argument("acl", expression(&texts(&["1.1.1.1", "2.2.2.2"])));
        block.argument("name", quoted("office"));
        block.argument("one", expression(&texts(&["1"])));
        block.argument("none", expression(&texts(&[])));
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
    fn every_kind_of_value_is_written() {
        let leg = object(&[("method", Argument::String("GET".to_owned()))]);
        let voice = object(&[
            ("answer", leg.clone()),
            ("hours", Argument::Number("48".to_owned())),
            ("legs", Argument::List(vec![leg.clone(), leg])),
            ("open", Argument::Bool(false)),
            ("${x} y", Argument::Null),
            ("none", object(&[])),
        ]);
        let expected = "\
{
  hours     = 48
  open      = false
  \"$${x} y\" = null
  none      = {}
  answer = {
    method = \"GET\"
  }
  legs = [
    {
      method = \"GET\"
    },
    {
      method = \"GET\"
    },
  ]
}";
        assert_eq!(expression(&voice), expected);
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
