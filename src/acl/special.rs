//! Address ranges from which no call can reach a public SIP host.
//!
//! From IANA's special-purpose registries (RFC 6890), multicast, and address space that is not given out. Two blocks for protocol
//! assignments, 192.0.0.0/24 and `2001::/23`, count as a whole: what is reachable in them are anycast services and tunnels. The
//! retired 6to4 ranges are left out, because they were public once.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// Why nobody calls from some addresses.
#[derive(Clone, Copy, Debug)]
pub(super) enum NotPublic {
    /// They lie in a range set aside for a purpose.
    Special(&'static SpecialRange),
    /// They are IPv6, but not among those that IANA gives out.
    NotGlobalUnicast,
}

/// A range set aside.
#[derive(Debug)]
pub(super) struct SpecialRange {
    net: IpNet,
    kind: &'static str,
    /// The document that sets it aside.
    rfc: &'static str,
}

impl fmt::Display for NotPublic {
    /// Completes "the entry lies …".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Special(SpecialRange { net, kind, rfc }) => {
                write!(f, "in the {kind} range {net} ({rfc})")
            }
            Self::NotGlobalUnicast => {
                write!(f, "in reserved space outside {GLOBAL_UNICAST} (RFC 4291)")
            }
        }
    }
}

/// The reason why `net` holds no public address at all; `None` when some of its addresses are public.
pub(super) fn not_public(net: IpNet) -> Option<NotPublic> {
    let ranges = match net {
        IpNet::V4(_) => IPV4,
        IpNet::V6(_) => IPV6,
    };
    let special = ranges.iter().find(|range| range.net.contains(&net));
    match (special, net) {
        (Some(range), _) => Some(NotPublic::Special(range)),
        (None, IpNet::V6(net)) => is_outside_global_unicast(net),
        (None, IpNet::V4(_)) => None,
    }
}

/// Two prefixes of which neither contains the other have no address in common.
fn is_outside_global_unicast(net: Ipv6Net) -> Option<NotPublic> {
    let apart = !GLOBAL_UNICAST.contains(&net) && !net.contains(&GLOBAL_UNICAST);
    apart.then_some(NotPublic::NotGlobalUnicast)
}

/// IANA gives out public IPv6 addresses from here only.
const GLOBAL_UNICAST: Ipv6Net = Ipv6Net::new_assert(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

const IPV4: &[SpecialRange] = &[
    v4([0, 0, 0, 0], 8, "reserved", "RFC 791"),
    v4([10, 0, 0, 0], 8, "private", "RFC 1918"),
    v4([100, 64, 0, 0], 10, "shared", "RFC 6598"),
    v4([127, 0, 0, 0], 8, "loopback", "RFC 1122"),
    v4([169, 254, 0, 0], 16, "link-local", "RFC 3927"),
    v4([172, 16, 0, 0], 12, "private", "RFC 1918"),
    v4([192, 0, 0, 0], 24, "reserved", "RFC 6890"),
    v4([192, 0, 2, 0], 24, "documentation", "RFC 5737"),
    v4([192, 168, 0, 0], 16, "private", "RFC 1918"),
    v4([198, 18, 0, 0], 15, "benchmarking", "RFC 2544"),
    v4([198, 51, 100, 0], 24, "documentation", "RFC 5737"),
    v4([203, 0, 113, 0], 24, "documentation", "RFC 5737"),
    v4([224, 0, 0, 0], 4, "multicast", "RFC 5771"),
    v4([240, 0, 0, 0], 4, "reserved", "RFC 1112"),
];

/// Narrow ranges come before wider ones around them.
const IPV6: &[SpecialRange] = &[
    v6(Ipv6Addr::UNSPECIFIED, 128, "unspecified", "RFC 4291"),
    v6(Ipv6Addr::LOCALHOST, 128, "loopback", "RFC 4291"),
    v6(starts(0x64, 0xff9b, 0), 96, "translation", "RFC 6052"),
    v6(starts(0x64, 0xff9b, 1), 48, "translation", "RFC 8215"),
    v6(starts(0x100, 0, 0), 64, "discard-only", "RFC 6666"),
    v6(starts(0x2001, 2, 0), 48, "benchmarking", "RFC 5180"),
    v6(starts(0x2001, 0, 0), 23, "reserved", "RFC 2928"),
    v6(starts(0x2001, 0xdb8, 0), 32, "documentation", "RFC 3849"),
    v6(starts(0x3fff, 0, 0), 20, "documentation", "RFC 9637"),
    v6(starts(0x5f00, 0, 0), 16, "segment routing", "RFC 9602"),
    v6(starts(0xfc00, 0, 0), 7, "private", "RFC 4193"),
    v6(starts(0xfe80, 0, 0), 10, "link-local", "RFC 4291"),
    v6(starts(0xfec0, 0, 0), 10, "site-local", "RFC 3879"),
    v6(starts(0xff00, 0, 0), 8, "multicast", "RFC 4291"),
];

const fn v4(octets: [u8; 4], length: u8, kind: &'static str, rfc: &'static str) -> SpecialRange {
    let address = Ipv4Addr::from_octets(octets);
    SpecialRange {
        net: IpNet::V4(Ipv4Net::new_assert(address, length)),
        kind,
        rfc,
    }
}

const fn v6(address: Ipv6Addr, length: u8, kind: &'static str, rfc: &'static str) -> SpecialRange {
    SpecialRange {
        net: IpNet::V6(Ipv6Net::new_assert(address, length)),
        kind,
        rfc,
    }
}

/// The address that starts with these three groups and has zeros after them.
const fn starts(first: u16, second: u16, third: u16) -> Ipv6Addr {
    Ipv6Addr::new(first, second, third, 0, 0, 0, 0, 0)
}

#[cfg(test)]
mod tests;
