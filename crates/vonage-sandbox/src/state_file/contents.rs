//! All objects as a file holds them: the state file, and seeds.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde::de::Error as _;
use serde_json::Value;

use crate::apis::{IN_PLAIN_ARRAY, KINDS};
use crate::json::Object;
use crate::store::{Kind, ObjectId};

/// Everything that a sandbox holds: a list for each kind of objects. The secrets of users are in it: they are test data, and
/// a restart must keep them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Contents(BTreeMap<&'static str, Vec<Object>>);

impl Default for Contents {
    fn default() -> Self {
        Self::from_iter([])
    }
}

/// Kinds that are left out have no objects.
impl FromIterator<(&'static Kind, Vec<Object>)> for Contents {
    fn from_iter<T: IntoIterator<Item = (&'static Kind, Vec<Object>)>>(lists: T) -> Self {
        let none = KINDS.iter().map(|kind| (kind.list, Vec::new()));
        let lists = lists
            .into_iter()
            .map(|(kind, objects)| (kind.list, objects));
        Self(none.chain(lists).collect())
    }
}

/// Why JSON is not the contents of a sandbox.
#[derive(Debug, thiserror::Error)]
pub enum InvalidContents {
    /// Not the JSON that is expected.
    #[error("not JSON of the form {{\"domains\": [...], \"users\": [...]}}")]
    Json(#[from] serde_json::Error),
    /// An object that cannot be found under a key of its own.
    #[error("{0}")]
    Object(String),
}

impl Contents {
    /// The objects of a kind.
    pub(crate) fn of(&self, kind: &Kind) -> &[Object] {
        self.0.get(kind.list).map_or(&[], Vec::as_slice)
    }

    /// Reads a file's text: an object with lists, or a plain array.
    pub(crate) fn parse(text: &[u8]) -> Result<Self, InvalidContents> {
        let json: Value = serde_json::from_slice(text)?;
        let contents = if json.is_array() {
            Self::from_iter([(IN_PLAIN_ARRAY, serde_json::from_value(json)?)])
        } else {
            Self::from_lists(serde_json::from_value(json)?)?
        };
        contents.check()?;
        Ok(contents)
    }

    fn from_lists(lists: BTreeMap<String, Vec<Object>>) -> Result<Self, InvalidContents> {
        let known = |list: &String| KINDS.into_iter().find(|kind| kind.list == list);
        let lists = lists.into_iter().map(|(list, objects)| {
            let unknown = || serde_json::Error::custom(format_args!("unknown field `{list}`"));
            Ok((known(&list).ok_or_else(unknown)?, objects))
        });
        lists.collect()
    }

    /// Checks that each object can be found under a key of its own. The API's rules are not checked: a file may hold drift.
    pub(crate) fn check(&self) -> Result<(), InvalidContents> {
        let mut ids = BTreeSet::new();
        for kind in KINDS {
            for (index, object) in self.of(kind).iter().enumerate() {
                let place = format!("{}[{index}]", kind.list);
                if let Some(field) = kind.key.iter().find(|field| !is_text(object, field)) {
                    return invalid(format!("{place} has no {field:?}, or it is not text"));
                }
                let id = ObjectId::of(kind, object);
                if let Some(parent) = id.parent().filter(|parent| !ids.contains(parent)) {
                    let (noun, key) = (parent.kind.noun, parent.key.join("/"));
                    return invalid(format!("{place} is in {noun} {key:?}, which is not there"));
                }
                if !ids.insert(id) {
                    return invalid(format!("{place} is there twice"));
                }
            }
        }
        Ok(())
    }
}

fn invalid<T>(why: String) -> Result<T, InvalidContents> {
    Err(InvalidContents::Object(why))
}

fn is_text(object: &Object, field: &str) -> bool {
    object.get(field).is_some_and(Value::is_string)
}

/// The text in `field`, empty where there is none: for fields that were checked when the object came in.
pub(crate) fn text(object: &Object, field: &str) -> String {
    object
        .get(field)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::psip::{DOMAIN, USER};

    #[test]
    fn both_forms_are_read() {
        let whole = Contents::parse(
            br#"{"domains":[{"name":"one"}],"users":[{"domain":"one","key":"u"}]}"#,
        )
        .unwrap();
        assert_eq!((whole.of(&DOMAIN).len(), whole.of(&USER).len()), (1, 1));
        assert_eq!(
            Contents::parse(br#"[{"name":"one"}]"#).unwrap().of(&DOMAIN),
            whole.of(&DOMAIN)
        );
        assert_eq!(Contents::parse(b"{}").unwrap(), Contents::default());
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (file, expected) in [
            ("", "not JSON"),
            ("[1]", "not JSON"),
            (r#"{"domain":[]}"#, "not JSON"),
            (
                r#"[{"name":"one"},{"name":1}]"#,
                r#"domains[1] has no "name""#,
            ),
            (
                r#"[{"name":"one"},{"name":"one"}]"#,
                "domains[1] is there twice",
            ),
            (
                r#"{"users":[{"domain":"one","key":"u"}]}"#,
                r#"users[0] is in domain "one""#,
            ),
            (
                r#"{"domains":[{"name":"one"}],"users":[{"domain":"one"}]}"#,
                r#"users[0] has no "key""#,
            ),
            (
                r#"{"domains":[{"name":"one"}],"users":[{"domain":"one","key":"u"},{"domain":"one","key":"u"}]}"#,
                "users[1] is there twice",
            ),
        ] {
            let error = Contents::parse(file.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(expected), "{file}: {error}");
        }
    }
}
