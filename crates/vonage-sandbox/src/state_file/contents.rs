//! Domains and users as a file holds them: the state file, and seeds.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::json::Object;

/// Everything that a sandbox holds. The secrets of users are in it: they are test data, and a restart must keep them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Contents {
    /// Domain objects, as the API knows them.
    pub(crate) domains: Vec<Object>,
    /// User objects: `domain`, `key`, `secret`.
    pub(crate) users: Vec<Object>,
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
    /// Reads a file's text: an object with both lists, or a plain array of domains.
    pub(crate) fn parse(text: &[u8]) -> Result<Self, InvalidContents> {
        let json: Value = serde_json::from_slice(text)?;
        let contents = if json.is_array() {
            Self {
                domains: serde_json::from_value(json)?,
                users: Vec::new(),
            }
        } else {
            serde_json::from_value(json)?
        };
        contents.check()?;
        Ok(contents)
    }

    /// Checks that each object can be found under a key of its own. The API's rules are not checked: a file may hold drift.
    pub(crate) fn check(&self) -> Result<(), InvalidContents> {
        let mut names = BTreeSet::new();
        for (index, domain) in self.domains.iter().enumerate() {
            if !names.insert(key(domain, "domains", index, "name")?) {
                return invalid(format!("domains[{index}] is there twice"));
            }
        }
        let mut ids = BTreeSet::new();
        for (index, user) in self.users.iter().enumerate() {
            let domain = key(user, "users", index, "domain")?;
            if !names.contains(domain) {
                return invalid(format!(
                    "users[{index}] is in domain {domain:?}, which is not there"
                ));
            }
            if !ids.insert((domain, key(user, "users", index, "key")?)) {
                return invalid(format!("users[{index}] is there twice"));
            }
        }
        Ok(())
    }
}

fn invalid<T>(why: String) -> Result<T, InvalidContents> {
    Err(InvalidContents::Object(why))
}

fn key<'a>(
    object: &'a Object,
    list: &str,
    index: usize,
    field: &str,
) -> Result<&'a str, InvalidContents> {
    match object.get(field).and_then(Value::as_str) {
        Some(key) => Ok(key),
        None => invalid(format!(
            "{list}[{index}] has no {field:?}, or it is not text"
        )),
    }
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

    #[test]
    fn both_forms_are_read() {
        let whole = Contents::parse(
            br#"{"domains":[{"name":"one"}],"users":[{"domain":"one","key":"u"}]}"#,
        )
        .unwrap();
        assert_eq!((whole.domains.len(), whole.users.len()), (1, 1));
        assert_eq!(
            Contents::parse(br#"[{"name":"one"}]"#).unwrap().domains,
            whole.domains
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
