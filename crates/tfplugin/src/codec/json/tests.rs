//! JSON against literal text, random values, and malformed input.

use proptest::prelude::*;

use super::*;
use crate::codec::arbitrary::types;
use crate::number::Number;
use crate::types::Type;
use crate::value::Value;

fn number(text: &str) -> Value {
    Value::Number(Number::parse(text).unwrap())
}

fn read(json: &str, ty: &Type) -> Value {
    decode(json.as_bytes(), ty).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn refusal(json: &str, ty: &Type) -> (String, String) {
    let error = decode(json.as_bytes(), ty).expect_err("this JSON is no such value");
    (error.path.to_string(), error.to_string())
}

#[test]
fn each_type_has_the_json_of_the_wire_format() {
    let object = Type::object([("a", Type::String), ("b", Type::Bool)]);
    let dynamic = Value::Dynamic(Box::new((
        Type::Number.list(),
        Value::List(vec![number("1")]),
    )));
    for (ty, json, value) in [
        (Type::String, "null", Value::Null),
        (Type::Dynamic, "null", Value::Null),
        (Type::Bool, "true", true.into()),
        (Type::String, r#""h\u00e9""#, "hé".into()),
        (
            Type::Number,
            "12345678901234567890123.5",
            number("12345678901234567890123.5"),
        ),
        (Type::Number, "1e100", number("1e100")),
        (
            Type::String.list(),
            r#"["x",null]"#,
            Value::List(vec!["x".into(), Value::Null]),
        ),
        (
            Type::String.set(),
            r#"["b","a"]"#,
            Value::string_set(["a", "b"]),
        ),
        (
            Type::Bool.map(),
            r#"{"k":true}"#,
            Value::Map([("k".to_owned(), true.into())].into()),
        ),
        (
            Type::Tuple(vec![Type::Bool]),
            "[false]",
            Value::Tuple(vec![false.into()]),
        ),
        (
            object,
            r#"{"b":null,"a":"x"}"#,
            Value::object([("a", "x".into()), ("b", Value::Null)]),
        ),
        (
            Type::Dynamic,
            r#"{"value":[1],"type":["list","number"]}"#,
            dynamic,
        ),
    ] {
        assert_eq!(read(json, &ty), value, "{json}");
    }
}

#[test]
fn primitives_are_converted_as_in_stored_state() {
    for (ty, json, value) in [
        (Type::Number, r#""12.50""#, number("12.5")),
        (Type::String, "12.50", "12.50".into()),
        (Type::String, "true", "true".into()),
        (Type::Bool, r#""true""#, true.into()),
        (Type::Bool, r#""0""#, false.into()),
    ] {
        assert_eq!(read(json, &ty), value, "{json}");
    }
}

#[test]
fn a_value_of_another_type_is_refused_in_words() {
    let object = Type::object([("a", Type::Number.list()), ("s", Type::Bool.list().set())]);
    for (ty, json, path, text) in [
        (
            Type::String,
            "{}",
            "",
            "expected a string, found an object of 0 elements",
        ),
        (Type::Bool, "1", "", "expected a bool, found a number"),
        (Type::Bool, "\"yes\"", "", "expected a bool, found a string"),
        (
            Type::Number,
            "\"x\"",
            "",
            "expected a number, found not a decimal number",
        ),
        (
            Type::Number,
            "1e999999",
            "",
            "expected a number, found a number with too many digits",
        ),
        (
            Type::Bool.map(),
            r#"{"k":[]}"#,
            "[\"k\"]",
            "expected a bool, found an array of 0 elements",
        ),
        (
            Type::Tuple(vec![]),
            "[1]",
            "",
            "expected a tuple of 0 elements, found an array of 1 element",
        ),
        (
            object.clone(),
            r#"{"a":[1,{}],"s":[]}"#,
            "a[1]",
            "expected a number, found an object of 0 elements",
        ),
        (
            object.clone(),
            r#"{"a":[],"s":[[3]]}"#,
            "s",
            "expected a bool, found a number",
        ),
        (
            object.clone(),
            r#"{"a":[]}"#,
            "s",
            "expected a value, found no such attribute",
        ),
        (
            object,
            r#"{"a":[],"s":[],"t":1}"#,
            "",
            "expected only attributes of the type, found \"t\", which it does not have",
        ),
        (
            Type::String,
            "\"x",
            "",
            "expected JSON, found something else in line 1, column 2",
        ),
        (
            Type::String,
            "\"x\" 1",
            "",
            "expected JSON, found something else in line 1, column 5",
        ),
    ] {
        assert_eq!(
            refusal(json, &ty),
            (path.to_owned(), text.to_owned()),
            "{json}"
        );
    }
}

#[test]
fn malformed_dynamic_values_are_refused() {
    for json in [
        "1",
        "{}",
        r#"{"type":"string"}"#,
        r#"{"value":"x"}"#,
        r#"{"value":"x","type":"text"}"#,
        r#"{"value":"x","type":"dynamic"}"#,
        r#"{"value":"x","type":"string","more":1}"#,
        r#"{"value":[],"type":"string"}"#,
    ] {
        assert!(decode(json.as_bytes(), &Type::Dynamic).is_err(), "{json}");
    }
}

#[test]
fn state_may_be_older_than_the_type() {
    let inner = Type::object([("new", Type::String), ("kept", Type::String)]);
    let ty = Type::object([("inner", inner.list()), ("id", Type::String)]);
    let json = br#"{"id":"x","gone":{"deep":[1]},"inner":[{"kept":"k","gone":true}]}"#;
    let element = Value::object([("new", Value::Null), ("kept", "k".into())]);
    let value = Value::object([("id", "x".into()), ("inner", Value::List(vec![element]))]);
    assert_eq!(decode_state(json, &ty), Ok(value));
    assert!(decode(json, &ty).is_err());
}

#[test]
fn state_of_another_type_is_refused() {
    let ty = Type::object([("id", Type::String)]);
    let error = decode_state(br#"{"id":["x"]}"#, &ty).unwrap_err();
    assert_eq!(error.path.to_string(), "id");
    assert!(decode_state(b"[]", &ty).is_err());
}

#[test]
fn no_error_shows_the_value() {
    for json in [
        r#"{"secret":"hunter22"}"#,
        r#"{"secret":"hunter22"#,
        r#"{"secret":hunter22}"#,
    ] {
        let ty = Type::object([("secret", Type::Number)]);
        let error = decode(json.as_bytes(), &ty).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter22"));
    }
}

#[test]
fn deep_nesting_is_an_error_and_no_stack_overflow() {
    assert!(decode("[".repeat(100_000).as_bytes(), &Type::Bool.list()).is_err());
    let nested = r#"{"type":["list","dynamic"],"value":["#.repeat(100_000);
    assert!(decode(nested.as_bytes(), &Type::Dynamic).is_err());
}

proptest! {
    #[test]
    fn random_bytes_never_panic(ty in types(), bytes: Vec<u8>) {
        let _ = decode(&bytes, &ty);
    }
}
