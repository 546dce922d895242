//! Finds the entries of a list that mean the same and those that lie inside another, and whether they admit everything
//! together, in n log n.

use ipnet::IpNet;

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
    /// Whether the entries together admit every IPv4 address.
    pub(super) whole_ipv4: bool,
    /// Whether they admit every IPv6 address.
    pub(super) whole_ipv6: bool,
}

/// How much of an address family is admitted, in parts of 2^-128.
#[derive(Default)]
struct Share(Option<u128>);

impl Share {
    /// Adds a prefix that has no address in common with those before it.
    fn add(&mut self, net: IpNet) {
        let parts = 1_u128.checked_shl(128 - u32::from(net.prefix_len()));
        // The whole is 2^128 parts, which wrap to 0. Disjoint prefixes cannot be more than that.
        let sum = self
            .0
            .unwrap_or_default()
            .wrapping_add(parts.unwrap_or_default());
        self.0 = Some(sum);
    }

    fn is_whole(&self) -> bool {
        self.0 == Some(0)
    }
}

/// Sorted, each entry comes right after those around it, so one pass with a stack of the enclosing entries finds them all.
pub(super) fn find(entries: &[Entry]) -> Overlaps {
    let mut sorted: Vec<(Entry, usize)> = entries.iter().copied().zip(0..).collect();
    sorted.sort_unstable();

    let mut overlaps = Overlaps::default();
    let mut enclosing: Vec<(Entry, usize)> = Vec::new();
    let [mut ipv4, mut ipv6] = [Share::default(), Share::default()];
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
                match (nearest, entry.net()) {
                    (Some((_, outer)), _) => overlaps.nested.push(Pair { inner, outer }),
                    (None, net @ IpNet::V4(_)) => ipv4.add(net),
                    (None, net @ IpNet::V6(_)) => ipv6.add(net),
                }
                enclosing.push((entry, inner));
            }
        }
    }
    overlaps.duplicates.sort_unstable();
    overlaps.nested.sort_unstable();
    overlaps.whole_ipv4 = ipv4.is_whole();
    overlaps.whole_ipv6 = ipv6.is_whole();
    overlaps
}

#[cfg(test)]
mod tests;
