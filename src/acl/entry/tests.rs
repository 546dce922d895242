//! What an entry may look like, and how it prints.

use proptest::prelude::*;

use super::super::strategies;
use super::*;

fn canonical(text: &str) -> String {
    Entry::parse(text).expect("a valid entry").to_string()
}

#[test]
fn an_address_prints_bare_and_a_prefix_with_its_length() {
    assert_eq!(canonical("198.51.100.7"), "198.51.100.7");
    assert_eq!(canonical("198.51.100.0/24"), "198.51.100.0/24");
    assert_eq!(canonical("0.0.0.0/0"), "0.0.0.0/0");
    assert_eq!(canonical("0.0.0.0"), "0.0.0.0");
}

#[test]
fn a_bare_address_equals_its_prefix_of_full_length() {
    assert_eq!(Entry::parse("8.8.8.8"), Entry::parse("8.8.8.8/32"));
    assert_eq!(canonical("8.8.8.8/32"), "8.8.8.8");
    assert_eq!(Entry::parse("2a00::1"), Entry::parse("2a00::1/128"));
    assert_eq!(canonical("2a00::1/128"), "2a00::1");
}

#[test]
fn ipv6_prints_as_rfc_5952_has_it() {
    assert_eq!(canonical("2001:0DB8:0:0:0:0:0:0/32"), "2001:db8::/32");
    // The longer run of zeros is shortened, the first of two equal ones, and never a single group.
    assert_eq!(canonical("2001:0:0:1:0:0:0:1"), "2001:0:0:1::1");
    assert_eq!(canonical("2001:db8:0:0:1:0:0:1"), "2001:db8::1:0:0:1");
    assert_eq!(canonical("2001:db8:0:1:1:1:1:1"), "2001:db8:0:1:1:1:1:1");
}

#[test]
fn addresses_of_ipv6_itself_are_not_taken_for_ipv4() {
    for text in ["::", "::1", "::/0", "::/95", "::/127", "64:ff9b::/96"] {
        assert_eq!(canonical(text), text);
    }
}

#[test]
fn the_net_holds_address_and_length() {
    let net = Entry::parse("10.0.0.0/8").expect("a valid entry").net();
    assert_eq!(net.to_string(), "10.0.0.0/8");
    let single = Entry::parse("10.0.0.1").expect("a valid entry").net();
    assert_eq!(single.prefix_len(), 32);
}

#[test]
fn ipv4_comes_before_ipv6_then_the_address_counts_then_the_length() {
    let sorted = ["9.0.0.0/8", "10.0.0.0/8", "10.0.0.0/9", "10.0.0.0", "::/0"];
    let parsed: Vec<Entry> = sorted.iter().map(|t| Entry::parse(t).unwrap()).collect();
    assert!(parsed.is_sorted());
}

#[test]
fn a_text_without_prefix_length_keeps_host_bits_as_a_literal() {
    assert_eq!(literal("10.1.2.3/24").unwrap().to_string(), "10.1.2.3/24");
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in ".{0,80}") {
        let _ = Entry::parse(&text).map_err(|mistake| mistake.explain(&text));
    }

    #[test]
    fn what_is_accepted_has_a_canonical_text_that_reads_back_to_itself(text in strategies::near_entry()) {
        if let Ok(entry) = Entry::parse(&text) {
            let printed = entry.to_string();
            let again = Entry::parse(&printed).expect("canonical text is valid");
            prop_assert_eq!(again, entry);
            prop_assert_eq!(again.to_string(), printed);
        }
    }

    #[test]
    fn every_offered_reading_is_itself_valid(text in strategies::near_entry()) {
        if let Err(mistake) = Entry::parse(&text) {
            // All offered entries stand between quotes after "write".
            let offers = mistake.to_string();
            for offer in offers.split('"').skip(1).step_by(2).filter(|offer| *offer != "%eth0") {
                prop_assert!(Entry::parse(offer).is_ok(), "{} offers {}", text, offer);
            }
        }
    }

    #[test]
    fn plain_std_addresses_are_accepted_unless_they_are_ipv4_in_disguise(address: IpAddr) {
        let disguised = matches!(address, IpAddr::V6(v6) if u128::from(v6) > 1 && v6.to_ipv4().is_some());
        prop_assert_eq!(Entry::parse(&address.to_string()).is_ok(), !disguised);
    }
}
