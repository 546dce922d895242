//! One ACL entry: an address or a prefix, and the texts that can stand for one.

use std::cmp::Ordering;
use std::fmt;
use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// A valid entry. Its prefix has no bits set outside it, and it is never IPv4 written as IPv6.
///
/// Two entries are equal when they admit the same addresses. The order is IPv4 before IPv6, then by address, then by prefix
/// length, so that an entry comes before everything inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Entry(IpNet);

impl Entry {
    /// The addresses that the entry admits; a single address is a prefix of full length.
    pub fn net(&self) -> IpNet {
        self.0
    }

    /// What the order goes by, in numbers: sorting compares them far faster than it does addresses, byte by byte.
    fn sort_key(&self) -> (bool, u128, u8) {
        match self.0 {
            IpNet::V4(net) => (false, u32::from(net.addr()).into(), net.prefix_len()),
            IpNet::V6(net) => (true, net.addr().into(), net.prefix_len()),
        }
    }

    /// Whether every address of `inner` is one of this entry's.
    pub(super) fn covers(&self, inner: &Self) -> bool {
        self.0.contains(&inner.0)
    }

    /// The entry for a prefix that this module computed.
    ///
    /// The caller vouches that it has no host bits and is not IPv4 written as IPv6.
    pub(super) fn from_valid(net: IpNet) -> Self {
        debug_assert!(!has_host_bits(net) && ipv4_reading(net).is_none());
        Self(net)
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sort_key().cmp(&other.sort_key())
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Entry {
    /// The canonical text: a bare address for a prefix of full length, IPv6 as RFC 5952 has it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.prefix_len() == self.0.max_prefix_len() {
            write!(f, "{}", self.0.addr())
        } else {
            write!(f, "{}/{}", self.0.addr(), self.0.prefix_len())
        }
    }
}

/// Reads the syntax alone, host bits kept.
///
/// `ipnet`'s own parser is not used: it takes leading zeros, which other programs read as octal.
pub(super) fn literal(text: &str) -> Option<IpNet> {
    let (address, prefix) = match text.split_once('/') {
        Some((address, prefix)) => (address, Some(prefix)),
        None => (text, None),
    };
    let address: IpAddr = address.parse().ok()?;
    let length = match prefix {
        Some(digits) => plain_number(digits)?,
        None => return Some(address.into()),
    };
    IpNet::new(address, length).ok()
}

/// Digits without sign and without leading zero.
fn plain_number(text: &str) -> Option<u8> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let leading_zero = text.len() > 1 && text.starts_with('0');
    (plain && !leading_zero)
        .then(|| text.parse().ok())
        .flatten()
}

/// The valid entries that `text` can stand for, to be offered in a message; empty when it is no literal.
pub(super) fn readings(text: &str) -> Vec<Entry> {
    literal(text).map(readings_of).unwrap_or_default()
}

fn readings_of(net: IpNet) -> Vec<Entry> {
    let net = ipv4_reading(net).map_or(net, IpNet::V4);
    if has_host_bits(net) {
        vec![Entry(net.trunc()), Entry(net.addr().into())]
    } else {
        vec![Entry(net)]
    }
}

pub(super) fn has_host_bits(net: IpNet) -> bool {
    net.addr() != net.network()
}

/// What an IPv4 address in IPv6 clothes stands for: mapped (`::ffff:10.0.0.1`) or the old compatible form (`::10.0.0.1`).
pub(super) fn ipv4_reading(net: IpNet) -> Option<Ipv4Net> {
    let IpNet::V6(net) = net else { return None };
    if !is_mapped(net) && !is_compatible(net) {
        return None;
    }
    let address = net.addr().to_ipv4()?;
    // A length of at most 32 was surely meant for the IPv4 address; one between, such as /64, says nothing about it.
    let length = match net.prefix_len() {
        length @ 96.. => length - 96,
        length @ ..=32 => length,
        _ => 32,
    };
    Ipv4Net::new(address, length).ok()
}

fn is_mapped(net: Ipv6Net) -> bool {
    net.addr().to_ipv4_mapped().is_some()
}

/// `::` and `::1` are addresses of IPv6 itself (and `::/127` is the two of them); their short prefixes are plain IPv6.
fn is_compatible(net: Ipv6Net) -> bool {
    let value = u128::from(net.addr());
    let of_ipv6_itself = value <= 1 && !(96..127).contains(&net.prefix_len());
    value <= u128::from(u32::MAX) && !of_ipv6_itself
}

#[cfg(test)]
mod tests;
