//! The pass over the sorted list against a naive look at every pair.

use proptest::prelude::*;

use super::super::{merge, strategies};
use super::*;

fn find_in(texts: &[&str]) -> Overlaps {
    let entries: Vec<Entry> = texts
        .iter()
        .map(|text| Entry::parse(text).unwrap())
        .collect();
    find(&entries)
}

#[test]
fn a_nested_entry_is_paired_with_the_nearest_around_it() {
    let overlaps = find_in(&["10.1.2.3", "10.0.0.0/8", "10.1.0.0/16", "11.0.0.0/8"]);
    assert_eq!(overlaps.duplicates, []);
    assert_eq!(
        overlaps.nested,
        [Pair { inner: 0, outer: 2 }, Pair { inner: 2, outer: 1 }]
    );
}

#[test]
fn all_repetitions_are_paired_with_the_first() {
    let overlaps = find_in(&["8.8.8.8/32", "9.9.9.9", "8.8.8.8", "8.8.8.8/32"]);
    assert_eq!(
        overlaps.duplicates,
        [Pair { inner: 2, outer: 0 }, Pair { inner: 3, outer: 0 }]
    );
    assert_eq!(overlaps.nested, []);
}

#[test]
fn a_whole_family_does_not_enclose_the_other() {
    let whole_ipv4 = Overlaps {
        whole_ipv4: true,
        ..Overlaps::default()
    };
    let whole_ipv6 = Overlaps {
        whole_ipv6: true,
        ..Overlaps::default()
    };
    assert_eq!(find_in(&["0.0.0.0/0", "2a00::/32"]), whole_ipv4);
    assert_eq!(find_in(&["::/0", "8.8.8.8"]), whole_ipv6);
}

/// The same by definition, in n².
fn naively(entries: &[Entry]) -> Overlaps {
    let mut overlaps = Overlaps::default();
    for (inner, entry) in entries.iter().enumerate() {
        let first = entries.iter().position(|other| other == entry).unwrap();
        if first < inner {
            overlaps.duplicates.push(Pair {
                inner,
                outer: first,
            });
            continue;
        }
        let around = entries
            .iter()
            .enumerate()
            .filter(|(_, other)| *other != entry && other.covers(entry))
            .rev()
            .max_by_key(|(_, other)| other.net().prefix_len());
        if let Some((outer, _)) = around {
            overlaps.nested.push(Pair { inner, outer });
        }
    }
    for whole in merge(entries)
        .iter()
        .filter(|it| it.net().prefix_len() == 0)
    {
        match whole.net() {
            IpNet::V4(_) => overlaps.whole_ipv4 = true,
            IpNet::V6(_) => overlaps.whole_ipv6 = true,
        }
    }
    overlaps
}

/// Entries so wide that a few of them are a whole family.
fn halves() -> impl Strategy<Value = Vec<Entry>> {
    let half = (0..8_u32, 0..=3_u8).prop_map(|(high, length)| {
        let net = ipnet::Ipv4Net::new((high << 29).into(), length).unwrap();
        Entry::from_valid(net.trunc().into())
    });
    prop::collection::vec(half, 0..12)
}

proptest! {
    #[test]
    fn the_single_pass_agrees_with_a_look_at_every_pair(list in prop_oneof![strategies::entries(), halves()]) {
        prop_assert_eq!(find(&list), naively(&list));
    }
}
