//! When two lists are the same.

use std::net::IpAddr;

use ipnet::IpNet;
use proptest::prelude::*;

use super::super::strategies::{self, admits};
use super::*;

fn acl(texts: impl IntoIterator<Item = impl AsRef<str>>) -> Acl {
    texts.into_iter().collect()
}

fn set(entries: &[&str]) -> Acl {
    acl(entries)
}

#[test]
fn a_bare_address_equals_its_slash_32() {
    assert_eq!(set(&["8.8.8.8"]), set(&["8.8.8.8/32"]));
    assert_eq!(set(&["2a00::1"]), set(&["2A00:0::1/128"]));
}

#[test]
fn order_and_repetition_do_not_matter() {
    assert_eq!(
        set(&["8.8.8.8", "8.8.4.0/24", "8.8.8.8/32"]),
        set(&["8.8.4.0/24", "8.8.8.8"])
    );
}

#[test]
fn a_list_cut_down_from_the_whole_internet_is_different() {
    assert_ne!(set(&["0.0.0.0/0"]), set(&["8.8.8.0/24"]));
    assert_ne!(set(&["0.0.0.0/0"]), set(&["0.0.0.0/32"]));
    assert_ne!(set(&["0.0.0.0/0"]), set(&["::/0"]));
    assert_ne!(set(&["0.0.0.0/0", "8.8.8.8"]), set(&["8.8.8.8"]));
}

#[test]
fn an_empty_list_equals_only_an_empty_list() {
    assert_eq!(set(&[]), set(&[]));
    assert_ne!(set(&[]), set(&[""]));
    assert_ne!(set(&[]), set(&["0.0.0.0/0"]));
}

#[test]
fn bits_outside_the_prefix_equal_neither_reading() {
    assert_eq!(set(&["10.1.2.3/24"]), set(&["10.1.2.3/24"]));
    assert_ne!(set(&["10.1.2.3/24"]), set(&["10.1.2.0/24"]));
    assert_ne!(set(&["10.1.2.3/24"]), set(&["10.1.2.3"]));
    assert_ne!(set(&["10.1.2.3/24"]), set(&["10.1.2.4/24"]));
}

#[test]
fn a_text_that_is_no_entry_equals_itself_only() {
    assert_eq!(set(&["010.0.0.1"]), set(&["010.0.0.1"]));
    assert_ne!(set(&["010.0.0.1"]), set(&["10.0.0.1"]));
    assert_ne!(set(&["::ffff:10.0.0.1"]), set(&["10.0.0.1"]));
    assert_ne!(set(&[" 10.0.0.1"]), set(&["10.0.0.1"]));
    assert_ne!(set(&[" 10.0.0.1"]), set(&["10.0.0.1 "]));
    assert_ne!(set(&["office"]), set(&["Office"]));
}

/// Addresses at and just beyond the edges of each entry, where a wrong comparison would show.
fn edges(entries: &[Entry]) -> Vec<IpAddr> {
    let near = |net: IpNet| match net {
        IpNet::V4(net) => {
            let (first, last) = (u32::from(net.network()), u32::from(net.broadcast()));
            [first, last, first.wrapping_sub(1), last.wrapping_add(1)]
                .map(|bits| IpAddr::V4(bits.into()))
        }
        IpNet::V6(net) => {
            let (first, last) = (u128::from(net.network()), u128::from(net.broadcast()));
            [first, last, first.wrapping_sub(1), last.wrapping_add(1)]
                .map(|bits| IpAddr::V6(bits.into()))
        }
    };
    entries.iter().flat_map(|entry| near(entry.net())).collect()
}

/// Another spelling of the same entry.
fn respelled(entry: Entry, style: u8) -> String {
    match (style % 3, entry.net()) {
        (0, _) => entry.to_string(),
        (1, net) => net.to_string(),
        (_, IpNet::V6(net)) => {
            let groups = net.addr().segments().map(|group| format!("{group:04X}"));
            format!("{}/{}", groups.join(":"), net.prefix_len())
        }
        (_, net) => net.to_string(),
    }
}

proptest! {
    #[test]
    fn another_order_and_spelling_is_the_same_set(
        (original, shuffled) in strategies::entries().prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle())),
        style: u8,
    ) {
        let one = acl(original.iter().map(ToString::to_string));
        let spelled = shuffled.iter().zip(0..).map(|(entry, i)| respelled(*entry, style.wrapping_add(i)));
        prop_assert_eq!(one, acl(spelled));
    }

    #[test]
    fn equality_holds_exactly_when_the_distinct_entries_are_the_same(a in strategies::entries(), b in strategies::entries()) {
        let of = |list: &[Entry]| acl(list.iter().map(ToString::to_string));
        prop_assert_eq!(&of(&a), &of(&a));
        prop_assert_eq!(of(&a) == of(&b), of(&b) == of(&a));
        prop_assert_eq!(of(&a) == of(&b), super::super::normalize(&a) == super::super::normalize(&b));
    }

    #[test]
    fn equal_sets_admit_the_same_addresses(
        a in prop::collection::vec(strategies::entry(), 0..3),
        b in prop::collection::vec(strategies::entry(), 0..3),
        style: u8,
    ) {
        // Half of the pairs are the same list in other words, so that equal pairs do occur.
        let b = if style < 128 { a.clone() } else { b };
        let one = acl(a.iter().map(ToString::to_string));
        let two = acl(b.iter().map(|entry| respelled(*entry, style)));
        if one == two {
            for address in edges(&a).into_iter().chain(edges(&b)) {
                prop_assert_eq!(admits(&a, address), admits(&b, address));
            }
        }
    }

    #[test]
    fn texts_are_equal_only_when_identical_or_both_valid_and_the_same(a in strategies::near_entry(), b in strategies::near_entry()) {
        let equal = acl([&a]) == acl([&b]);
        let same = match (Entry::parse(&a), Entry::parse(&b)) {
            (Ok(a), Ok(b)) => a == b,
            _ => a == b,
        };
        prop_assert_eq!(equal, same);
    }

    #[test]
    fn one_more_entry_makes_another_set(list in strategies::entries(), extra in strategies::near_entry()) {
        let texts: Vec<String> = list.iter().map(ToString::to_string).collect();
        let known = Entry::parse(&extra).is_ok_and(|entry| list.contains(&entry));
        let longer = texts.iter().cloned().chain([extra]);
        prop_assert_eq!(acl(&texts) == acl(longer), known);
    }
}
