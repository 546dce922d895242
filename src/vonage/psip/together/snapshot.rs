//! What one list request showed: its rows as they came, found by key without reading the others.

use std::collections::HashMap;

use bytes::Bytes;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use tokio::time::Instant;

/// The rows of a list that is not paged, kept as the answer's text: a row is made an object only when it is wanted.
#[derive(Debug)]
pub(in crate::vonage) struct Snapshot {
    asked: Instant,
    rows: HashMap<Box<str>, Bytes>,
}

/// Why a list cannot stand in for single reads.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub(super) enum Unusable {
    #[error("it has more than one page")]
    Paged,
    #[error("it is neither an array nor an object that holds one")]
    Unreadable,
    #[error("one of its rows does not say what it is about")]
    Keyless,
}

impl Snapshot {
    /// Reads the answer to a list request that was sent at `asked`; `key` is the field that tells rows apart.
    pub(super) fn read(body: &Bytes, asked: Instant, key: &str) -> Result<Self, Unusable> {
        let texts = rows(body)?;
        let mut rows = HashMap::with_capacity(texts.len());
        for text in texts {
            let row = body.slice_ref(text.get().as_bytes());
            let found = key_of(&row, key).ok_or(Unusable::Keyless)?;
            rows.insert(folded(&found), row);
        }
        Ok(Self { asked, rows })
    }

    /// When it was asked for: it shows nothing that happened later.
    pub(super) fn asked(&self) -> Instant {
        self.asked
    }

    /// The JSON object of this key. The API may write a name in another case.
    pub(super) fn row(&self, key: &str) -> Option<&[u8]> {
        self.rows.get(&folded(key)).map(AsRef::as_ref)
    }
}

fn folded(key: &str) -> Box<str> {
    key.to_ascii_lowercase().into_boxed_str()
}

fn key_of(row: &[u8], key: &str) -> Option<String> {
    let fields: HashMap<&str, &RawValue> = serde_json::from_slice(row).ok()?;
    match serde_json::from_str(fields.get(key)?.get()) {
        Ok(Value::String(key)) => Some(key),
        _ => None,
    }
}

/// A bare array, or an object whose `_embedded` holds one and that names no next page.
fn rows(body: &[u8]) -> Result<Vec<&RawValue>, Unusable> {
    if body.trim_ascii_start().starts_with(b"[") {
        return serde_json::from_slice(body).map_err(|_| Unusable::Unreadable);
    }
    let page: Page<'_> = serde_json::from_slice(body).map_err(|_| Unusable::Unreadable)?;
    if page.links.is_some_and(|links| links.next.is_some()) {
        return Err(Unusable::Paged);
    }
    let mut lists = page.embedded.into_values();
    match (lists.next(), lists.next()) {
        (Some(rows), None) => Ok(rows),
        _ => Err(Unusable::Unreadable),
    }
}

#[derive(Deserialize)]
struct Page<'a> {
    #[serde(rename = "_embedded", borrow)]
    embedded: HashMap<&'a str, Vec<&'a RawValue>>,
    #[serde(rename = "_links", borrow)]
    links: Option<Links<'a>>,
}

#[derive(Deserialize)]
struct Links<'a> {
    #[serde(borrow)]
    next: Option<&'a RawValue>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &'static str) -> Result<Snapshot, Unusable> {
        Snapshot::read(&Bytes::from_static(body.as_bytes()), Instant::now(), "name")
    }

    #[test]
    fn rows_are_found_by_their_key_in_any_case_and_form() {
        for body in [
            r#" [{"name":"a","x":1}, {"name":"\u0042"}]"#,
            r#"{"_embedded":{"domains":[{"name":"a","x":1},{"name":"\u0042"}]},"_links":{"self":{"href":"/"},"next":null}}"#,
        ] {
            let snapshot = read(body).unwrap();
            assert_eq!(snapshot.row("A"), Some(&br#"{"name":"a","x":1}"#[..]));
            assert!(snapshot.row("b").is_some());
            assert_eq!(snapshot.row("c"), None);
        }
    }

    #[test]
    fn a_list_that_may_not_be_whole_is_not_used() {
        for (body, expected) in [
            (
                r#"{"_embedded":{"domains":[]},"_links":{"next":{"href":"?page=2"}}}"#,
                Unusable::Paged,
            ),
            (r#"{"_embedded":{"a":[],"b":[]}}"#, Unusable::Unreadable),
            (r#"{"title":"x"}"#, Unusable::Unreadable),
            ("[{\"name\":\"a\"}", Unusable::Unreadable),
            ("", Unusable::Unreadable),
            (r#"[{"name":"a"},{"acl":[]}]"#, Unusable::Keyless),
            (r#"[{"name":1}]"#, Unusable::Keyless),
            ("[1]", Unusable::Keyless),
        ] {
            assert_eq!(read(body).unwrap_err(), expected, "{body}");
        }
    }
}
