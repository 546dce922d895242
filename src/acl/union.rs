//! The addresses that entries admit together, whatever prefixes they are written in: how many, whether they include others,
//! and what one list admits beyond another.

use std::cmp::Reverse;
use std::net::{IpAddr, Ipv4Addr};

use ipnet::{IpNet, IpSubnets, Ipv4Subnets, Ipv6Subnets};

use super::entry::Entry;
use super::size::Size;

/// Ranges of each family, sorted, with at least one address between two of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Union {
    ipv4: Vec<Range>,
    ipv6: Vec<Range>,
}

/// From one address to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Range {
    first: u128,
    last: u128,
}

/// What the entries admit. The time is n log n.
impl FromIterator<Entry> for Union {
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Self {
        let mut union = Self::default();
        for entry in entries {
            let range = Range::of(&entry);
            match entry.net() {
                IpNet::V4(_) => union.ipv4.push(range),
                IpNet::V6(_) => union.ipv6.push(range),
            }
        }
        join(&mut union.ipv4);
        join(&mut union.ipv6);
        union
    }
}

impl Union {
    /// Whether it admits every address of the entry.
    pub fn includes(&self, entry: &Entry) -> bool {
        let ranges = match entry.net() {
            IpNet::V4(_) => &self.ipv4,
            IpNet::V6(_) => &self.ipv6,
        };
        let range = Range::of(entry);
        let after = ranges.partition_point(|it| it.first <= range.first);
        let before = ranges.get(..after).and_then(<[Range]>::last);
        before.is_some_and(|it| it.last >= range.last)
    }

    /// Whether it admits nobody.
    pub fn is_empty(&self) -> bool {
        self.ipv4.is_empty() && self.ipv6.is_empty()
    }

    /// How many addresses it admits.
    pub fn size(&self) -> Size {
        let ranges = self.ipv4.iter().chain(&self.ipv6);
        ranges.map(|it| Size::of_range(it.first, it.last)).sum()
    }

    /// How many IPv4 addresses it admits.
    pub fn ipv4_size(&self) -> u64 {
        let sum = self
            .ipv4
            .iter()
            .map(|it| it.last - it.first + 1)
            .sum::<u128>();
        // Nothing is cut: the family has 2^32.
        u64::try_from(sum).unwrap_or(u64::MAX)
    }

    /// What it admits and the other does not.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        Self {
            ipv4: difference(&self.ipv4, &other.ipv4),
            ipv6: difference(&self.ipv6, &other.ipv6),
        }
    }

    /// The fewest prefixes that admit the same, the largest first.
    pub fn prefixes(&self) -> Vec<IpNet> {
        // Nothing is truncated: what this family has fits in 32 bits.
        let address = |bits| Ipv4Addr::from(u32::try_from(bits).unwrap_or(u32::MAX));
        let ipv4 = self
            .ipv4
            .iter()
            .map(|it| IpSubnets::V4(Ipv4Subnets::new(address(it.first), address(it.last), 0)));
        let ipv6 = self
            .ipv6
            .iter()
            .map(|it| IpSubnets::V6(Ipv6Subnets::new(it.first.into(), it.last.into(), 0)));
        let mut prefixes: Vec<IpNet> = ipv4.chain(ipv6).flatten().collect();
        prefixes.sort_by_key(|net| Reverse(net.max_prefix_len() - net.prefix_len()));
        prefixes
    }
}

impl Range {
    fn of(entry: &Entry) -> Self {
        let net = entry.net();
        let [first, last] = [net.network(), net.broadcast()].map(|address| match address {
            IpAddr::V4(address) => u32::from(address).into(),
            IpAddr::V6(address) => u128::from(address),
        });
        Self { first, last }
    }
}

/// Sorts ranges, and joins those that overlap or touch.
fn join(ranges: &mut Vec<Range>) {
    ranges.sort_unstable();
    ranges.dedup_by(|next, before| {
        let joined = before.last.saturating_add(1) >= next.first;
        if joined {
            before.last = before.last.max(next.last);
        }
        joined
    });
}

/// What is in some ranges and in none of the others; both are sorted and apart.
fn difference(ranges: &[Range], others: &[Range]) -> Vec<Range> {
    let mut rest = Vec::new();
    let begin = ranges.first().map_or(0, |range| range.first);
    let skipped = others.partition_point(|other| other.last < begin);
    let mut others = others.iter().skip(skipped).peekable();
    for range in ranges {
        let mut first = Some(range.first);
        // A range that ends behind this one may reach into the next, too.
        while let Some(begin) = first
            && let Some(other) = others.peek()
            && other.first <= range.last
        {
            if other.last >= begin {
                if let Some(last) = other.first.checked_sub(1)
                    && last >= begin
                {
                    rest.push(Range { first: begin, last });
                }
                first = other.last.checked_add(1).filter(|it| *it <= range.last);
                if other.last > range.last {
                    break;
                }
            }
            others.next();
        }
        if let Some(first) = first {
            let last = range.last;
            rest.push(Range { first, last });
        }
    }
    rest
}

#[cfg(test)]
mod tests;
