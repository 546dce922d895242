//! Writes Terraform's language, formatted as `terraform fmt` does. Pure.

use std::fmt::Write as _;

use tfplugin::schema;
use tfplugin::value::Value;

/// A block being written: its arguments, and then itself.
pub(super) struct Block {
    heading: String,
    arguments: Vec<(String, String)>,
    blocks: Vec<Self>,
}

impl Block {
    /// A block with this line in front of its brace.
    pub(super) fn new(heading: &str) -> Self {
        Self {
            heading: heading.to_owned(),
            arguments: Vec::new(),
            blocks: Vec::new(),
        }
    }

    pub(super) fn argument(&mut self, name: &str, expression: String) {
        self.arguments.push((name.to_owned(), expression));
    }

    /// The argument with this name, where there is one, refers to something instead of saying its value.
    pub(super) fn refer(&mut self, name: &str, reference: &str) {
        for (_, expression) in self.arguments.iter_mut().filter(|(it, _)| it == name) {
            reference.clone_into(expression);
        }
    }

    /// All that a known configuration says, the name first.
    pub(super) fn fill(&mut self, schema: &schema::Block, config: &Value) {
        let mut given: Vec<_> = config.as_entries().into_iter().flatten().collect();
        given.retain(|(_, value)| !value.is_null());
        given.sort_by_key(|(name, _)| *name != "name");
        for (name, value) in given {
            let Some(nested) = schema.blocks.iter().find(|block| block.name == *name) else {
                self.argument(name, expression(value));
                continue;
            };
            let occurrences = value.as_elements().unwrap_or(std::slice::from_ref(value));
            self.blocks.extend(occurrences.iter().map(|occurrence| {
                let mut block = Self::new(name);
                block.fill(&nested.block, occurrence);
                block
            }));
        }
    }

    pub(super) fn finish(self) -> String {
        let mut inner = lines(self.arguments);
        for block in self.blocks {
            if !inner.is_empty() {
                inner.push('\n');
            }
            inner += &block.finish();
        }
        format!("{} {{\n{}}}\n", self.heading, indented(&inner))
    }
}

/// Names with their expressions, one line for each. Those of one line come first, so that all their equals signs stand under
/// each other.
fn lines(entries: Vec<(String, String)>) -> String {
    let (short, long): (Vec<_>, Vec<_>) = entries
        .into_iter()
        .partition(|(_, expression)| !expression.contains('\n'));
    let widths = short.iter().map(|(name, _)| name.chars().count());
    let widest = widths.max().unwrap_or_default();
    let lines = short
        .iter()
        .map(|(name, expression)| format!("{name:widest$} = {expression}\n"));
    let lines = lines.chain(long.iter().map(|(name, it)| format!("{name} = {it}\n")));
    lines.collect()
}

/// Quoted text has no line breaks, so that each is one of the layout.
fn indented(text: &str) -> String {
    let indented = text.lines().map(|line| match line {
        "" => "\n".to_owned(),
        line => format!("  {line}\n"),
    });
    indented.collect()
}

/// A known value as an expression that means exactly it. A list of one line has at most one element.
fn expression(value: &Value) -> String {
    match value {
        Value::Bool(is_true) => is_true.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => quoted(text),
        Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => {
            let elements: Vec<_> = elements.iter().map(expression).collect();
            match elements.as_slice() {
                [] => "[]".to_owned(),
                [only] if !only.contains('\n') => format!("[{only}]"),
                _ => {
                    let elements = elements.join(",\n");
                    format!("[\n{}]", indented(&(elements + ",")))
                }
            }
        }
        Value::Map(entries) => braced(entries.iter()),
        Value::Object(attributes) => braced(attributes.iter().filter(|(_, it)| !it.is_null())),
        Value::Dynamic(inner) => expression(&inner.1),
        // Null: what is not known is kept out by `inventory`.
        _ => "null".to_owned(),
    }
}

fn braced<'a>(entries: impl Iterator<Item = (&'a String, &'a Value)>) -> String {
    let entries: Vec<_> = entries
        .map(|(name, it)| (key(name), expression(it)))
        .collect();
    if entries.is_empty() {
        return "{}".to_owned();
    }
    format!("{{\n{}}}", indented(&lines(entries)))
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
mod tests;
