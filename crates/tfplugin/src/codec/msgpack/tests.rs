//! `MessagePack` against literal bytes of the wire format, random values, and hostile input.

use std::error::Error as _;

use proptest::prelude::*;

use super::*;
use crate::codec::Error;
use crate::codec::arbitrary::{Known, typed_values, types};
use crate::codec::error::MAX_DEPTH;
use crate::number::Number;
use crate::types::Type;
use crate::value::Value;

fn number(text: &str) -> Value {
    Value::Number(Number::parse(text).unwrap())
}

fn read(bytes: &[u8], ty: &Type) -> Value {
    decode(bytes, ty).unwrap_or_else(|error| panic!("{bytes:02x?} as {ty}: {error}"))
}

/// The path and the text of the error that these bytes give.
fn refusal(bytes: &[u8], ty: &Type) -> (String, String) {
    let error: Error = decode(bytes, ty).expect_err("these bytes are no such value");
    assert!(error.source().is_none());
    (error.path.to_string(), error.to_string())
}

fn encode_refusal(value: &Value, ty: &Type) -> (String, String) {
    let error: Error = encode(value, ty).expect_err("this value is not of the type");
    (error.path.to_string(), error.to_string())
}

fn assert_wire(ty: &Type, bytes: &[u8], value: &Value) {
    assert_eq!(&read(bytes, ty), value, "reading {bytes:02x?}");
    assert_eq!(encode(value, ty).unwrap(), bytes, "writing {value:?}");
}

#[test]
fn each_type_has_the_bytes_of_the_wire_format() {
    let object = Type::object([("a", Type::String), ("b", Type::Bool)]);
    let tuple = Type::Tuple(vec![Type::String, Type::Bool]);
    let list = Value::List(vec!["x".into(), Value::Null]);
    let map = Value::Map([("k".to_owned(), true.into())].into());
    let pair = Value::Tuple(vec!["x".into(), false.into()]);
    assert_wire(&Type::String, b"\xc0", &Value::Null);
    assert_wire(&Type::Bool, b"\xc3", &true.into());
    assert_wire(&Type::String, b"\xa5hello", &"hello".into());
    assert_wire(&Type::String.list(), b"\x92\xa1x\xc0", &list);
    assert_wire(
        &Type::String.set(),
        b"\x92\xa1a\xa1b",
        &Value::string_set(["b", "a"]),
    );
    assert_wire(&Type::Bool.map(), b"\x81\xa1k\xc3", &map);
    assert_wire(&tuple, b"\x92\xa1x\xc2", &pair);
    let value = Value::object([("a", "x".into()), ("b", Value::Null)]);
    assert_wire(&object, b"\x82\xa1a\xa1x\xa1b\xc0", &value);
}

#[test]
fn numbers_take_the_smallest_exact_form() {
    assert_wire(&Type::Number, b"\x07", &number("7"));
    assert_wire(&Type::Number, b"\xe0", &number("-32"));
    assert_wire(&Type::Number, b"\xcc\x80", &number("128"));
    assert_wire(&Type::Number, b"\xd1\xff\x7f", &number("-129"));
    let least = b"\xd3\x80\0\0\0\0\0\0\0";
    assert_wire(&Type::Number, least, &number("-9223372036854775808"));
    let most = b"\xcf\xff\xff\xff\xff\xff\xff\xff\xff";
    assert_wire(&Type::Number, most, &number("18446744073709551615"));
    assert_wire(&Type::Number, b"\xcb\x40\x12\0\0\0\0\0\0", &number("4.5"));
    assert_wire(&Type::Number, b"\xa30.1", &number("0.1"));
    // 2^64 is an exact float, but whole numbers stay whole.
    let whole = b"\xb418446744073709551616";
    assert_wire(&Type::Number, whole, &number("18446744073709551616"));
}

#[test]
fn every_spelling_of_a_number_is_read() {
    for bytes in [
        b"\x03".as_slice(),
        b"\xcc\x03",
        b"\xcd\0\x03",
        b"\xce\0\0\0\x03",
        b"\xcf\0\0\0\0\0\0\0\x03",
        b"\xd0\x03",
        b"\xd1\0\x03",
        b"\xd2\0\0\0\x03",
        b"\xd3\0\0\0\0\0\0\0\x03",
        b"\xca\x40\x40\0\0",
        b"\xcb\x40\x08\0\0\0\0\0\0",
        b"\xa13",
        b"\xc4\x033.0",
        b"\xa33e0",
    ] {
        assert_eq!(read(bytes, &Type::Number), number("3"), "{bytes:02x?}");
    }
}

#[test]
fn text_may_come_as_bytes_but_must_be_utf_8() {
    assert_eq!(read(b"\xc4\x02hi", &Type::String).as_str(), Some("hi"));
    let (_, text) = refusal(b"\xa2\xff\xfe", &Type::String);
    assert_eq!(text, "expected text in UTF-8, found other bytes");
}

#[test]
fn a_value_of_another_type_is_refused_in_words() {
    for (bytes, ty, text) in [
        (
            b"\x80".as_slice(),
            Type::String,
            "expected a string, found a map of 0 elements",
        ),
        (b"\x01", Type::String, "expected a string, found an integer"),
        (b"\xa4true", Type::Bool, "expected a bool, found a string"),
        (b"\xc3", Type::Number, "expected a number, found a bool"),
        (
            b"\xa3abc",
            Type::Number,
            "expected a number, found not a decimal number",
        ),
        (
            b"\xca\x7f\x80\0\0",
            Type::Number,
            "expected a number, found not a finite number",
        ),
        (
            b"\xa1x",
            Type::String.list(),
            "expected a list, found a string",
        ),
        (
            b"\xc1",
            Type::String,
            "expected MessagePack, found a byte without meaning",
        ),
        (
            b"\xc0\xc0",
            Type::String,
            "expected the end of the data, found more bytes",
        ),
        (
            b"",
            Type::String,
            "expected more bytes, found the end of the data",
        ),
        (
            b"\x91\xc0",
            Type::Tuple(vec![]),
            "expected a tuple of 0 elements, found an array of 1 element",
        ),
        (
            b"\x81\x01\xc0",
            Type::Bool.map(),
            "expected a key that is a string, found an integer",
        ),
    ] {
        assert_eq!(refusal(bytes, &ty), (String::new(), text.to_owned()));
    }
}

#[test]
fn an_error_says_where_it_is() {
    let rule = Type::object([("tags", Type::String.map()), ("on", Type::Bool)]);
    let ty = Type::object([("rules", rule.list())]);
    let bytes = b"\x81\xa5rules\x92\xc0\x82\xa2on\xc3\xa4tags\x81\xa1k\x90";
    let (path, text) = refusal(bytes, &ty);
    assert_eq!(path, "rules[1].tags[\"k\"]");
    assert_eq!(text, "expected a string, found an array of 0 elements");
}

#[test]
fn an_error_within_a_set_points_at_the_set() {
    let ty = Type::object([("acl", Type::String.list().set())]);
    let (path, _) = refusal(b"\x81\xa3acl\x91\x91\x01", &ty);
    assert_eq!(path, "acl");
    let wrong = Value::set([Value::List(vec![true.into()])]);
    let (path, _) = encode_refusal(&Value::object([("acl", wrong)]), &ty);
    assert_eq!(path, "acl");
}

#[test]
fn no_error_shows_the_value() {
    let ty = Type::object([("secret", Type::Number)]);
    let error = decode(b"\x81\xa6secret\xa8hunter22", &ty).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hunter22"));
    let error = encode(&Value::object([("secret", "hunter22".into())]), &ty).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hunter22"));
}

#[test]
fn an_object_has_exactly_the_attributes_of_its_type() {
    let ty = Type::object([("a", Type::Bool), ("b", Type::Bool)]);
    for (bytes, path, found) in [
        (b"\x81\xa1a\xc3".as_slice(), "b", "no such attribute"),
        (b"\x80", "a", "no such attribute"),
        (
            b"\x83\xa1a\xc3\xa1b\xc3\xa1c\xc3",
            "",
            "\"c\", which it does not have",
        ),
        (b"\x82\xa1a\xc3\xa1a\xc3", "a", "a key that came before"),
    ] {
        let error = decode(bytes, &ty).unwrap_err();
        assert_eq!(
            (error.path.to_string().as_str(), error.found.as_ref()),
            (path, found)
        );
    }
}

#[test]
fn a_key_of_a_map_that_comes_twice_is_refused() {
    let (path, text) = refusal(b"\x82\xa1k\xc3\xa1k\xc2", &Type::Bool.map());
    assert_eq!(path, "[\"k\"]");
    assert_eq!(text, "expected each key once, found a key that came before");
}

#[test]
fn attributes_may_come_in_any_order() {
    let ty = Type::object([("a", Type::Bool), ("b", Type::Bool)]);
    let value = Value::object([("a", false.into()), ("b", true.into())]);
    assert_eq!(read(b"\x82\xa1b\xc3\xa1a\xc2", &ty), value);
}

#[test]
fn a_dynamic_value_carries_its_type() {
    let inner = |ty, value| Value::Dynamic(Box::new((ty, value)));
    let text = inner(Type::String, "x".into());
    assert_wire(&Type::Dynamic, b"\x92\xc4\x08\"string\"\xa1x", &text);
    assert_wire(
        &Type::Dynamic,
        b"\x92\xc4\x08\"string\"\xc0",
        &inner(Type::String, Value::Null),
    );
    assert_wire(&Type::Dynamic, b"\xc0", &Value::Null);
    assert_wire(&Type::Dynamic, b"\xd4\0\0", &Value::Unknown);
    let list = inner(
        Type::Dynamic.list(),
        Value::List(vec![text, Value::Unknown]),
    );
    let bytes = b"\x92\xc4\x12[\"list\",\"dynamic\"]\x92\x92\xc4\x08\"string\"\xa1x\xd4\0\0";
    assert_wire(&Type::Dynamic, bytes, &list);
}

#[test]
fn a_malformed_dynamic_value_is_refused() {
    for bytes in [
        b"\xa1x".as_slice(),
        b"\x91\xc4\x08\"string\"",
        b"\x93\xc4\x08\"string\"\xa1x\xa1x",
        b"\x92\xc4\x06string\xa1x",
        b"\x92\xc4\x09\"dynamic\"\xc0",
        b"\x92\x01\xa1x",
        b"\x92\xc4\x08\"string\"\x01",
    ] {
        assert!(decode(bytes, &Type::Dynamic).is_err(), "{bytes:02x?}");
    }
    assert!(encode(&"x".into(), &Type::Dynamic).is_err());
    let twice = Value::Dynamic(Box::new((Type::Dynamic, Value::Null)));
    assert!(encode(&twice, &Type::Dynamic).is_err());
}

#[test]
fn every_extension_is_an_unknown_value_whatever_it_says_of_it() {
    let mut long = vec![0xc8, 4, 1, 12, 0x81, 2];
    long.resize(6 + 1023, b'x');
    for bytes in [
        b"\xd4\0\0".as_slice(),
        b"\xd4\x0c\x80",
        b"\xd4\x63\x07",
        b"\xc7\0\x05",
        b"\xc7\x01\x0c\0",
        // Refinements: not null, a prefix, bounds of a number, some of another type, some of the future, none at all.
        b"\xc7\x03\x0c\x81\x01\xc2",
        b"\xc7\x07\x0c\x82\x01\xc2\x02\xa2ab",
        b"\xc7\x0c\x0c\x82\x03\x92\x01\xc3\x04\x92\xa30.1\xc2",
        b"\xc7\x06\x0c\x82\x05\x01\x06\xcc\xc8",
        b"\xc7\x0d\x0c\x83\x09\x81\xa1k\x92\x01\x02\xff\xa1x\x01\xc2",
        b"\xd5\x0b\x80\0",
        &long,
    ] {
        for ty in [
            Type::String,
            Type::Dynamic,
            Type::object([("a", Type::Bool)]),
        ] {
            assert_eq!(read(bytes, &ty), Value::Unknown, "{bytes:02x?}");
        }
    }
    assert_eq!(encode(&Value::Unknown, &Type::String).unwrap(), b"\xd4\0\0");
}

#[test]
fn an_extension_that_is_cut_off_is_refused() {
    for bytes in [
        b"\xd5\x0c\x81".as_slice(),
        b"\xc7\x04\x0c\x81\x02\xa1",
        b"\xd4",
    ] {
        let (_, text) = refusal(bytes, &Type::String);
        assert_eq!(text, "expected more bytes, found the end of the data");
    }
}

#[test]
fn a_value_of_another_type_is_not_written() {
    let ty = Type::object([("a", Type::Bool.list()), ("b", Type::Bool)]);
    for (value, path) in [
        (
            Value::object([
                ("a", Value::List(vec![true.into(), "x".into()])),
                ("b", Value::Null),
            ]),
            "a[1]",
        ),
        (Value::object([("a", Value::Null)]), "b"),
        (
            Value::object([("a", Value::Null), ("b", Value::Null), ("c", Value::Null)]),
            "",
        ),
        (Value::Map([].into()), ""),
    ] {
        assert_eq!(encode_refusal(&value, &ty).0, path, "{value:?}");
    }
}

#[test]
fn headers_that_claim_more_than_there_is_are_refused_at_once() {
    let claims: [&[u8]; 8] = [
        b"\xdd\xff\xff\xff\xff",
        b"\xdf\xff\xff\xff\xff",
        b"\xdb\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"\xc9\xff\xff\xff\xff\x0c",
        b"\xdc\x00\x02\xc0",
        b"\xde\x00\x02\xc0\xc0\xc0",
        b"\xd9\x02x",
    ];
    let types = [
        Type::String.list(),
        Type::String.set(),
        Type::String.map(),
        Type::String,
    ];
    for bytes in claims {
        for ty in &types {
            let (_, text) = refusal(bytes, ty);
            assert_eq!(
                text, "expected more bytes, found the end of the data",
                "{bytes:02x?}"
            );
        }
    }
}

#[test]
fn deep_nesting_is_an_error_and_no_stack_overflow() {
    let (_, text) = refusal(
        &b"\x92\xc4\x12[\"list\",\"dynamic\"]\x91".repeat(100_000),
        &Type::Dynamic,
    );
    assert_eq!(
        text,
        "expected at most 128 levels, found a value that nests deeper"
    );
    assert!(decode(&vec![0x91; 100_000], &Type::Dynamic).is_err());
    assert!(decode(&vec![0x91; 100_000], &Type::String.list().list()).is_err());
}

#[test]
fn values_are_written_as_deep_as_they_are_read() {
    let nested = |levels| {
        (0..levels).fold((Type::Bool, Value::Bool(true)), |(ty, value), _| {
            (ty.list(), Value::List(vec![value]))
        })
    };
    let (ty, value) = nested(MAX_DEPTH);
    assert_eq!(read(&encode(&value, &ty).unwrap(), &ty), value);
    let (ty, value) = nested(MAX_DEPTH + 1);
    assert!(encode(&value, &ty).is_err());
}

proptest! {
    #[test]
    fn what_is_written_is_read_back((ty, value) in typed_values(Known::Partly)) {
        let bytes = encode(&value, &ty).unwrap();
        let back = decode(&bytes, &ty);
        prop_assert!(back.as_ref() == Ok(&value), "{ty:?}: {bytes:02x?} became {back:?}");
    }

    #[test]
    fn random_bytes_never_panic(ty in types(), bytes: Vec<u8>) {
        let _ = decode(&bytes, &ty);
    }

    #[test]
    fn what_is_read_from_damaged_bytes_can_be_written(
        (ty, value) in typed_values(Known::Partly),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in any::<Option<prop::sample::Index>>(),
    ) {
        let mut bytes = encode(&value, &ty).unwrap();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(read) = decode(&bytes, &ty) {
            prop_assert_eq!(decode(&encode(&read, &ty).unwrap(), &ty), Ok(read));
        }
    }
}
