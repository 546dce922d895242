//! Sorting and merging.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use proptest::prelude::*;

use super::super::strategies::{self, admits};
use super::*;

fn parsed(texts: &[&str]) -> Vec<Entry> {
    texts
        .iter()
        .map(|text| Entry::parse(text).unwrap())
        .collect()
}

fn printed(entries: &[Entry]) -> Vec<String> {
    entries.iter().map(ToString::to_string).collect()
}

#[test]
fn normalize_sorts_ipv4_first_then_by_address_then_by_length() {
    let entries = parsed(&[
        "2a00::/32",
        "10.0.0.0/16",
        "9.9.9.9/32",
        "100.0.0.0/8",
        "10.0.0.0/8",
        "9.9.9.9",
    ]);
    assert_eq!(
        printed(&normalize(&entries)),
        [
            "9.9.9.9",
            "10.0.0.0/8",
            "10.0.0.0/16",
            "100.0.0.0/8",
            "2a00::/32"
        ]
    );
}

#[test]
fn merge_joins_neighbours_and_drops_what_lies_inside() {
    let entries = parsed(&[
        "10.0.0.0/25",
        "10.0.0.128/25",
        "10.0.0.7",
        "10.0.2.0/24",
        "2a00::/33",
        "2a00:0:8000::/33",
    ]);
    assert_eq!(
        printed(&merge(&entries)),
        ["10.0.0.0/24", "10.0.2.0/24", "2a00::/32"]
    );
}

#[test]
fn merge_reaches_the_whole_address_space() {
    let halves = parsed(&["0.0.0.0/1", "128.0.0.0/1", "::/1", "8000::/1"]);
    let whole = merge(&halves);
    assert_eq!(printed(&whole), ["0.0.0.0/0", "::/0"]);
    assert_eq!(merge(&whole), whole);
    assert_eq!(
        printed(&merge(&parsed(&["255.255.255.255", "255.255.255.254"]))),
        ["255.255.255.254/31"]
    );
}

#[test]
fn merge_of_the_two_lowest_ipv6_addresses_is_a_valid_entry() {
    assert_eq!(printed(&merge(&parsed(&["::", "::1"]))), ["::/127"]);
}

#[test]
fn of_no_entries_nothing_is_left() {
    assert!(normalize(&[]).is_empty());
    assert!(merge(&[]).is_empty());
}

/// Addresses in and around the place where the random entries crowd, and any other.
fn address() -> impl Strategy<Value = IpAddr> {
    prop_oneof![
        4 => (0..40_u32).prop_map(|low| IpAddr::V4(Ipv4Addr::from(0x0808_07fc + low))),
        2 => (0..40_u128).prop_map(|low| IpAddr::V6(Ipv6Addr::from((0x2a00 << 112) + low))),
        1 => any::<IpAddr>(),
    ]
}

/// Whether two prefixes could be written as one: the halves of the prefix one bit shorter.
fn are_halves(a: Entry, b: Entry) -> bool {
    let (a, b) = (a.net(), b.net());
    // A whole family is no half of anything.
    a != b
        && a.prefix_len() == b.prefix_len()
        && a.supernet().is_some_and(|net| b.supernet() == Some(net))
}

proptest! {
    #[test]
    fn normalize_is_idempotent_sorted_and_without_duplicates(list in strategies::entries()) {
        let once = normalize(&list);
        prop_assert!(once.iter().is_sorted_by(|a, b| a < b));
        prop_assert_eq!(normalize(&once), once);
    }

    #[test]
    fn normalize_keeps_exactly_the_given_entries(list in strategies::entries()) {
        let once = normalize(&list);
        prop_assert!(list.iter().all(|entry| once.contains(entry)));
        prop_assert!(once.iter().all(|entry| list.contains(entry)));
    }

    #[test]
    fn normalize_and_merge_preserve_membership(list in strategies::entries(), probes in prop::collection::vec(address(), 20)) {
        let (sorted, merged) = (normalize(&list), merge(&list));
        let edges = list.iter().flat_map(|entry| [entry.net().network(), entry.net().broadcast()]);
        for probe in edges.chain(probes) {
            let expected = admits(&list, probe);
            prop_assert_eq!(admits(&sorted, probe), expected);
            prop_assert_eq!(admits(&merged, probe), expected);
        }
    }

    #[test]
    fn merge_admits_nothing_beyond_the_edges(list in strategies::entries()) {
        for entry in merge(&list) {
            prop_assert!(admits(&list, entry.net().network()));
            prop_assert!(admits(&list, entry.net().broadcast()));
        }
    }

    #[test]
    fn merge_is_idempotent_and_cannot_be_merged_further(list in strategies::entries()) {
        let merged = merge(&list);
        prop_assert!(merged.iter().is_sorted());
        for (i, a) in merged.iter().enumerate() {
            for b in &merged[i + 1..] {
                prop_assert!(!a.covers(b) && !b.covers(a), "{} and {} overlap", a, b);
                prop_assert!(!are_halves(*a, *b), "{} and {} are halves of one", a, b);
            }
        }
        prop_assert_eq!(merge(&merged), merged);
    }

    #[test]
    fn what_merge_returns_reads_back(list in strategies::entries()) {
        for entry in merge(&list) {
            prop_assert_eq!(Entry::parse(&entry.to_string()), Ok(entry));
        }
    }
}
