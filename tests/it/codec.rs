//! Values on the wire, written and read by another crate than the provider's: a mistake of its codec is not made twice.

use std::collections::BTreeSet;

use rmpv::Value as Wire;
use serde_json::{Value as Json, json};
use tfplugin::number::Number;
use tfplugin::types::Type;
use tfplugin::value::Value;

/// The `MessagePack` of a value.
pub(crate) fn encode(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    rmpv::encode::write_value(&mut bytes, &to_wire(value)).unwrap();
    bytes
}

/// The value of these bytes, which must be all of it, and of this type in each detail.
pub(crate) fn decode(mut bytes: &[u8], ty: &Type) -> Value {
    let wire = rmpv::decode::read_value(&mut bytes).expect("MessagePack");
    assert_eq!(bytes, b"", "bytes are left over");
    from_wire(wire, ty)
}

/// The JSON of a value, as state has it.
pub(crate) fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(truth) => (*truth).into(),
        Value::Number(number) => serde_json::from_str(&number.to_string()).unwrap(),
        Value::String(text) => text.as_str().into(),
        Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => {
            elements.iter().map(to_json).collect()
        }
        Value::Map(entries) | Value::Object(entries) => {
            let entries = entries.iter();
            Json::Object(
                entries
                    .map(|(key, it)| (key.clone(), to_json(it)))
                    .collect(),
            )
        }
        Value::Dynamic(inner) => {
            json!({ "type": inner.0.to_json_value(), "value": to_json(&inner.1) })
        }
        Value::Unknown(_) => panic!("no state has unknown values"),
    }
}

fn to_wire(value: &Value) -> Wire {
    let array = |elements: &[Value]| Wire::Array(elements.iter().map(to_wire).collect());
    match value {
        Value::Null => Wire::Nil,
        Value::Unknown(refinements) => {
            assert_eq!(*refinements, None, "no request refines what is unknown");
            Wire::Ext(0, vec![0])
        }
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

fn from_wire(wire: Wire, ty: &Type) -> Value {
    let all = |elements: Vec<Wire>, ty: &Type| {
        let elements = elements.into_iter();
        elements.map(|it| from_wire(it, ty)).collect::<Vec<_>>()
    };
    match (ty, wire) {
        (_, Wire::Nil) => Value::Null,
        (_, Wire::Ext(0, _)) => Value::UNKNOWN,
        (Type::Bool, Wire::Boolean(truth)) => truth.into(),
        (Type::Number, wire) => Value::Number(number(&wire)),
        (Type::String, Wire::String(text)) => text.into_str().expect("UTF-8").into(),
        (Type::List(ty), Wire::Array(elements)) => Value::List(all(elements, ty)),
        (Type::Set(ty), Wire::Array(elements)) => {
            let count = elements.len();
            let set = Value::set(all(elements, ty));
            assert_eq!(
                set.as_elements().map(<[Value]>::len),
                Some(count),
                "twice the same"
            );
            set
        }
        (Type::Tuple(types), Wire::Array(elements)) => {
            assert_eq!(elements.len(), types.len());
            let pairs = elements.into_iter().zip(types);
            Value::Tuple(pairs.map(|(it, ty)| from_wire(it, ty)).collect())
        }
        (Type::Map(ty), Wire::Map(entries)) => {
            Value::Map(by_name(entries, |_| &**ty).into_iter().collect())
        }
        (Type::Object(types), Wire::Map(entries)) => {
            assert_eq!(entries.len(), types.len(), "not the attributes of the type");
            Value::Object(by_name(entries, |name| &types[name]).into_iter().collect())
        }
        (Type::Dynamic, Wire::Array(parts)) => {
            let [Wire::Binary(notation), wire] = <[Wire; 2]>::try_from(parts).expect("two parts")
            else {
                panic!("a type comes first")
            };
            let ty = Type::from_json(&notation).unwrap();
            let value = from_wire(wire, &ty);
            Value::Dynamic(Box::new((ty, value)))
        }
        (ty, wire) => panic!("{wire} is no {ty}"),
    }
}

fn by_name<'a>(entries: Vec<(Wire, Wire)>, ty: impl Fn(&str) -> &'a Type) -> Vec<(String, Value)> {
    let mut seen = BTreeSet::new();
    let named = entries.into_iter().map(|(name, wire)| {
        let name = name.as_str().expect("a name").to_owned();
        assert!(seen.insert(name.clone()), "{name} comes twice");
        let value = from_wire(wire, ty(&name));
        (name, value)
    });
    named.collect()
}

fn number(wire: &Wire) -> Number {
    match wire {
        Wire::Integer(integer) => match (integer.as_i64(), integer.as_u64()) {
            (Some(integer), _) => integer.into(),
            (_, Some(integer)) => integer.into(),
            _ => panic!("{integer} is neither"),
        },
        Wire::F64(float) => Number::from_f64(*float).unwrap(),
        Wire::String(text) => Number::parse(text.as_str().expect("UTF-8")).unwrap(),
        wire => panic!("{wire} is no number"),
    }
}
