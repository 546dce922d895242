//! The fuzz target of ACLs: any lines, read as entries and as whole lists, which must keep the promises of the module `acl`.

use terraform_provider_vonage::acl::{Acl, Entry, Union, merge, normalize};

/// More entries than this only make a run slower.
const MOST_ENTRIES: usize = 64;

/// Reads each line as an entry, and all of them as a list.
///
/// # Panics
/// Where an entry is spelled as another one, a merged list admits other addresses, a finding points to no entry, or the order
/// of entries matters.
pub fn acl(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<&str> = text.split('\n').take(MOST_ENTRIES).collect();
    let entries: Vec<Entry> = lines.iter().filter_map(|line| entry(line)).collect();
    let written: Acl = lines.iter().collect();
    for digest_auth in [None, Some(false), Some(true)] {
        for finding in written.lint(digest_auth) {
            let place = finding.entry;
            assert!(
                place.is_none_or(|entry| lines.contains(&entry)),
                "{finding:?} points to no entry"
            );
            assert!(
                !finding.detail.contains(char::is_control),
                "{finding:?} cannot be printed"
            );
        }
    }
    assert_eq!(written, lines.iter().rev().collect::<Acl>());
    list(&entries);
}

/// Reads one entry, which must be the same in its canonical spelling.
fn entry(line: &str) -> Option<Entry> {
    match Entry::parse(line) {
        Ok(entry) => {
            assert_eq!(Entry::parse(&entry.to_string()), Ok(entry));
            Some(entry)
        }
        Err(mistake) => {
            assert!(!mistake.explain(line).is_empty() && !mistake.explain_address(line).is_empty());
            None
        }
    }
}

/// Checks the arithmetic of lists.
fn list(entries: &[Entry]) {
    let (sorted, merged) = (normalize(entries), merge(entries));
    assert_eq!(merge(&merged), merged);
    assert_eq!(merge(&sorted), merged);
    let union: Union = entries.iter().copied().collect();
    assert_eq!(union, merged.iter().copied().collect());
    for entry in entries {
        assert!(sorted.contains(entry) && union.includes(entry));
    }
    assert!(union.without(&union).is_empty());
}
