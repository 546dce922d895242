//! Lists of valid entries, written another way: sorted, or merged.

use ipnet::IpNet;

use super::entry::Entry;

/// The same entries, sorted (IPv4 before IPv6, then by address, then by prefix length) and each once.
pub fn normalize(entries: &[Entry]) -> Vec<Entry> {
    let mut entries = entries.to_vec();
    entries.sort_unstable();
    entries.dedup();
    entries
}

/// The smallest list of prefixes that admits exactly the same addresses, sorted.
pub fn merge(entries: &[Entry]) -> Vec<Entry> {
    let nets: Vec<IpNet> = entries.iter().map(Entry::net).collect();
    let merged = IpNet::aggregate(&nets);
    merged.into_iter().map(Entry::from_valid).collect()
}

#[cfg(test)]
mod tests;
