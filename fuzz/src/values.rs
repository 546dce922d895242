//! Values: any bytes, read as a message of a random schema, which must be refused or survive a round trip.

use tfplugin::codec::{json, msgpack};
use tfplugin::testing::codec::to_json;
use tfplugin::types::Type;
use tfplugin::value::Value;

/// How deep the types of the targets nest. Deeper ones come in through dynamic values, which bring their own.
const DEEPEST: u8 = 5;
/// The most parts of a tuple or object, one name each.
const NAMES: [&str; 4] = ["acl", "id", "name", "tls"];

/// Reads a value in `MessagePack`. The first byte says how many of the next ones make the type.
///
/// # Panics
/// Where what was read cannot be written, or does not read as itself again.
pub fn message_pack(bytes: &[u8]) {
    let (ty, message) = typed(bytes);
    let Ok(value) = msgpack::decode(message, &ty) else {
        return;
    };
    let written = msgpack::encode(&value, &ty);
    let again = written.as_ref().map(|bytes| msgpack::decode(bytes, &ty));
    assert!(
        matches!(&again, Ok(Ok(again)) if *again == value),
        "{value:?} of {ty:?} was written as {written:02x?} and read as {again:?}"
    );
}

/// Reads JSON, as a value and as stored state. The first byte says how many of the next ones make the type.
///
/// # Panics
/// Where what was read cannot be written, or does not read as itself again; and where a value is no state.
pub fn json_state(bytes: &[u8]) {
    let (ty, text) = typed(bytes);
    let state = json::decode_state(text, &ty);
    if let Ok(value) = json::decode(text, &ty) {
        assert!(
            state.as_ref() == Ok(&value),
            "{value:?} of {ty:?} is another state, {state:?}"
        );
    }
    if let Ok(state) = state {
        survives(&state, &ty);
    }
}

fn survives(value: &Value, ty: &Type) {
    let written = to_json(value).map(|json| json.to_string());
    let again = written
        .as_ref()
        .map(|text| json::decode(text.as_bytes(), ty));
    assert!(
        matches!(&again, Ok(Ok(again)) if again == value),
        "{value:?} of {ty:?} was written as {written:?} and read as {again:?}"
    );
}

/// Splits the bytes into a type and a message.
fn typed(bytes: &[u8]) -> (Type, &[u8]) {
    let (&length, rest) = bytes.split_first().unwrap_or((&0, &[]));
    let (schema, message) = rest.split_at(rest.len().min(length.into()));
    (random_type(&mut schema.iter().copied(), 0), message)
}

/// A type out of any bytes. Where they end, everything is a string.
fn random_type(bytes: &mut impl Iterator<Item = u8>, depth: u8) -> Type {
    let kinds = if depth < DEEPEST { 9 } else { 4 };
    match bytes.next().unwrap_or(0) % kinds {
        0 => Type::String,
        1 => Type::Bool,
        2 => Type::Number,
        3 => Type::Dynamic,
        4 => random_type(bytes, depth + 1).list(),
        5 => random_type(bytes, depth + 1).set(),
        6 => random_type(bytes, depth + 1).map(),
        7 => Type::Tuple(parts(bytes, depth).map(|(_, ty)| ty).collect()),
        _ => Type::object(parts(bytes, depth)),
    }
}

fn parts(
    bytes: &mut impl Iterator<Item = u8>,
    depth: u8,
) -> impl Iterator<Item = (&'static str, Type)> {
    let count = usize::from(bytes.next().unwrap_or(0)) % (NAMES.len() + 1);
    NAMES
        .into_iter()
        .take(count)
        .map(move |name| (name, random_type(bytes, depth + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_bytes_are_a_type_and_a_message() {
        assert_eq!(typed(b""), (Type::String, &[][..]));
        assert_eq!(typed(b"\x01"), (Type::String, &[][..]));
        assert_eq!(typed(b"\x01\x04\xc0"), (Type::String.list(), &b"\xc0"[..]));
        let object = Type::object([("acl", Type::String.set()), ("id", Type::Number)]);
        assert_eq!(typed(b"\x05\x08\x02\x05\x00\x02m"), (object, &b"m"[..]));
        let (deep, _) = typed(&[0xff; 300]);
        assert_eq!(deep, typed(&[0xff; 300]).0);
    }

    #[test]
    #[should_panic(expected = "was written as")]
    fn a_value_that_does_not_survive_is_told() {
        survives(&Value::Unknown, &Type::String);
    }
}
