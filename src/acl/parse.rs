//! Reads an entry strictly. Of any other text it finds out which mistake it contains, so that the message can say what was
//! probably meant.
//!
//! Each check repairs one mistake and reads what is left strictly. A text with two mistakes is told of the first, without a guess.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, IpSubnets, Ipv4Subnets, Ipv6Subnets};

use super::entry::{Entry, has_host_bits, ipv4_reading, literal, readings};
use super::invalid::InvalidEntry;

/// A range of addresses is spelled out up to this many prefixes.
const PREFIXES_SHOWN: usize = 8;

impl Entry {
    /// Reads `198.51.100.7`, `198.51.100.0/24` and their IPv6 counterparts, and nothing else.
    ///
    /// # Errors
    /// Says which mistake the text contains, one variant for each.
    pub fn parse(text: &str) -> Result<Self, InvalidEntry> {
        let net = literal(text).ok_or_else(|| diagnose(text))?;
        if ipv4_reading(net).is_some() {
            return Err(InvalidEntry::Ipv4AsIpv6(readings(text)));
        }
        if has_host_bits(net) {
            return Err(InvalidEntry::HostBits {
                network: Self::from_valid(net.trunc()),
                address: Self::from_valid(net.addr().into()),
            });
        }
        Ok(Self::from_valid(net))
    }
}

/// The mistake in `text`, which must not be a literal.
fn diagnose(text: &str) -> InvalidEntry {
    if text.is_empty() {
        return InvalidEntry::Empty;
    }
    let trimmed = text.trim();
    if trimmed.len() < text.len() {
        return InvalidEntry::SurroundingWhiteSpace(readings(trimmed));
    }
    uri(text)
        .or_else(|| range(text))
        .or_else(|| several(text))
        .unwrap_or_else(|| within_one_entry(text))
}

fn within_one_entry(text: &str) -> InvalidEntry {
    let (address, prefix) = match text.split_once('/') {
        Some((address, prefix)) => (address, Some(prefix)),
        None => (text, None),
    };
    port(address, prefix)
        .or_else(|| zone(address, prefix))
        .or_else(|| leading_zeros(address, prefix))
        .or_else(|| prefix_length(address, prefix?))
        .or_else(|| wildcard(text))
        .unwrap_or_else(|| {
            if is_host_name(address) {
                InvalidEntry::HostName
            } else {
                InvalidEntry::NotAnAddress
            }
        })
}

/// `sip:user@10.0.0.1:5060;transport=udp`, `https://10.0.0.1/`, `user@10.0.0.1`.
fn uri(text: &str) -> Option<InvalidEntry> {
    let rest = after_scheme(text);
    if rest.is_none() && !text.contains('@') {
        return None;
    }
    let rest = rest.unwrap_or(text);
    let after_user = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let host = match after_user.strip_prefix('[') {
        Some(bracketed) => bracketed.split(']').next(),
        None => after_user.split([':', ';', '?', '/', '>']).next(),
    };
    // A prefix with a scheme before it keeps its length.
    let mut meant = readings(after_user);
    if meant.is_empty() {
        meant = host.map(readings).unwrap_or_default();
    }
    Some(InvalidEntry::Uri(meant))
}

fn after_scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.trim_start_matches('<').split_once(':')?;
    if let Some(rest) = rest.strip_prefix("//") {
        return Some(rest);
    }
    ["sip", "sips", "tel"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
        .then_some(rest)
}

fn range(text: &str) -> Option<InvalidEntry> {
    let (first, last) = text.split_once('-')?;
    let subnets = match (first.trim().parse().ok()?, last.trim().parse().ok()?) {
        (IpAddr::V4(first), IpAddr::V4(last)) => IpSubnets::V4(Ipv4Subnets::new(first, last, 0)),
        (IpAddr::V6(first), IpAddr::V6(last)) => IpSubnets::V6(Ipv6Subnets::new(first, last, 0)),
        _ => return Some(InvalidEntry::AddressRange(Vec::new())),
    };
    Some(InvalidEntry::AddressRange(few_prefixes(subnets)))
}

/// Nothing when the prefixes are many, when one of them would itself be refused, or when there are none, as from a later address to
/// an earlier one.
fn few_prefixes(subnets: IpSubnets) -> Vec<Entry> {
    let prefixes: Vec<IpNet> = subnets.take(PREFIXES_SHOWN + 1).collect();
    if prefixes.len() > PREFIXES_SHOWN {
        return Vec::new();
    }
    let entries: Result<Vec<Entry>, InvalidEntry> = prefixes
        .iter()
        .map(|prefix| Entry::parse(&prefix.to_string()))
        .collect();
    entries.unwrap_or_default()
}

fn several(text: &str) -> Option<InvalidEntry> {
    let between = |c: char| c == ',' || c == ';' || c.is_whitespace();
    let entries = text.split(between).filter(|part| literal(part).is_some());
    (entries.take(2).count() == 2).then_some(InvalidEntry::SeveralEntries)
}

fn port(address: &str, prefix: Option<&str>) -> Option<InvalidEntry> {
    let host = bracketed_host(address).or_else(|| host_before_port(address))?;
    Some(InvalidEntry::Port(readings(&rejoin(host, prefix))))
}

fn bracketed_host(address: &str) -> Option<&str> {
    let (host, _) = address.strip_prefix('[')?.split_once(']')?;
    host.parse::<Ipv6Addr>().is_ok().then_some(host)
}

fn host_before_port(address: &str) -> Option<&str> {
    let (host, _) = address.split_once(':')?;
    host.parse::<Ipv4Addr>().is_ok().then_some(host)
}

fn zone(address: &str, prefix: Option<&str>) -> Option<InvalidEntry> {
    let (bare, _) = address.split_once('%')?;
    bare.parse::<IpAddr>().ok()?;
    Some(InvalidEntry::ZoneId(readings(&rejoin(bare, prefix))))
}

fn leading_zeros(address: &str, prefix: Option<&str>) -> Option<InvalidEntry> {
    let decimal_address = each_octet(address, |octet| Some(without_zeros(octet).to_owned()))?;
    decimal_address.parse::<IpAddr>().ok()?;
    let decimal_prefix = prefix.map(|prefix| {
        let is_number = prefix.bytes().all(|byte| byte.is_ascii_digit());
        if is_number {
            without_zeros(prefix)
        } else {
            prefix
        }
    });
    if decimal_address == address && decimal_prefix == prefix {
        return None;
    }
    let mut meant = readings(&rejoin(&decimal_address, decimal_prefix));
    if let Some(octal_address) = each_octet(address, octal_to_decimal) {
        for entry in readings(&rejoin(&octal_address, decimal_prefix)) {
            if !meant.contains(&entry) {
                meant.push(entry);
            }
        }
    }
    Some(InvalidEntry::LeadingZeros(meant))
}

/// Rewrites the numbers of the dotted part, which in IPv6 is what follows the last colon.
fn each_octet(address: &str, rewrite: impl Fn(&str) -> Option<String>) -> Option<String> {
    let (head, dotted) = address.split_at(address.rfind(':').map_or(0, |colon| colon + 1));
    if !dotted.contains('.') {
        return Some(address.to_owned());
    }
    let octets: Option<Vec<String>> = dotted.split('.').map(rewrite).collect();
    Some(format!("{head}{}", octets?.join(".")))
}

fn without_zeros(number: &str) -> &str {
    let digits = number.trim_start_matches('0');
    if digits.is_empty() && !number.is_empty() {
        "0"
    } else {
        digits
    }
}

fn octal_to_decimal(number: &str) -> Option<String> {
    if number.starts_with('0') {
        let value = u8::from_str_radix(number, 8).ok()?;
        Some(value.to_string())
    } else {
        Some(number.to_owned())
    }
}

fn prefix_length(address: &str, prefix: &str) -> Option<InvalidEntry> {
    let address: IpAddr = address.parse().ok()?;
    if let Ok(mask) = prefix.parse::<Ipv4Addr>() {
        let net = IpNet::with_netmask(address, mask.into()).ok();
        let meant = net.map(|net| readings(&net.to_string()));
        return Some(InvalidEntry::Netmask(meant.unwrap_or_default()));
    }
    let longest = if address.is_ipv4() { 32 } else { 128 };
    Some(InvalidEntry::PrefixLength { longest })
}

/// `10.1.2.*`, `10.1.*.*`, `10.1.2.`: the first numbers of an address, which are a prefix.
fn wildcard(text: &str) -> Option<InvalidEntry> {
    let numbers = text.trim_end_matches(".*");
    let numbers = numbers.strip_suffix('.').unwrap_or(numbers);
    if numbers == text {
        return None;
    }
    let given = numbers.split('.').count();
    let missing = 4_usize.checked_sub(given).filter(|missing| *missing > 0)?;
    let prefix = format!("{numbers}{}/{}", ".0".repeat(missing), 8 * given);
    let meant = *readings(&prefix).first()?;
    Some(InvalidEntry::Wildcard(meant))
}

/// Whether it looks like `sip.example.com`, with or without a port: labels of letters, digits and hyphens, the last one a word.
fn is_host_name(text: &str) -> bool {
    let host = text.split(':').next().unwrap_or(text);
    let host = host.strip_suffix('.').unwrap_or(host);
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let is_word =
        |label: &str| label.len() > 1 && label.starts_with(|c: char| c.is_ascii_alphabetic());
    host.eq_ignore_ascii_case("localhost")
        || host.rsplit_once('.').is_some_and(|(front, last)| {
            front.split('.').all(is_label) && is_label(last) && is_word(last)
        })
}

fn rejoin(address: &str, prefix: Option<&str>) -> String {
    match prefix {
        Some(prefix) => format!("{address}/{prefix}"),
        None => address.to_owned(),
    }
}

#[cfg(test)]
mod tests;
