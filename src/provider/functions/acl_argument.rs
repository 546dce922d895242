//! The ACL that a function takes as an argument, and the one that it gives back.

use tfplugin::function::{FunctionError, Parameter};
use tfplugin::types::Type;
use tfplugin::value::Value;

use super::argument;
use crate::acl::Entry;

/// Wrong entries that an error explains at most, so that one can still read it; it counts the others.
const EXPLAINED: usize = 50;

/// The parameter. A set is an argument, too: the host makes a list of it.
pub(super) fn parameter() -> Parameter {
    Parameter::new(
        "acl",
        Type::String.list(),
        "IP addresses and prefixes in CIDR notation, a list or a set, as in the attribute `acl` of `vonage_sip_domain`. May be \
         empty.",
    )
}

/// The entries of the argument at a position, or every mistake in them.
pub(super) fn read(arguments: &[Value], position: usize) -> Result<Vec<Entry>, FunctionError> {
    let elements = argument(arguments, position)
        .as_elements()
        .unwrap_or_default();
    let mut entries = Vec::with_capacity(elements.len());
    let mut mistakes = Vec::new();
    let mut unexplained: usize = 0;
    for (index, element) in elements.iter().enumerate() {
        match entry(index, element) {
            Ok(entry) => entries.push(entry),
            Err(mistake) if mistakes.len() < EXPLAINED => mistakes.push(mistake),
            Err(_) => unexplained += 1,
        }
    }
    if mistakes.is_empty() {
        return Ok(entries);
    }
    match unexplained {
        0 => {}
        1 => mistakes.push("1 more entry is wrong".to_owned()),
        more => mistakes.push(format!("{more} more entries are wrong")),
    }
    Err(FunctionError {
        text: mistakes.join("\n"),
        argument: Some(position),
    })
}

/// The list of strings that a function answers.
pub(super) fn answer(entries: &[Entry]) -> Value {
    let texts = entries.iter().map(|entry| entry.to_string().into());
    Value::List(texts.collect())
}

fn entry(index: usize, element: &Value) -> Result<Entry, String> {
    let text = element.as_str().ok_or_else(|| {
        format!(
            "the entry at index {index} is null; remove null entries, for example with `compact()`"
        )
    })?;
    Entry::parse(text).map_err(|mistake| mistake.explain(text))
}

#[cfg(test)]
pub(super) mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    /// The argument list of these entries.
    pub(in crate::provider::functions) fn acl(entries: &[&str]) -> [Value; 1] {
        [Value::List(
            entries.iter().map(|entry| (*entry).into()).collect(),
        )]
    }

    /// A hundred thousand addresses, each a neighbour of two others, largest first.
    pub(in crate::provider::functions) fn many() -> [Value; 1] {
        let last = u32::from(Ipv4Addr::new(190, 2, 0, 0));
        let addresses = (last - 100_000..last).rev();
        let texts = addresses.map(|address| Ipv4Addr::from(address).to_string().into());
        [Value::List(texts.collect())]
    }

    #[test]
    fn every_wrong_entry_is_named_at_the_argument() {
        let list = acl(&["190.190.190.190", "nonsense", "10.1.2.3/24", "010.0.0.1"]);
        let error = read(&list, 0).unwrap_err();
        assert_eq!(error.argument, Some(0));
        let lines: Vec<_> = error.text.lines().collect();
        assert_eq!(lines.len(), 3);
        for (line, words) in lines.iter().zip(["nonsense", "10.1.2.0/24", "10.0.0.1"]) {
            assert!(line.contains(words), "{line}");
        }
    }

    #[test]
    fn an_error_about_very_many_entries_stays_readable() {
        let error = read(&acl(&vec!["nonsense"; 100_000]), 0).unwrap_err();
        assert!(error.text.len() < 10_000);
        assert!(error.text.ends_with("99950 more entries are wrong"));
        let error = read(&acl(&["nonsense"; EXPLAINED + 1]), 0).unwrap_err();
        assert!(error.text.ends_with("1 more entry is wrong"));
    }

    #[test]
    fn a_null_entry_is_named_by_its_index() {
        let list = [Value::List(vec!["190.190.190.190".into(), Value::Null])];
        let error = read(&list, 0).unwrap_err();
        assert!(error.text.contains("index 1 is null"), "{}", error.text);
    }

    #[test]
    fn no_entries_are_no_mistake() {
        assert_eq!(read(&acl(&[]), 0), Ok(Vec::new()));
    }
}
