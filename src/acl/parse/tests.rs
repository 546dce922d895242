//! One test for each mistake, by the message that a person reads.

use super::super::Entry;

fn message(text: &str) -> String {
    Entry::parse(text)
        .expect_err("an invalid entry")
        .explain(text)
}

/// The part of the message after the quoted entry, without the full stop.
fn mistake(text: &str) -> String {
    Entry::parse(text)
        .expect_err("an invalid entry")
        .to_string()
}

#[test]
fn bits_outside_the_prefix_offer_both_readings() {
    assert_eq!(
        message("10.1.2.3/24"),
        r#""10.1.2.3/24" is not a valid ACL entry: bits are set outside its prefix of 24 bits; write "10.1.2.0/24", or "10.1.2.3" for the single address."#
    );
    assert_eq!(
        message("2001:DB8::1/32"),
        r#""2001:DB8::1/32" is not a valid ACL entry: bits are set outside its prefix of 32 bits; write "2001:db8::/32", or "2001:db8::1" for the single address."#
    );
    assert!(mistake("67.221.169.243/1").starts_with("bits are set outside its prefix of 1 bit; "));
    assert!(mistake("67.221.169.243/0").contains(r#"write "0.0.0.0/0", or"#));
}

#[test]
fn an_empty_text_says_what_an_entry_looks_like() {
    assert_eq!(
        message(""),
        r#""" is not a valid ACL entry: it is empty; write an IPv4 address such as "198.51.100.7" or a prefix such as "198.51.100.0/24"."#
    );
}

#[test]
fn other_text_says_what_an_entry_looks_like() {
    let expected = r#"it is not an IP address or prefix; write an IPv4 address such as "198.51.100.7" or a prefix such as "198.51.100.0/24""#;
    for text in [
        "office",
        "10/8",
        "0x0a.0.0.1",
        "167772160",
        "10.0.0",
        "10.0.0.x",
        "10.0.0.1*",
        "10.0.0.1.*",
        "10.*.0.1",
        "256.0.0.*",
        "*.*.*.*",
        "256.1.1.1",
        "/8",
        "1:2:3",
        "exa_mple.com",
        "example..com",
        "…",
    ] {
        assert_eq!(mistake(text), expected, "{text}");
    }
}

#[test]
fn white_space_around_an_entry_is_named() {
    let expected = r#"it has white space around it; write "10.0.0.0/8""#;
    for text in [
        " 10.0.0.0/8",
        "10.0.0.0/8\n",
        "\t10.0.0.0/8 ",
        "\u{a0}10.0.0.0/8",
    ] {
        assert_eq!(mistake(text), expected, "{text:?}");
    }
    assert_eq!(
        mistake("  "),
        "it has white space around it; remove the white space"
    );
    assert_eq!(
        message("10.0.0.1\n"),
        r#""10.0.0.1\n" is not a valid ACL entry: it has white space around it; write "10.0.0.1"."#
    );
}

#[test]
fn leading_zeros_offer_the_decimal_and_the_octal_reading() {
    let explanation = "numbers with leading zeros are octal to some programs and decimal to others";
    for (text, advice) in [
        ("010.0.0.0/8", r#"write "10.0.0.0/8" or "8.0.0.0/8""#),
        ("10.0.0.00/8", r#"write "10.0.0.0/8""#),
        ("192.168.001.001", r#"write "192.168.1.1""#),
        ("10.0.0.09", r#"write "10.0.0.9""#),
        ("10.0.0.0/08", r#"write "10.0.0.0/8""#),
        ("2001:db8::/032", r#"write "2001:db8::/32""#),
        ("::ffff:010.0.0.1", r#"write "10.0.0.1" or "8.0.0.1""#),
        ("10.1.2.3/024", r#"write "10.1.2.0/24" or "10.1.2.3""#),
        ("0010.0.0.0/99", "write each number without leading zeros"),
    ] {
        assert_eq!(mistake(text), format!("{explanation}; {advice}"), "{text}");
    }
}

#[test]
fn ipv4_written_as_ipv6_offers_the_ipv4_reading() {
    let explanation = "it is IPv4 written as IPv6, and programs disagree whether that is the same";
    for (text, advice) in [
        ("::ffff:10.0.0.1", r#"write "10.0.0.1""#),
        ("::FFFF:a00:1/128", r#"write "10.0.0.1""#),
        ("0:0:0:0:0:ffff:10.0.0.1", r#"write "10.0.0.1""#),
        ("::ffff:10.0.0.0/104", r#"write "10.0.0.0/8""#),
        ("::ffff:0.0.0.0/96", r#"write "0.0.0.0/0""#),
        (
            "::ffff:10.1.2.3/120",
            r#"write "10.1.2.0/24" or "10.1.2.3""#,
        ),
        ("::ffff:10.0.0.0/8", r#"write "10.0.0.0/8""#),
        ("::ffff:10.0.0.1/64", r#"write "10.0.0.1""#),
        ("::10.0.0.1", r#"write "10.0.0.1""#),
        ("::10.0.0.0/104", r#"write "10.0.0.0/8""#),
        ("::/96", r#"write "0.0.0.0/0""#),
    ] {
        assert_eq!(mistake(text), format!("{explanation}; {advice}"), "{text}");
    }
}

#[test]
fn a_zone_is_to_be_removed() {
    let explanation = r#"a zone such as "%eth0" means something on one machine only"#;
    assert_eq!(
        mistake("fe80::1%eth0"),
        format!(r#"{explanation}; write "fe80::1""#)
    );
    assert_eq!(
        mistake("fe80::%1/10"),
        format!("{explanation}; write \"fe80::/10\"")
    );
    assert_eq!(
        mistake("fe80::%/99999"),
        format!("{explanation}; remove the zone")
    );
}

#[test]
fn a_netmask_names_the_prefix_length_that_it_stands_for() {
    let explanation = "an entry takes a prefix length, not a netmask";
    for (text, advice) in [
        ("10.0.0.0/255.0.0.0", r#"write "10.0.0.0/8""#),
        ("10.0.0.0/255.255.255.255", r#"write "10.0.0.0""#),
        ("0.0.0.0/0.0.0.0", r#"write "0.0.0.0/0""#),
        (
            "10.1.2.3/255.255.255.0",
            r#"write "10.1.2.0/24" or "10.1.2.3""#,
        ),
        (
            "10.0.0.0/255.0.255.0",
            "no prefix length stands for this mask, so list the prefixes",
        ),
        (
            "10.0.0.0/0.0.0.255",
            "no prefix length stands for this mask, so list the prefixes",
        ),
    ] {
        assert_eq!(mistake(text), format!("{explanation}; {advice}"), "{text}");
    }
}

#[test]
fn a_wrong_prefix_length_says_which_are_possible() {
    for text in [
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0.0/ 8",
        "10.0.0.0/8/8",
        "10.0.0.0/x",
        "10.0.0.0/256",
    ] {
        assert_eq!(
            mistake(text),
            "after the slash comes a prefix length, a whole number from 0 to 32",
            "{text}"
        );
    }
    assert_eq!(
        mistake("2001:db8::/129"),
        "after the slash comes a prefix length, a whole number from 0 to 128"
    );
}

#[test]
fn the_first_numbers_of_an_address_are_offered_as_a_prefix() {
    for (text, prefix) in [
        ("88.214.8.*", "88.214.8.0/24"),
        ("88.214.8.", "88.214.8.0/24"),
        ("88.214.*.*", "88.214.0.0/16"),
        ("88.214.*", "88.214.0.0/16"),
        ("10.*", "10.0.0.0/8"),
    ] {
        let expected =
            format!(r#"an entry has no wildcards and no missing numbers; write "{prefix}""#);
        assert_eq!(mistake(text), expected, "{text}");
    }
}

#[test]
fn a_port_or_brackets_are_to_be_dropped() {
    for (text, advice) in [
        ("1.2.3.4:5060", r#"write "1.2.3.4""#),
        ("1.2.3.4:99999", r#"write "1.2.3.4""#),
        ("1.2.3.0:5060/24", r#"write "1.2.3.0/24""#),
        ("[2001:db8::1]:5060", r#"write "2001:db8::1""#),
        ("[2001:db8::]/32", r#"write "2001:db8::/32""#),
        ("1.2.3.4:5060/99", "write the address alone"),
    ] {
        assert_eq!(
            mistake(text),
            format!("an entry has no port and no brackets; {advice}"),
            "{text}"
        );
    }
}

#[test]
fn a_uri_offers_the_address_in_it() {
    for (text, advice) in [
        ("sip:1.2.3.4", r#"write "1.2.3.4""#),
        (
            "SIPS:alice@1.2.3.4:5061;transport=tls",
            r#"write "1.2.3.4""#,
        ),
        ("<sip:1.2.3.4>", r#"write "1.2.3.4""#),
        ("sip:[2001:db8::1]:5060", r#"write "2001:db8::1""#),
        ("https://1.2.3.4/", r#"write "1.2.3.4""#),
        ("https://10.0.0.0/8", r#"write "10.0.0.0/8""#),
        ("alice@1.2.3.4", r#"write "1.2.3.4""#),
        (
            "sip:alice@example.com",
            "write the IP address or prefix alone",
        ),
        ("tel:+15551234", "write the IP address or prefix alone"),
    ] {
        assert_eq!(mistake(text), format!("it is a URI; {advice}"), "{text}");
    }
}

#[test]
fn a_host_name_says_that_names_are_not_looked_up() {
    let expected = "it is a host name, and an ACL is not looked up in DNS; list the IP addresses that the host calls from";
    for text in [
        "sip.example.com",
        "localhost",
        "pbx-1.example.org.",
        "sip.example.com:5060",
        "example.com/24",
        "10.0.0.1.example.com",
    ] {
        assert_eq!(mistake(text), expected, "{text}");
    }
}

#[test]
fn a_range_is_spelled_out_while_it_takes_few_prefixes() {
    let explanation = "it is a range from one address to another";
    for (text, advice) in [
        ("10.0.0.0-10.0.0.255", r#"write "10.0.0.0/24""#),
        (
            "10.0.0.1 - 10.0.0.6",
            r#"write "10.0.0.1", "10.0.0.2/31", "10.0.0.4/31", "10.0.0.6""#,
        ),
        (
            "10.0.0.1-10.0.0.30",
            r#"write "10.0.0.1", "10.0.0.2/31", "10.0.0.4/30", "10.0.0.8/29", "10.0.0.16/29", "10.0.0.24/30", "10.0.0.28/31", "10.0.0.30""#,
        ),
        (
            "10.0.0.1-10.0.0.62",
            "list the prefixes that it consists of",
        ),
        ("2001:db8::-2001:db8::1", r#"write "2001:db8::/127""#),
        ("10.0.0.1-10.9.9.9", "list the prefixes that it consists of"),
        ("10.0.0.9-10.0.0.1", "list the prefixes that it consists of"),
        (
            "2001:db8::1-2001:db8::",
            "list the prefixes that it consists of",
        ),
        (
            "10.0.0.1-2001:db8::",
            "list the prefixes that it consists of",
        ),
        (
            "::ffff:0:0-::ffff:0:1",
            "list the prefixes that it consists of",
        ),
    ] {
        assert_eq!(mistake(text), format!("{explanation}; {advice}"), "{text}");
    }
}

#[test]
fn several_entries_in_one_text_are_to_be_separated() {
    for text in [
        "10.0.0.1,10.0.0.2",
        "10.0.0.1, 10.0.0.0/8, x",
        "10.0.0.1 10.0.0.2",
        "10.0.0.1;10.0.0.2",
    ] {
        assert_eq!(
            mistake(text),
            "it holds several entries; make each of them an element of its own",
            "{text}"
        );
    }
}

#[test]
fn a_very_long_text_is_cut_in_the_message() {
    for long in [
        "1".repeat(10_000),
        "0".repeat(10_000) + ".0.0.0",
        "sip:".repeat(2_500),
        "1.2.3.4,".repeat(1_250),
        ".".repeat(10_000),
        "1.".repeat(5_000),
        ".*".repeat(5_000),
    ] {
        let message = message(&long);
        assert!(message.len() < 300, "{message}");
        assert!(
            message.contains(&format!("({} characters)", long.len())),
            "{message}"
        );
    }
}

#[test]
fn control_characters_are_escaped_in_the_message() {
    assert!(message("10.0.0.1\u{1b}[31m").starts_with(r#""10.0.0.1\u{1b}[31m" is"#));
}
