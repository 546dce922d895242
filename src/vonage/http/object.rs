//! Reads a JSON object of the API into typed fields. What it holds beyond them is kept, and what is wrong is told without values.

use std::fmt;

use serde_json::{Map, Value};

/// Fields that the client does not know. `Debug` shows only their names: what they hold may be confidential.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Unmanaged(pub(crate) Map<String, Value>);

impl fmt::Debug for Unmanaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// Why JSON is not the object that it should be. Values are not shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub(crate) enum InvalidObject {
    /// The body is empty.
    #[error("it is empty")]
    Empty,
    /// It is longer than any object.
    #[error("it is longer than 1 MiB")]
    TooLong,
    /// The body is no JSON object.
    #[error("it is not a JSON object")]
    NotAnObject,
    /// None of the fields is there.
    #[error("it has none of {0}'s fields")]
    Foreign(&'static str),
    /// A field is missing that nothing else tells.
    #[error("it has no `{0}`")]
    Missing(&'static str),
    /// It is about another object than was asked for.
    #[error("it names another {0}")]
    Other(&'static str),
    /// A field has another JSON type.
    #[error("its `{field}` is not {expected}")]
    WrongType {
        /// The field.
        field: &'static str,
        /// What it should be.
        expected: &'static str,
    },
}

/// Reads a body that should be one object.
pub(crate) fn object(body: &[u8]) -> Result<Map<String, Value>, InvalidObject> {
    if body.trim_ascii().is_empty() {
        return Err(InvalidObject::Empty);
    }
    serde_json::from_slice(body).map_err(|_| InvalidObject::NotAnObject)
}

/// Takes a field out of an object; `read` gives `None` for a value of another type. A null is as good as no field.
fn take<T>(
    object: &mut Map<String, Value>,
    field: &'static str,
    expected: &'static str,
    read: impl FnOnce(Value) -> Option<T>,
) -> Result<Option<T>, InvalidObject> {
    let value = object.remove(field).filter(|value| !value.is_null());
    let wrong = InvalidObject::WrongType { field, expected };
    value.map(|value| read(value).ok_or(wrong)).transpose()
}

pub(crate) fn text(
    object: &mut Map<String, Value>,
    field: &'static str,
) -> Result<Option<String>, InvalidObject> {
    take(object, field, "a string", text_of)
}

pub(crate) fn texts(
    object: &mut Map<String, Value>,
    field: &'static str,
) -> Result<Option<Vec<String>>, InvalidObject> {
    take(object, field, "a list of strings", |value| match value {
        Value::Array(entries) => entries.into_iter().map(text_of).collect(),
        _ => None,
    })
}

fn text_of(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// A text that is one of `known`, whatever its case: whether the API keeps the case is not known, and another case must not
/// look like another value. Other texts stay as they are.
pub(crate) fn choice(
    object: &mut Map<String, Value>,
    field: &'static str,
    known: &[&str],
) -> Result<Option<String>, InvalidObject> {
    let found = text(object, field)?;
    Ok(found.map(|found| {
        let mut known = known.iter();
        let known = known.find(|known| known.eq_ignore_ascii_case(&found));
        known.map_or(found, |known| (*known).to_owned())
    }))
}

/// Vonage's own test writes such a field as the strings `True` and `False`, so it may be read back so.
pub(crate) fn boolean(
    object: &mut Map<String, Value>,
    field: &'static str,
) -> Result<Option<bool>, InvalidObject> {
    take(object, field, "true or false", |value| match value {
        Value::Bool(value) => Some(value),
        Value::String(text) => text.to_ascii_lowercase().parse().ok(),
        _ => None,
    })
}

/// A whole number that is not negative.
pub(crate) fn count(
    object: &mut Map<String, Value>,
    field: &'static str,
) -> Result<Option<u64>, InvalidObject> {
    take(object, field, "a whole number", |value| value.as_u64())
}

/// An object within.
pub(crate) fn inner(
    object: &mut Map<String, Value>,
    field: &'static str,
) -> Result<Option<Map<String, Value>>, InvalidObject> {
    take(object, field, "an object", |value| match value {
        Value::Object(inner) => Some(inner),
        _ => None,
    })
}

/// Changes an object within; one that is empty then is left out.
pub(crate) fn within(
    object: &mut Map<String, Value>,
    field: &'static str,
    change: impl FnOnce(&mut Map<String, Value>),
) {
    let mut rest = inner(object, field).ok().flatten().unwrap_or_default();
    change(&mut rest);
    if !rest.is_empty() {
        object.insert(field.to_owned(), rest.into());
    }
}

/// Sets a field; what has no value is left out.
pub(crate) fn set(object: &mut Map<String, Value>, field: &str, value: impl Into<Value>) {
    match value.into() {
        Value::Null => object.remove(field),
        value => object.insert(field.to_owned(), value),
    };
}
