//! Reads one `acl` entry, for the sandbox alone: written apart from the provider's reader, so that no mistake passes on both sides.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An address or prefix with the bits outside the prefix cleared, so that equal blocks compare equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// IPv4: network number and prefix length.
    V4(u32, u8),
    /// IPv6: network number and prefix length.
    V6(u128, u8),
}

/// The block that an entry names, or `None` where it is no address and no prefix.
pub(super) fn parse(entry: &str) -> Option<Block> {
    let (address, length) = match entry.split_once('/') {
        Some((address, length)) => (address, Some(prefix_length(length)?)),
        None => (entry, None),
    };
    match address.parse().ok()? {
        IpAddr::V4(ip) => {
            let length = length.unwrap_or(32);
            let host_bits = 32u32.checked_sub(length.into())?;
            let mask = u32::MAX.checked_shl(host_bits).unwrap_or(0);
            Some(Block::V4(u32::from(ip) & mask, length))
        }
        IpAddr::V6(ip) => {
            let length = length.unwrap_or(128);
            let host_bits = 128u32.checked_sub(length.into())?;
            let mask = u128::MAX.checked_shl(host_bits).unwrap_or(0);
            Some(Block::V6(u128::from(ip) & mask, length))
        }
    }
}

impl Block {
    /// Whether it lies in addresses that only a private network or a single machine uses.
    pub(super) fn is_private(self) -> bool {
        const PRIVATE: [(u32, u8); 4] = [
            (0x0a00_0000, 8),
            (0xac10_0000, 12),
            (0xc0a8_0000, 16),
            (0x7f00_0000, 8),
        ];
        let Self::V4(bits, length) = self else {
            return false;
        };
        PRIVATE
            .iter()
            .any(|(network, of)| length >= *of && bits >> (32 - of) == network >> (32 - of))
    }
}

/// The entry with the bits outside its prefix cleared, where there are any.
pub(super) fn cleared(entry: &str) -> Option<String> {
    let (address, length) = entry.split_once('/')?;
    let network: IpAddr = match parse(entry)? {
        Block::V4(bits, _) => Ipv4Addr::from(bits).into(),
        Block::V6(bits, _) => Ipv6Addr::from(bits).into(),
    };
    (address.parse() != Ok(network)).then(|| format!("{network}/{length}"))
}

/// A plain decimal number without a leading zero.
fn prefix_length(text: &str) -> Option<u8> {
    text.parse()
        .ok()
        .filter(|length: &u8| length.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_address_is_a_block_of_one() {
        assert_eq!(parse("10.1.2.3"), Some(Block::V4(0x0a01_0203, 32)));
        assert_eq!(parse("10.1.2.3"), parse("10.1.2.3/32"));
        assert_eq!(parse("::1"), parse("::1/128"));
    }

    #[test]
    fn bits_outside_the_prefix_do_not_count() {
        assert_eq!(parse("10.1.2.3/24"), parse("10.1.2.0/24"));
        assert_eq!(parse("203.0.113.7/0"), Some(Block::V4(0, 0)));
        assert_eq!(parse("2001:db8::1/0"), Some(Block::V6(0, 0)));
    }

    #[test]
    fn bits_outside_the_prefix_are_cleared_where_there_are_any() {
        assert_eq!(cleared("10.1.2.3/24").as_deref(), Some("10.1.2.0/24"));
        assert_eq!(cleared("2001:db8::1/32").as_deref(), Some("2001:db8::/32"));
        for clean in ["10.1.2.0/24", "10.1.2.3", "10.1.2.3/32", "::/0", "host/8"] {
            assert_eq!(cleared(clean), None, "{clean}");
        }
    }

    #[test]
    fn private_blocks_lie_whole_in_private_addresses() {
        let private = |entry| parse(entry).unwrap().is_private();
        for entry in ["10.0.0.0/8", "172.31.255.1", "192.168.0.0/16", "127.0.0.1"] {
            assert!(private(entry), "{entry}");
        }
        for entry in ["0.0.0.0/0", "10.0.0.0/7", "172.32.0.0/16", "8.8.8.8", "::1"] {
            assert!(!private(entry), "{entry}");
        }
    }

    #[test]
    fn what_is_no_address_and_no_prefix_is_refused() {
        for entry in [
            "",
            "/",
            "/8",
            "10.1.2",
            "10.1.2.3.4",
            "10.1.2.256",
            "010.1.2.3",
            "10.1.2.3/",
            "10.1.2.3/33",
            "10.1.2.3/08",
            "10.1.2.3/+8",
            "10.1.2.3/8/8",
            " 10.1.2.3",
            "10.1.2.3 ",
            "10..2.3",
            "host",
            "::1/129",
            "2001:db8::g",
            "10.1.2.-3",
            "1000.1.1.1",
        ] {
            assert_eq!(parse(entry), None, "{entry:?}");
        }
    }
}
