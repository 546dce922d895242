//! Reads request bodies: one JSON object, no key twice.

use std::fmt;

use serde::Deserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde_json::{Map, Value};

/// A JSON object as the sandbox keeps and answers it.
pub type Object = Map<String, Value>;

/// The object in `body`, or the parser's words about what is wrong with it.
///
/// A key that comes twice is refused: which of the two the real service would take is unknown, so no client may rely on it.
pub(crate) fn object(body: &[u8]) -> Result<Object, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let object = deserializer.deserialize_map(Strict)?;
    deserializer.end()?;
    Ok(object)
}

/// The fields of a JSON object that is written out in the code.
pub(crate) fn fields(json: Value) -> Object {
    match json {
        Value::Object(object) => object,
        // All callers write objects.
        _ => Object::new(),
    }
}

/// A type's text, in JSON as elsewhere.
macro_rules! as_text {
    ($type:ty) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use as_text;

struct Strict;

impl<'de> Visitor<'de> for Strict {
    type Value = Object;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Object, A::Error> {
        let mut object = Object::new();
        while let Some((key, value)) = entries.next_entry::<String, Value>()? {
            if object.contains_key(&key) {
                return Err(A::Error::custom(format_args!("duplicate field `{key}`")));
            }
            object.insert(key, value);
        }
        Ok(object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_read_with_its_numbers_exact() {
        let read = object(br#" {"a": 0.10, "b": [1, null]} "#).unwrap();
        assert_eq!(
            Value::Object(read).to_string(),
            r#"{"a":0.10,"b":[1,null]}"#
        );
    }

    #[test]
    fn what_is_not_one_object_is_refused() {
        for body in [
            "",
            "5",
            "[]",
            "null",
            "\"x\"",
            "{",
            "{} {}",
            "{\"a\":1,}",
            "{'a':1}",
            "\u{feff}{}",
        ] {
            assert!(object(body.as_bytes()).is_err(), "{body:?}");
        }
        assert!(object(b"{\"a\":\"\xff\"}").is_err());
    }

    #[test]
    fn a_key_that_comes_twice_is_refused_by_name() {
        let error = object(br#"{"name":"a","name":"a"}"#).unwrap_err();
        assert!(
            error.to_string().contains("duplicate field `name`"),
            "{error}"
        );
    }

    #[test]
    fn nesting_without_end_is_an_error_and_no_overflow() {
        let body = format!("{{\"a\":{}", "[".repeat(100_000));
        assert!(object(body.as_bytes()).is_err());
    }
}
