//! Finds the entries of a list that mean the same and those that lie inside another, in n log n.

use super::entry::Entry;

/// One entry made superfluous by another of the same list; both are positions in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    /// The superfluous one.
    pub(super) inner: usize,
    /// The one that admits all its addresses.
    pub(super) outer: usize,
}

/// At most one pair for each entry, ordered by the position of the superfluous one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Overlaps {
    /// Entries equal to an earlier one, each with the first that is equal.
    pub(super) duplicates: Vec<Pair>,
    /// Entries inside another, each with the nearest around it. Duplicates are not listed again.
    pub(super) nested: Vec<Pair>,
}

/// Sorted, each entry comes right after those around it, so one pass with a stack of the enclosing entries finds them all.
pub(super) fn find(entries: &[Entry]) -> Overlaps {
    let mut sorted: Vec<(Entry, usize)> = entries.iter().copied().zip(0..).collect();
    sorted.sort_unstable();

    let mut overlaps = Overlaps::default();
    let mut enclosing: Vec<(Entry, usize)> = Vec::new();
    for (entry, inner) in sorted {
        while enclosing
            .pop_if(|(outer, _)| !outer.covers(&entry))
            .is_some()
        {}
        match enclosing.last().copied() {
            Some((same, outer)) if same == entry => {
                overlaps.duplicates.push(Pair { inner, outer });
            }
            nearest => {
                if let Some((_, outer)) = nearest {
                    overlaps.nested.push(Pair { inner, outer });
                }
                enclosing.push((entry, inner));
            }
        }
    }
    overlaps.duplicates.sort_unstable();
    overlaps.nested.sort_unstable();
    overlaps
}

#[cfg(test)]
mod tests;
