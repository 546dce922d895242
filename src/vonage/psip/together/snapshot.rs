//! What one list request showed: its rows as they came, found by key without reading the others.

use std::collections::HashMap;

use bytes::Bytes;
use tokio::time::Instant;

use crate::vonage::http::json::fields;
use crate::vonage::http::pages;

/// The rows of a list that is not paged, kept as the answer's text: a row is made an object only when it is wanted.
#[derive(Debug)]
pub(in crate::vonage) struct Snapshot {
    asked: Instant,
    rows: HashMap<Box<str>, Bytes>,
}

impl Snapshot {
    /// Reads the answer to a list request that was sent at `asked`; `key` is the field that tells rows apart. The error
    /// says why the list cannot stand in for single reads.
    pub(in crate::vonage::psip) fn read(
        body: &Bytes,
        asked: Instant,
        key: &str,
    ) -> Result<Self, String> {
        let text = std::str::from_utf8(body).map_err(|_| "it is not UTF-8")?;
        let page = pages::parse(text)?;
        if page.next.is_some() {
            return Err("it has more than one page".to_owned());
        }
        let mut rows = HashMap::new();
        page.each_row(|row| {
            let text = row.get();
            let found = key_of(text, key).ok_or("one of its rows does not say what it is about")?;
            rows.insert(folded(&found), body.slice_ref(text.as_bytes()));
            Ok(())
        })?;
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

fn key_of(row: &str, key: &str) -> Option<String> {
    let [found] = fields(row, [key]).ok()?;
    serde_json::from_str(found?.get()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &'static str) -> Result<Snapshot, String> {
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
                "more than one page",
            ),
            (r#"{"_embedded":{"a":[],"b":[]}}"#, "exactly one list"),
            (r#"{"title":"x"}"#, "neither an array"),
            ("[{\"name\":\"a\"}", "not an array"),
            ("", "empty"),
            (r#"[{"name":"a"},{"acl":[]}]"#, "does not say"),
            (r#"[{"name":1}]"#, "does not say"),
            ("[1]", "does not say"),
        ] {
            let problem = read(body).unwrap_err();
            assert!(problem.contains(expected), "{body}: {problem}");
        }
    }
}
