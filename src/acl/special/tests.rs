//! Which prefixes hold no public address.

use super::*;

fn reason(net: &str) -> Option<String> {
    not_public(net.parse().expect("a prefix")).map(|reason| reason.to_string())
}

#[test]
fn each_range_is_named_with_its_document() {
    for (net, expected) in [
        ("0.1.2.3/32", "in the reserved range 0.0.0.0/8 (RFC 791)"),
        ("10.1.0.0/16", "in the private range 10.0.0.0/8 (RFC 1918)"),
        (
            "172.31.255.255/32",
            "in the private range 172.16.0.0/12 (RFC 1918)",
        ),
        (
            "192.168.1.0/24",
            "in the private range 192.168.0.0/16 (RFC 1918)",
        ),
        (
            "100.127.0.0/16",
            "in the shared range 100.64.0.0/10 (RFC 6598)",
        ),
        (
            "127.0.0.1/32",
            "in the loopback range 127.0.0.0/8 (RFC 1122)",
        ),
        (
            "169.254.0.0/16",
            "in the link-local range 169.254.0.0/16 (RFC 3927)",
        ),
        (
            "192.0.0.1/32",
            "in the reserved range 192.0.0.0/24 (RFC 6890)",
        ),
        (
            "192.0.2.1/32",
            "in the documentation range 192.0.2.0/24 (RFC 5737)",
        ),
        (
            "198.19.0.0/16",
            "in the benchmarking range 198.18.0.0/15 (RFC 2544)",
        ),
        (
            "198.51.100.0/25",
            "in the documentation range 198.51.100.0/24 (RFC 5737)",
        ),
        (
            "203.0.113.9/32",
            "in the documentation range 203.0.113.0/24 (RFC 5737)",
        ),
        (
            "239.0.0.0/8",
            "in the multicast range 224.0.0.0/4 (RFC 5771)",
        ),
        (
            "255.255.255.255/32",
            "in the reserved range 240.0.0.0/4 (RFC 1112)",
        ),
        ("::/128", "in the unspecified range ::/128 (RFC 4291)"),
        ("::1/128", "in the loopback range ::1/128 (RFC 4291)"),
        (
            "64:ff9b::/96",
            "in the translation range 64:ff9b::/96 (RFC 6052)",
        ),
        (
            "64:ff9b:1::/64",
            "in the translation range 64:ff9b:1::/48 (RFC 8215)",
        ),
        (
            "100::1/128",
            "in the discard-only range 100::/64 (RFC 6666)",
        ),
        ("2001::/32", "in the reserved range 2001::/23 (RFC 2928)"),
        (
            "2001:2::1/128",
            "in the benchmarking range 2001:2::/48 (RFC 5180)",
        ),
        (
            "2001:db8:1::/48",
            "in the documentation range 2001:db8::/32 (RFC 3849)",
        ),
        (
            "3fff:fff::/32",
            "in the documentation range 3fff::/20 (RFC 9637)",
        ),
        (
            "5f00:1::/32",
            "in the segment routing range 5f00::/16 (RFC 9602)",
        ),
        ("fd12::/16", "in the private range fc00::/7 (RFC 4193)"),
        (
            "fe80::1/128",
            "in the link-local range fe80::/10 (RFC 4291)",
        ),
        (
            "fec0::1/128",
            "in the site-local range fec0::/10 (RFC 3879)",
        ),
        ("ff02::1/128", "in the multicast range ff00::/8 (RFC 4291)"),
        ("4000::/3", "in reserved space outside 2000::/3 (RFC 4291)"),
        ("8000::/1", "in reserved space outside 2000::/3 (RFC 4291)"),
        ("200::/7", "in reserved space outside 2000::/3 (RFC 4291)"),
    ] {
        assert_eq!(reason(net).as_deref(), Some(expected), "{net}");
    }
}

#[test]
fn public_addresses_next_to_the_ranges_pass() {
    for net in [
        "1.0.0.0/8",
        "9.255.255.255/32",
        "11.0.0.0/32",
        "100.63.255.255/32",
        "100.128.0.0/32",
        "126.0.0.0/8",
        "128.0.0.0/8",
        "172.15.0.0/16",
        "172.32.0.0/16",
        "192.0.1.0/24",
        "192.167.0.0/16",
        "192.169.0.0/16",
        "198.17.0.0/16",
        "198.20.0.0/16",
        "203.0.112.0/24",
        "203.0.114.0/24",
        "223.255.255.255/32",
        "2000::/4",
        "2001:200::/23",
        "2001:db7::/32",
        "2001:db9::/32",
        "2002::/16",
        "2a00::/12",
        "3ffe::/16",
        "3fff:1000::/20",
    ] {
        assert_eq!(reason(net), None, "{net}");
    }
}

#[test]
fn a_prefix_that_only_covers_such_a_range_passes() {
    for net in [
        "0.0.0.0/0",
        "0.0.0.0/1",
        "172.0.0.0/8",
        "192.0.0.0/8",
        "224.0.0.0/3",
        "::/0",
        "::/2",
        "2001::/16",
        "2000::/3",
    ] {
        assert_eq!(reason(net), None, "{net}");
    }
}

#[test]
fn no_range_has_bits_outside_its_prefix_or_hides_behind_a_wider_one() {
    for ranges in [IPV4, IPV6] {
        for (i, range) in ranges.iter().enumerate() {
            assert_eq!(range.net, range.net.trunc());
            let hidden = ranges[..i]
                .iter()
                .any(|before| before.net.contains(&range.net));
            assert!(!hidden, "{} is never reached", range.net);
        }
    }
}
