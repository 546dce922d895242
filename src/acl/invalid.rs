//! The mistakes an ACL entry can contain, and their wording.

use thiserror::Error;

use super::entry::Entry;
use super::quote::{quote, quote_all, quote_any};

/// Why a text is no ACL entry, with the valid entries that it may stand for: none when there is no good guess.
///
/// `Display` says what is wrong and what to do, and leaves out the text itself; [`InvalidEntry::explain`] puts it in.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum InvalidEntry {
    /// No text at all.
    #[error("it is empty; {EXPECTED}")]
    Empty,
    /// White space before or after.
    #[error(
        "it has white space around it; {}",
        write_instead(.0, "remove the white space")
    )]
    SurroundingWhiteSpace(Vec<Entry>),
    /// More than one entry in one text, such as `10.0.0.1, 10.0.0.2`.
    #[error("it holds several entries; make each of them an element of its own")]
    SeveralEntries,
    /// `10.0.0.1-10.0.0.9`.
    #[error("it is a range from one address to another; {}", as_prefixes(.0))]
    AddressRange(Vec<Entry>),
    /// A SIP URI or another URL.
    #[error(
        "it is a URI; {}",
        write_instead(.0, "write the IP address or prefix alone")
    )]
    Uri(Vec<Entry>),
    /// `10.0.0.1:5060`, `[2001:db8::1]:5060` or `[2001:db8::1]`.
    #[error(
        "an entry has no port and no brackets; {}",
        write_instead(.0, "write the address alone")
    )]
    Port(Vec<Entry>),
    /// `10.0.0.*` or `10.0.0.`.
    #[error("an entry has no wildcards and no missing numbers; write \"{0}\"")]
    Wildcard(Entry),
    /// `fe80::1%eth0`.
    #[error(
        "a zone such as \"%eth0\" means something on one machine only; {}",
        write_instead(.0, "remove the zone")
    )]
    ZoneId(Vec<Entry>),
    /// `010.0.0.0/8` or `10.0.0.0/08`: the decimal reading, then the octal one if it differs.
    #[error(
        "numbers with leading zeros are octal to some programs and decimal to others; {}",
        write_instead(.0, "write each number without leading zeros")
    )]
    LeadingZeros(Vec<Entry>),
    /// `10.0.0.0/255.0.0.0`.
    #[error(
        "an entry takes a prefix length, not a netmask; {}",
        write_instead(.0, "no prefix length stands for this mask, so list the prefixes")
    )]
    Netmask(Vec<Entry>),
    /// What follows the slash is not a length that the address can have.
    #[error("after the slash comes a prefix length, a whole number from 0 to {longest}")]
    PrefixLength {
        /// 32 for IPv4, 128 for IPv6.
        longest: u8,
    },
    /// `10.1.2.3/24`: either the prefix or the single address was meant.
    #[error(
        "bits are set outside its prefix of {}; write \"{network}\", or \"{address}\" for the single address",
        bits(network.net().prefix_len())
    )]
    HostBits {
        /// The prefix with those bits cleared.
        network: Entry,
        /// The address without the prefix.
        address: Entry,
    },
    /// `::ffff:10.0.0.1` (mapped) or `::10.0.0.1` (compatible).
    #[error(
        "it is IPv4 written as IPv6, and programs disagree whether that is the same; write {}",
        quote_any(.0)
    )]
    Ipv4AsIpv6(Vec<Entry>),
    /// `sip.example.com`.
    #[error(
        "it is a host name, and an ACL is not looked up in DNS; list the IP addresses that the host calls from"
    )]
    HostName,
    /// Anything else.
    #[error("it is not an IP address or prefix; {EXPECTED}")]
    NotAnAddress,
}

const EXPECTED: &str =
    "write an IPv4 address such as \"198.51.100.7\" or a prefix such as \"198.51.100.0/24\"";

impl InvalidEntry {
    /// The full sentence for a message: the entry as written, what is wrong with it and what to do.
    pub fn explain(&self, written: &str) -> String {
        self.sentence(written, "a valid ACL entry")
    }

    /// The same for a text that was to be compared with a list.
    pub fn explain_address(&self, written: &str) -> String {
        self.sentence(written, "a valid address or prefix")
    }

    fn sentence(&self, written: &str, wanted: &str) -> String {
        format!("{} is not {wanted}: {self}.", quote(written))
    }
}

fn bits(count: u8) -> String {
    let noun = if count == 1 { "bit" } else { "bits" };
    format!("{count} {noun}")
}

fn write_instead(meant: &[Entry], otherwise: &str) -> String {
    if meant.is_empty() {
        otherwise.to_owned()
    } else {
        format!("write {}", quote_any(meant))
    }
}

fn as_prefixes(meant: &[Entry]) -> String {
    if meant.is_empty() {
        "list the prefixes that it consists of".to_owned()
    } else {
        format!("write {}", quote_all(meant))
    }
}
