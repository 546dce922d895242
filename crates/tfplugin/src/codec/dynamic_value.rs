//! The protocol's `DynamicValue`: a value in one of two encodings.

use super::{Error, json, msgpack};
use crate::types::Type;
use crate::value::Value;

/// Reads the fields `msgpack` and `json` of a `DynamicValue`.
///
/// Without either the value is null: an absent message means that, and `OpenTofu` sends an empty one for a null
/// argument of a function.
pub fn decode(msgpack: &[u8], json: &[u8], ty: &Type) -> Result<Value, Error> {
    if !msgpack.is_empty() {
        msgpack::decode(msgpack, ty)
    } else if !json.is_empty() {
        json::decode(json, ty)
    } else {
        Ok(Value::Null)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_pack_comes_before_json() {
        let value = decode(b"\xa1m", b"\"j\"", &Type::String).unwrap();
        assert_eq!(value.as_str(), Some("m"));
    }

    #[test]
    fn json_is_read_where_there_is_no_message_pack() {
        let value = decode(b"", b"\"j\"", &Type::String).unwrap();
        assert_eq!(value.as_str(), Some("j"));
    }

    #[test]
    fn a_value_in_neither_encoding_is_null() {
        assert_eq!(decode(b"", b"", &Type::String), Ok(Value::Null));
    }
}
