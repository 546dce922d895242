//! Whole lists compared by what they admit, however they are spelled.

use std::collections::BTreeSet;

use super::entry::Entry;

/// An ACL reduced to its meaning: order, duplicates and spelling (`198.51.100.7` or `198.51.100.7/32`) are gone.
///
/// Equality can only be too strict, never too lax. Equal sets admit the same addresses; sets that admit the same addresses by
/// different prefixes (`/24` against its two `/25`) are different, because the API was asked for something else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CanonicalSet(BTreeSet<Member>);

/// A text that is no valid entry equals nothing but itself. That includes prefixes with bits set outside them: whether the
/// API reads `10.1.2.3/24` as the prefix or as the address is not known, so it is equal to neither.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Member {
    Valid(Entry),
    AsWritten(String),
}

impl CanonicalSet {
    /// Reads the entries of one list, whatever the API or a state file holds; it never fails.
    ///
    /// Both sides of a comparison are read by this, so that no rule can hold on one side only.
    pub fn from_remote<I>(entries: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        let read = |text: I::Item| match Entry::parse(text.as_ref()) {
            Ok(entry) => Member::Valid(entry),
            Err(_) => Member::AsWritten(text.as_ref().to_owned()),
        };
        Self(entries.into_iter().map(read).collect())
    }
}

#[cfg(test)]
mod tests;
