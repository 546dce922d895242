//! The switch for how `acl` comes back: nobody outside Vonage knows whether the API normalises it.

use clap::ValueEnum;
use serde::Serialize;
use serde_json::Value;

use crate::cidr;

/// How `acl` comes back in answers. What is stored stays as sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AclEcho {
    /// Entry for entry as it was sent.
    AsSent,
    /// In the order of the entries' text.
    Sorted,
    /// In an order that is never the one sent and changes from read to read.
    Shuffled,
    /// `/32` (IPv6: `/128`) added to bare addresses.
    #[value(name = "add-32")]
    #[serde(rename = "add-32")]
    Add32,
    /// `/32` (IPv6: `/128`) taken off.
    #[value(name = "remove-32")]
    #[serde(rename = "remove-32")]
    Remove32,
    /// Only the first of the entries that mean the same.
    Dedup,
}

impl AclEcho {
    /// The entries as this value echoes them; `turn` counts the answers given, so that shuffling needs no randomness.
    pub(crate) fn echo(self, entries: &[Value], turn: usize) -> Vec<Value> {
        match self {
            Self::AsSent => entries.to_vec(),
            Self::Sorted => sorted(entries),
            Self::Shuffled => shuffled(entries, turn),
            Self::Add32 => entries.iter().map(add_length).collect(),
            Self::Remove32 => entries.iter().map(remove_length).collect(),
            Self::Dedup => dedup(entries),
        }
    }
}

fn sorted(entries: &[Value]) -> Vec<Value> {
    let mut entries = entries.to_vec();
    entries.sort_by(|left, right| left.as_str().cmp(&right.as_str()));
    entries
}

/// Rotates by 1 to `len - 1` places: every order but the one sent.
fn shuffled(entries: &[Value], turn: usize) -> Vec<Value> {
    let mut entries = entries.to_vec();
    if let Some(orders @ 1..) = entries.len().checked_sub(1) {
        entries.rotate_left(1 + turn % orders);
    }
    entries
}

fn add_length(entry: &Value) -> Value {
    match entry.as_str() {
        Some(text) if text.contains('/') => entry.clone(),
        Some(text) if text.contains(':') => format!("{text}/128").into(),
        Some(text) => format!("{text}/32").into(),
        None => entry.clone(),
    }
}

fn remove_length(entry: &Value) -> Value {
    let Some(text) = entry.as_str() else {
        return entry.clone();
    };
    let full = if text.contains(':') { "/128" } else { "/32" };
    text.strip_suffix(full).unwrap_or(text).into()
}

fn dedup(entries: &[Value]) -> Vec<Value> {
    let mut kept: Vec<Value> = Vec::new();
    for entry in entries {
        if !kept.iter().any(|earlier| same(earlier, entry)) {
            kept.push(entry.clone());
        }
    }
    kept
}

/// Whether two entries are the same text or the same block.
fn same(left: &Value, right: &Value) -> bool {
    let block = |entry: &Value| entry.as_str().and_then(cidr::parse);
    left == right || block(left).is_some_and(|block_of_left| block(right) == Some(block_of_left))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn echoed(echo: AclEcho, entries: &Value) -> Value {
        echo.echo(entries.as_array().unwrap(), 0).into()
    }

    #[test]
    fn each_value_changes_the_list_in_its_own_way() {
        let sent = json!(["9.9.9.9", "10.0.0.0/8", "9.9.9.9/32", "10.1.2.3/8", "::1"]);
        for (echo, expected) in [
            (AclEcho::AsSent, sent.clone()),
            (
                AclEcho::Sorted,
                json!(["10.0.0.0/8", "10.1.2.3/8", "9.9.9.9", "9.9.9.9/32", "::1"]),
            ),
            (
                AclEcho::Shuffled,
                json!(["10.0.0.0/8", "9.9.9.9/32", "10.1.2.3/8", "::1", "9.9.9.9"]),
            ),
            (
                AclEcho::Add32,
                json!([
                    "9.9.9.9/32",
                    "10.0.0.0/8",
                    "9.9.9.9/32",
                    "10.1.2.3/8",
                    "::1/128"
                ]),
            ),
            (
                AclEcho::Remove32,
                json!(["9.9.9.9", "10.0.0.0/8", "9.9.9.9", "10.1.2.3/8", "::1"]),
            ),
            (AclEcho::Dedup, json!(["9.9.9.9", "10.0.0.0/8", "::1"])),
        ] {
            assert_eq!(echoed(echo, &sent), expected, "{echo:?}");
        }
    }

    #[test]
    fn shuffling_never_gives_the_order_sent_and_changes_from_read_to_read() {
        let sent = [json!("1.1.1.1"), json!("2.2.2.2"), json!("3.3.3.3")];
        let orders: Vec<_> = (0..6)
            .map(|turn| AclEcho::Shuffled.echo(&sent, turn))
            .collect();
        assert!(orders.iter().all(|order| order.as_slice() != sent));
        assert!(orders.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn lists_of_none_and_one_and_entries_that_are_no_text_pass_through() {
        for echo in [
            AclEcho::Sorted,
            AclEcho::Shuffled,
            AclEcho::Add32,
            AclEcho::Remove32,
            AclEcho::Dedup,
        ] {
            assert_eq!(echoed(echo, &json!([])), json!([]), "{echo:?}");
            assert_eq!(echoed(echo, &json!([7])), json!([7]), "{echo:?}");
        }
    }
}
