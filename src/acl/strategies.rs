//! For the property tests: random entries, dense enough that they overlap, touch and repeat, and what a list admits.

use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use proptest::prelude::*;

use super::entry::Entry;

/// A valid entry: mostly within one /27 or /123, now and then anywhere and of any length.
pub(super) fn entry() -> impl Strategy<Value = Entry> {
    prop_oneof![
        4 => (0..32_u32, 27..=32_u8).prop_map(|(low, length)| v4(0x0808_0800 | low, length)),
        2 => (0..32_u128, 123..=128_u8).prop_map(|(low, length)| v6(0x2a00 << 112 | low, length)),
        1 => (any::<u32>(), 0..=32_u8).prop_map(|(bits, length)| v4(bits, length)),
        1 => (any::<u128>(), 0..=128_u8).prop_map(|(bits, length)| v6(bits, length)),
        1 => (0..=1_u128, 0..=128_u8).prop_map(|(bits, length)| v6(bits, length)),
    ]
    .prop_filter_map("IPv4 written as IPv6", |net| {
        Entry::parse(&net.to_string()).ok()
    })
}

/// A list that may be empty and may repeat itself.
pub(super) fn entries() -> impl Strategy<Value = Vec<Entry>> {
    prop::collection::vec(entry(), 0..24)
}

/// A text that comes near to being an entry.
pub(super) fn near_entry() -> impl Strategy<Value = String> {
    prop_oneof![
        entry().prop_map(|entry| entry.to_string()),
        entry().prop_map(|entry| entry.net().to_string().to_uppercase()),
        "[0-9]{1,3}(\\.[0-9]{1,3}){3}(/[0-9]{1,3})?",
        "0?[0-9]{1,2}(\\.0{0,2}[0-9]{1,2}){3}(/0?[0-9]{1,2})?",
        "(::|::ffff:|::FFFF:0:|64:ff9b::)[0-9a-f]{1,4}(:[0-9a-f]{1,4})?(/[0-9]{1,3})?",
        "(sip:|sips:|https://|<sip:|\\[| |user@)?[0-9.]{7,15}(\\]|:5060|;x| |%eth0)?(/[0-9.]{1,15})?",
        "10\\.0\\.0\\.[0-9]{1,3}[-, ;]10\\.0\\.[0-9]\\.[0-9]{1,3}",
        "[0-9a-f:./%@,;\\[\\] -]{0,40}",
    ]
}

/// Whether one of the entries admits the address, found in the plainest way. IPv4 written as IPv6 counts as IPv6.
pub(super) fn admits(entries: &[Entry], address: IpAddr) -> bool {
    entries.iter().any(|entry| entry.net().contains(&address))
}

fn v4(bits: u32, length: u8) -> IpNet {
    IpNet::V4(Ipv4Net::new_assert(bits.into(), length).trunc())
}

fn v6(bits: u128, length: u8) -> IpNet {
    IpNet::V6(Ipv6Net::new_assert(bits.into(), length).trunc())
}
