//! How `acl` comes back in responses: what is stored stays as sent.

use serde_json::Value;

use super::cidr;
use crate::switches::AclEcho;

/// The entries as the switch has them; `number` counts the responses given, so that shuffling needs no randomness.
pub(super) fn echo(switch: AclEcho, entries: &[Value], number: usize) -> Vec<Value> {
    match switch {
        AclEcho::AsSent => entries.to_vec(),
        AclEcho::Sorted => sorted(entries),
        AclEcho::Shuffled => shuffled(entries, number),
        AclEcho::Add32 => entries.iter().map(add_length).collect(),
        AclEcho::Remove32 => entries.iter().map(remove_length).collect(),
        AclEcho::Dedup => dedup(entries),
    }
}

fn sorted(entries: &[Value]) -> Vec<Value> {
    let mut entries = entries.to_vec();
    entries.sort_by(|left, right| left.as_str().cmp(&right.as_str()));
    entries
}

/// Rotates by 1 to `len - 1` places: every order but the one sent.
fn shuffled(entries: &[Value], number: usize) -> Vec<Value> {
    let mut entries = entries.to_vec();
    if let Some(orders @ 1..) = entries.len().checked_sub(1) {
        entries.rotate_left(1 + number % orders);
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

    fn echoed(switch: AclEcho, entries: &Value) -> Value {
        echo(switch, entries.as_array().unwrap(), 0).into()
    }

    #[test]
    fn each_value_changes_the_list_in_its_own_way() {
        let sent = json!(["9.9.9.9", "10.0.0.0/8", "9.9.9.9/32", "10.1.2.3/8", "::1"]);
        for (switch, expected) in [
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
            assert_eq!(echoed(switch, &sent), expected, "{switch:?}");
        }
    }

    #[test]
    fn shuffling_never_gives_the_order_sent_and_changes_from_read_to_read() {
        let sent = [json!("1.1.1.1"), json!("2.2.2.2"), json!("3.3.3.3")];
        let orders: Vec<_> = (0..6)
            .map(|number| echo(AclEcho::Shuffled, &sent, number))
            .collect();
        assert!(orders.iter().all(|order| order.as_slice() != sent));
        assert!(orders.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn lists_of_none_and_one_and_entries_that_are_no_text_pass_through() {
        for switch in [
            AclEcho::Sorted,
            AclEcho::Shuffled,
            AclEcho::Add32,
            AclEcho::Remove32,
            AclEcho::Dedup,
        ] {
            assert_eq!(echoed(switch, &json!([])), json!([]), "{switch:?}");
            assert_eq!(echoed(switch, &json!([7])), json!([7]), "{switch:?}");
        }
    }
}
