//! Values in messages, written and read by another crate than the provider's: a mistake of its codec is not made twice.

use std::collections::BTreeMap;

use rmpv::Value as Wire;
use serde_json::{Value as Json, json};

use super::error::Error;
use super::messages::DynamicValue;
use crate::number::Number;
use crate::types::Type;
use crate::value::Value;

/// The message of a value, which must be of this type in each detail.
pub fn encode(value: &Value, ty: &Type) -> Result<DynamicValue, Error> {
    let mut msgpack = Vec::new();
    let written = rmpv::encode::write_value(&mut msgpack, &to_wire(value));
    match written {
        Ok(()) if read(&msgpack, ty).as_ref() == Ok(value) => Ok(DynamicValue {
            msgpack: msgpack.into(),
            ..DynamicValue::default()
        }),
        _ => Err(Error::Value(format!("{value:?} is no {ty}"))),
    }
}

/// The value of a message, which must be there, and in `MessagePack`.
pub fn decode(message: Option<&DynamicValue>, ty: &Type) -> Result<Value, Error> {
    let Some(message) = message.filter(|it| it.json.is_empty()) else {
        return Err(Error::Answer(
            "a value is not there, or not in MessagePack".to_owned(),
        ));
    };
    read(&message.msgpack, ty).map_err(Error::Answer)
}

/// The JSON of a value, as state has it.
pub fn to_json(value: &Value) -> Result<Json, Error> {
    let entries = |entries: &BTreeMap<String, Value>| {
        let entries = entries.iter();
        let entries = entries.map(|(key, it)| Ok((key.clone(), to_json(it)?)));
        Ok(Json::Object(entries.collect::<Result<_, Error>>()?))
    };
    let unfit = |what: &str| Error::Value(format!("no state has {what}"));
    match value {
        Value::Null => Ok(Json::Null),
        Value::Bool(truth) => Ok((*truth).into()),
        Value::Number(number) => {
            serde_json::from_str(&number.to_string()).map_err(|_| unfit("such numbers"))
        }
        Value::String(text) => Ok(text.as_str().into()),
        Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => {
            elements.iter().map(to_json).collect()
        }
        Value::Map(of) | Value::Object(of) => entries(of),
        Value::Dynamic(inner) => {
            Ok(json!({ "type": inner.0.to_json_value(), "value": to_json(&inner.1)? }))
        }
        Value::Unknown => Err(unfit("unknown values")),
    }
}

/// The value of these bytes, which must be all of it, and of this type in each detail.
fn read(mut bytes: &[u8], ty: &Type) -> Result<Value, String> {
    let wire = rmpv::decode::read_value(&mut bytes).map_err(|error| error.to_string())?;
    if !bytes.is_empty() {
        return Err("bytes are left over".to_owned());
    }
    from_wire(wire, ty)
}

fn to_wire(value: &Value) -> Wire {
    let array = |elements: &[Value]| Wire::Array(elements.iter().map(to_wire).collect());
    match value {
        Value::Null => Wire::Nil,
        Value::Unknown => Wire::Ext(0, vec![0]),
        Value::Bool(truth) => (*truth).into(),
        Value::Number(number) => match (number.to_i64(), number.to_u64()) {
            (Some(integer), _) => integer.into(),
            (_, Some(integer)) => integer.into(),
            _ => number.to_string().into(),
        },
        Value::String(text) => text.as_str().into(),
        Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => array(elements),
        Value::Map(entries) | Value::Object(entries) => {
            let entries = entries.iter();
            Wire::Map(
                entries
                    .map(|(key, it)| (key.as_str().into(), to_wire(it)))
                    .collect(),
            )
        }
        Value::Dynamic(inner) => {
            Wire::Array(vec![Wire::Binary(inner.0.to_json()), to_wire(&inner.1)])
        }
    }
}

fn from_wire(wire: Wire, ty: &Type) -> Result<Value, String> {
    let all = |elements: Vec<Wire>, ty: &Type| {
        let elements = elements.into_iter();
        elements
            .map(|it| from_wire(it, ty))
            .collect::<Result<Vec<_>, _>>()
    };
    match (ty, wire) {
        (_, Wire::Nil) => Ok(Value::Null),
        (_, Wire::Ext(0, _)) => Ok(Value::Unknown),
        (Type::Bool, Wire::Boolean(truth)) => Ok(truth.into()),
        (Type::Number, wire) => number(&wire).map(Value::Number),
        (Type::String, Wire::String(text)) => {
            let text = text.into_str().ok_or("text is not UTF-8")?;
            Ok(text.into())
        }
        (Type::List(ty), Wire::Array(elements)) => all(elements, ty).map(Value::List),
        (Type::Set(ty), Wire::Array(elements)) => {
            let count = elements.len();
            let set = Value::set(all(elements, ty)?);
            if set.as_elements().map(<[Value]>::len) == Some(count) {
                Ok(set)
            } else {
                Err("an element of a set comes twice".to_owned())
            }
        }
        (Type::Tuple(types), Wire::Array(elements)) if elements.len() == types.len() => {
            let pairs = elements.into_iter().zip(types);
            let elements = pairs.map(|(it, ty)| from_wire(it, ty));
            elements.collect::<Result<_, _>>().map(Value::Tuple)
        }
        (Type::Map(ty), Wire::Map(entries)) => by_name(entries, |_| Some(ty)).map(Value::Map),
        (Type::Object(types), Wire::Map(entries)) if entries.len() == types.len() => {
            by_name(entries, |name| types.get(name)).map(Value::Object)
        }
        (Type::Dynamic, Wire::Array(parts)) => match <[Wire; 2]>::try_from(parts) {
            Ok([Wire::Binary(notation), wire]) => {
                let ty = Type::from_json(&notation).map_err(|error| error.to_string())?;
                let value = from_wire(wire, &ty)?;
                Ok(Value::Dynamic(Box::new((ty, value))))
            }
            _ => Err("a dynamic value is a type and a value".to_owned()),
        },
        (ty, _) => Err(format!("a value is no {ty}")),
    }
}

fn by_name<'a>(
    entries: Vec<(Wire, Wire)>,
    ty: impl Fn(&str) -> Option<&'a Type>,
) -> Result<BTreeMap<String, Value>, String> {
    let mut named = BTreeMap::new();
    for (name, wire) in entries {
        let name = name.as_str().ok_or("a name is not UTF-8")?.to_owned();
        let ty = ty(&name).ok_or_else(|| format!("there is no {name}"))?;
        if named.insert(name.clone(), from_wire(wire, ty)?).is_some() {
            return Err(format!("{name} comes twice"));
        }
    }
    Ok(named)
}

fn number(wire: &Wire) -> Result<Number, String> {
    let number = match wire {
        Wire::Integer(integer) => match (integer.as_i64(), integer.as_u64()) {
            (Some(integer), _) => Some(integer.into()),
            (_, Some(integer)) => Some(integer.into()),
            _ => None,
        },
        Wire::F64(float) => Number::from_f64(*float).ok(),
        Wire::String(text) => text.as_str().and_then(|text| Number::parse(text).ok()),
        _ => None,
    };
    number.ok_or_else(|| "a value is no number".to_owned())
}

#[cfg(test)]
mod tests;
