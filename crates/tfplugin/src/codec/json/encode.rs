//! From values to JSON.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::codec::error::{
    EncodeError, Fault, check_depth, describe, describe_count, missing_attribute, unknown_attribute,
};
use crate::number::Number;
use crate::types::Type;
use crate::value::Value;

/// Writes a value, which must be of this type and wholly known.
pub fn encode(value: &Value, ty: &Type) -> Result<Vec<u8>, EncodeError> {
    Ok(to_json(value, ty)?.to_string().into_bytes())
}

/// The JSON of a value, which must be of this type and wholly known.
pub fn to_json(value: &Value, ty: &Type) -> Result<Json, EncodeError> {
    Ok(json(value, ty, 0)?)
}

fn json(value: &Value, ty: &Type, depth: usize) -> Result<Json, Fault> {
    check_depth(depth)?;
    match (value, ty) {
        (Value::Null, _) => Ok(Json::Null),
        (Value::Unknown, _) => Err(Fault::new("a known value", "an unknown one")),
        (Value::Bool(truth), Type::Bool) => Ok(Json::Bool(*truth)),
        (Value::Number(number), Type::Number) => json_number(number),
        (Value::String(text), Type::String) => Ok(Json::String(text.clone())),
        (Value::List(elements), Type::List(ty)) => array(elements, ty, depth),
        (Value::Set(elements), Type::Set(ty)) => array(elements, ty, depth).map_err(Fault::at_set),
        (Value::Tuple(elements), Type::Tuple(types)) => tuple(elements, types, depth),
        (Value::Map(entries), Type::Map(ty)) => map(entries, ty, depth),
        (Value::Object(attributes), Type::Object(types)) => object(attributes, types, depth),
        (Value::Dynamic(inner), Type::Dynamic) if inner.0 != Type::Dynamic => {
            let value = json(&inner.1, &inner.0, depth + 1)?;
            let parts = [("value", value), ("type", inner.0.to_json_value())];
            let parts = parts.map(|(name, part)| (name.to_owned(), part));
            Ok(Json::Object(parts.into_iter().collect()))
        }
        _ => Err(Fault::new(describe(ty), value.kind())),
    }
}

/// A JSON number may have any number of digits.
fn json_number(number: &Number) -> Result<Json, Fault> {
    let number = number.to_string().parse();
    number
        .map(Json::Number)
        .map_err(|_| Fault::new("a number that JSON can express", "another one"))
}

fn array(elements: &[Value], ty: &Type, depth: usize) -> Result<Json, Fault> {
    let write = |(index, element)| {
        json(element, ty, depth + 1).map_err(|fault: Fault| fault.at_index(index))
    };
    let items = elements.iter().enumerate().map(write);
    Ok(Json::Array(items.collect::<Result<_, _>>()?))
}

fn tuple(elements: &[Value], types: &[Type], depth: usize) -> Result<Json, Fault> {
    if elements.len() != types.len() {
        return Err(Fault::new(
            format!("a tuple of {}", describe_count(types.len())),
            describe_count(elements.len()),
        ));
    }
    let write = |(index, (element, ty))| {
        json(element, ty, depth + 1).map_err(|fault: Fault| fault.at_index(index))
    };
    let items = elements.iter().zip(types).enumerate().map(write);
    Ok(Json::Array(items.collect::<Result<_, _>>()?))
}

fn map(entries: &BTreeMap<String, Value>, ty: &Type, depth: usize) -> Result<Json, Fault> {
    let write = |(key, element): (&String, &Value)| match json(element, ty, depth + 1) {
        Ok(json) => Ok((key.clone(), json)),
        Err(fault) => Err(fault.at_key(key)),
    };
    let entries = entries.iter().map(write);
    Ok(Json::Object(entries.collect::<Result<_, _>>()?))
}

fn object(
    attributes: &BTreeMap<String, Value>,
    types: &BTreeMap<String, Type>,
    depth: usize,
) -> Result<Json, Fault> {
    let write = |(name, ty): (&String, &Type)| {
        let attribute = attributes
            .get(name)
            .ok_or_else(|| missing_attribute(name))?;
        match json(attribute, ty, depth + 1) {
            Ok(json) => Ok((name.clone(), json)),
            Err(fault) => Err(fault.at_attribute(name)),
        }
    };
    let entries = types.iter().map(write).collect::<Result<_, _>>()?;
    match attributes.keys().find(|name| !types.contains_key(*name)) {
        Some(name) => Err(unknown_attribute(name)),
        None => Ok(Json::Object(entries)),
    }
}
