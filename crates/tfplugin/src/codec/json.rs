//! From JSON to values: how stored state comes, and the other encoding of the protocol. It cannot express unknown values.
//!
//! Nothing is written as JSON. Primitives are read as leniently as Terraform's own reader does: state can hold a number as text, or the other way
//! round, where an attribute's type has changed. Where a key comes twice the last one counts, as there.

use std::collections::BTreeMap;
use std::iter::repeat;

use serde_json::{Map, Value as Json};

use crate::codec::error::{
    Error, check_depth, describe, describe_count, missing_attribute, unknown_attribute,
};
use crate::number::Number;
use crate::types::Type;
use crate::value::Value;

/// How the attributes of an object and those of its type must agree.
#[derive(Clone, Copy)]
enum Attributes {
    /// They are the same.
    Exact,
    /// The object may be older than the type.
    Stored,
}

/// Reads a value of this type.
pub fn decode(bytes: &[u8], ty: &Type) -> Result<Value, Error> {
    value(parse(bytes)?, ty, Attributes::Exact, 0)
}

/// Reads stored state of this type: attributes that have been removed from the type since are passed over, and those that
/// have been added to it are null.
pub fn decode_state(bytes: &[u8], ty: &Type) -> Result<Value, Error> {
    value(parse(bytes)?, ty, Attributes::Stored, 0)
}

fn parse(bytes: &[u8]) -> Result<Json, Error> {
    serde_json::from_slice(bytes).map_err(|error| {
        let found = format!("something else in line {}", error.line());
        Error::new("JSON", format!("{found}, column {}", error.column()))
    })
}

fn value(json: Json, ty: &Type, rule: Attributes, depth: usize) -> Result<Value, Error> {
    check_depth(depth)?;
    match (ty, json) {
        (_, Json::Null) => Ok(Value::Null),
        (Type::Bool, json) => boolean(&json),
        (Type::Number, Json::Number(number)) => parse_number(number.as_str()),
        (Type::Number, Json::String(text)) => parse_number(&text),
        (Type::String, Json::String(text)) => Ok(Value::String(text)),
        (Type::String, Json::Number(number)) => Ok(Value::String(number.as_str().to_owned())),
        (Type::String, Json::Bool(truth)) => Ok(Value::String(truth.to_string())),
        (Type::List(ty), Json::Array(items)) => {
            elements(items, repeat(&**ty), rule, depth).map(Value::List)
        }
        (Type::Set(ty), Json::Array(items)) => elements(items, repeat(&**ty), rule, depth)
            .map(Value::set)
            .map_err(Error::at_set),
        (Type::Map(ty), Json::Object(entries)) => map(entries, ty, rule, depth),
        (Type::Tuple(types), Json::Array(items)) if items.len() == types.len() => {
            elements(items, types, rule, depth).map(Value::Tuple)
        }
        (Type::Object(types), Json::Object(entries)) => object(entries, types, rule, depth),
        (Type::Dynamic, Json::Object(parts)) => dynamic(parts, rule, depth),
        (_, json) => Err(mismatch(ty, &json)),
    }
}

fn boolean(json: &Json) -> Result<Value, Error> {
    match json {
        Json::Bool(truth) => Ok(Value::Bool(*truth)),
        Json::String(text) if text == "true" || text == "1" => Ok(Value::Bool(true)),
        Json::String(text) if text == "false" || text == "0" => Ok(Value::Bool(false)),
        _ => Err(mismatch(&Type::Bool, json)),
    }
}

fn parse_number(text: &str) -> Result<Value, Error> {
    Number::parse(text)
        .map(Value::Number)
        .map_err(|error| Error::new("a number", error.to_string()))
}

fn elements<'t>(
    items: Vec<Json>,
    types: impl IntoIterator<Item = &'t Type>,
    rule: Attributes,
    depth: usize,
) -> Result<Vec<Value>, Error> {
    let read = |(index, (item, ty))| {
        value(item, ty, rule, depth + 1).map_err(|error: Error| error.at_index(index))
    };
    items.into_iter().zip(types).enumerate().map(read).collect()
}

fn map(
    entries: Map<String, Json>,
    ty: &Type,
    rule: Attributes,
    depth: usize,
) -> Result<Value, Error> {
    let read = |(key, item): (String, Json)| match value(item, ty, rule, depth + 1) {
        Ok(value) => Ok((key, value)),
        Err(error) => Err(error.at_key(&key)),
    };
    let entries = entries.into_iter().map(read);
    Ok(Value::Map(entries.collect::<Result<_, _>>()?))
}

fn object(
    mut entries: Map<String, Json>,
    types: &BTreeMap<String, Type>,
    rule: Attributes,
    depth: usize,
) -> Result<Value, Error> {
    let mut attributes = BTreeMap::new();
    for (name, ty) in types {
        let attribute = match (entries.remove(name), rule) {
            (Some(item), _) => {
                value(item, ty, rule, depth + 1).map_err(|error| error.at_attribute(name))?
            }
            (None, Attributes::Stored) => Value::Null,
            (None, Attributes::Exact) => return Err(missing_attribute(name)),
        };
        attributes.insert(name.clone(), attribute);
    }
    match (entries.keys().next(), rule) {
        (Some(name), Attributes::Exact) => Err(unknown_attribute(name)),
        _ => Ok(Value::Object(attributes)),
    }
}

fn dynamic(mut parts: Map<String, Json>, rule: Attributes, depth: usize) -> Result<Value, Error> {
    let part = |name: &str, parts: &mut Map<String, Json>| {
        let absent = || Error::new(format!("a key `{name}` of a dynamic value"), "no such key");
        parts.remove(name).ok_or_else(absent)
    };
    let notation = part("type", &mut parts)?;
    let item = part("value", &mut parts)?;
    if !parts.is_empty() {
        return Err(Error::new("no keys but `type` and `value`", "another one"));
    }
    match Type::from_json_value(&notation) {
        Ok(Type::Dynamic) => Err(Error::new("the type of a value", "any type")),
        Ok(ty) => {
            let value = value(item, &ty, rule, depth + 1)?;
            Ok(Value::Dynamic(Box::new((ty, value))))
        }
        Err(_) => Err(Error::new("a type", "something else")),
    }
}

fn mismatch(ty: &Type, json: &Json) -> Error {
    let found = match json {
        Json::Null => "null".to_owned(),
        Json::Bool(_) => "a bool".to_owned(),
        Json::Number(_) => "a number".to_owned(),
        Json::String(_) => "a string".to_owned(),
        Json::Array(items) => format!("an array of {}", describe_count(items.len())),
        Json::Object(entries) => format!("an object of {}", describe_count(entries.len())),
    };
    Error::new(describe(ty), found)
}

#[cfg(test)]
mod tests;
