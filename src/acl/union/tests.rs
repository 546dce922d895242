//! Unions against one that is kept address by address.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use proptest::prelude::*;

use super::super::strategies::{self, admits};
use super::*;

fn union(texts: &[&str]) -> Union {
    texts.iter().map(|text| entry(text)).collect()
}

fn entry(text: &str) -> Entry {
    Entry::parse(text).unwrap()
}

fn printed(union: &Union) -> Vec<String> {
    union.prefixes().iter().map(ToString::to_string).collect()
}

#[test]
fn what_overlaps_and_what_touches_counts_once() {
    let list = union(&[
        "10.0.0.0/25",
        "10.0.0.128/25",
        "10.0.0.7",
        "9.9.9.9",
        "2a00::/127",
        "2a00::1",
    ]);
    assert_eq!(list.ipv4_size(), 257);
    assert_eq!(list.size(), Size::from(259));
    assert_eq!(Union::default().size(), Size::from(0));
    let halves = union(&["0.0.0.0/1", "128.0.0.0/1", "::/1", "8000::/1"]);
    assert_eq!(halves, union(&["::/0", "0.0.0.0/0"]));
    assert_eq!(halves.ipv4_size(), 1 << 32);
}

#[test]
fn a_prefix_is_included_where_the_entries_together_admit_all_of_it() {
    let list = union(&["10.0.0.0/25", "10.0.0.128/25", "9.9.9.9", "2a00::/32"]);
    for (inner, expected) in [
        ("10.0.0.0/24", true),
        ("10.0.0.7", true),
        ("10.0.0.0/23", false),
        ("9.9.9.9/32", true),
        ("9.9.9.8/31", false),
        ("2a00::1", true),
        ("::/0", false),
    ] {
        assert_eq!(list.includes(&entry(inner)), expected, "{inner}");
    }
    assert!(!Union::default().includes(&entry("127.0.0.1")));
}

#[test]
fn the_families_do_not_include_each_other() {
    assert!(!union(&["::/127"]).includes(&entry("0.0.0.1")));
    assert!(!union(&["0.0.0.0/8"]).includes(&entry("::1")));
}

#[test]
fn what_is_left_comes_in_the_largest_prefixes_first() {
    let all = union(&["0.0.0.0/0", "::/0"]);
    assert_eq!(
        printed(&all.without(&union(&["128.0.0.0/1", "::1"])))[..3],
        ["8000::/1", "4000::/2", "2000::/3"]
    );
    assert_eq!(
        printed(&all.without(&Union::default())),
        ["::/0", "0.0.0.0/0"]
    );
    assert_eq!(
        printed(&union(&["10.0.0.0/24"]).without(&union(&["10.0.0.3"]))),
        [
            "10.0.0.128/25",
            "10.0.0.64/26",
            "10.0.0.32/27",
            "10.0.0.16/28",
            "10.0.0.8/29",
            "10.0.0.4/30",
            "10.0.0.0/31",
            "10.0.0.2/32"
        ]
    );
    let outside = union(&["9.9.9.0/24", "9.9.11.0/24"]);
    assert_eq!(outside.without(&union(&["9.9.8.0/22"])), Union::default());
    assert_eq!(outside.without(&union(&["9.9.10.0/24"])), outside);
}

/// Each IPv4 address of the place where the random entries crowd that a list admits.
fn crowd(entries: &[Entry]) -> BTreeSet<Ipv4Addr> {
    let addresses = (0..32_u32).map(|low| Ipv4Addr::from(0x0808_0800 | low));
    addresses
        .filter(|address| admits(entries, (*address).into()))
        .collect()
}

/// Entries of that place alone, so that all that they admit can be counted one by one.
fn crowded() -> impl Strategy<Value = Vec<Entry>> {
    let one = (0..32_u32, 27..=32_u8).prop_map(|(low, length)| {
        let address = Ipv4Addr::from(0x0808_0800 | low);
        let net = ipnet::Ipv4Net::new_assert(address, length).trunc();
        Entry::parse(&net.to_string()).unwrap()
    });
    prop::collection::vec(one, 0..12)
}

proptest! {
    #[test]
    fn the_size_is_the_number_of_addresses(list in crowded()) {
        let size = list.iter().copied().collect::<Union>().ipv4_size();
        prop_assert_eq!(size, crowd(&list).len() as u64);
    }

    #[test]
    fn what_is_included_is_admitted_address_by_address(list in crowded(), inner in crowded()) {
        let union: Union = list.iter().copied().collect();
        for entry in &inner {
            let expected = crowd(&[*entry]).is_subset(&crowd(&list));
            prop_assert_eq!(union.includes(entry), expected, "{}", entry);
        }
    }

    #[test]
    fn the_difference_is_that_of_the_addresses(list in crowded(), other in crowded()) {
        let [one, two]: [Union; 2] = [&list, &other].map(|it| it.iter().copied().collect());
        let rest: Vec<_> = one.without(&two).prefixes();
        let rest: Vec<_> = rest.iter().map(|net| entry(&net.to_string())).collect();
        let expected: BTreeSet<_> = crowd(&list).difference(&crowd(&other)).copied().collect();
        prop_assert_eq!(crowd(&rest), expected);
        prop_assert_eq!(rest.into_iter().collect::<Union>(), one.without(&two));
    }

    #[test]
    fn a_union_of_any_entries_includes_them_and_keeps_its_size_in_parts(
        list in strategies::entries(), other in strategies::entries(), inner in strategies::entry()
    ) {
        let [one, two]: [Union; 2] = [&list, &other].map(|it| it.iter().copied().collect());
        prop_assert!(list.iter().all(|entry| one.includes(entry)));
        let both: Union = list.iter().chain(&other).copied().collect();
        prop_assert_eq!(both.size(), one.without(&two).size() + two.size());
        prop_assert!(one.without(&one).is_empty());
        let net = inner.net();
        let edges = [net.network(), net.broadcast()].map(|edge| admits(&list, edge));
        prop_assert!(!one.includes(&inner) || edges == [true, true]);
        let alone: Union = [inner].into_iter().collect();
        prop_assert_eq!(one.includes(&inner), alone.without(&one).is_empty());
    }
}
