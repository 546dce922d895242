//! Reads one `acl` entry, for the sandbox alone: written apart from `crate::acl`, so that no mistake passes on both sides.

use std::net::Ipv6Addr;

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
        Some((address, length)) => (address, Some(decimal(length, 128)?)),
        None => (entry, None),
    };
    if let Some(bits) = ipv4(address) {
        let length = length.unwrap_or(32);
        let kept = 32u32.checked_sub(length)?;
        let mask = u32::MAX.checked_shl(kept).unwrap_or(0);
        return Some(Block::V4(bits & mask, u8::try_from(length).ok()?));
    }
    let bits = u128::from(address.parse::<Ipv6Addr>().ok()?);
    let length = length.unwrap_or(128);
    let kept = 128u32.checked_sub(length)?;
    let mask = u128::MAX.checked_shl(kept).unwrap_or(0);
    Some(Block::V6(bits & mask, u8::try_from(length).ok()?))
}

/// Four decimal octets, most significant first.
fn ipv4(text: &str) -> Option<u32> {
    let octets: Vec<u32> = text
        .split('.')
        .map(|octet| decimal(octet, 255))
        .collect::<Option<_>>()?;
    if octets.len() != 4 {
        return None;
    }
    Some(octets.iter().fold(0, |bits, octet| (bits << 8) | octet))
}

/// A number of at most three plain digits and no leading zero, up to `max`.
fn decimal(text: &str, max: u32) -> Option<u32> {
    let plain = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain || (text.len() > 1 && text.starts_with('0')) {
        return None;
    }
    text.parse().ok().filter(|number| *number <= max)
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
