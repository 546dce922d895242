//! From values to `MessagePack`.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::iter::repeat;

use rmp::encode::{self, ByteBuf, ValueWriteError};

use crate::codec::error::{
    Error, check_depth, describe, describe_count, missing_attribute, unknown_attribute,
};
use crate::number::Number;
use crate::types::Type;
use crate::value::Value;

/// Whether a value could be written. Memory itself cannot fail, only the value.
type EncodeResult = Result<(), Error>;

/// Writes a value, which must be of this type.
pub fn encode(value: &Value, ty: &Type) -> Result<Vec<u8>, Error> {
    let mut out = ByteBuf::new();
    write(&mut out, value, ty, 0)?;
    Ok(out.into_vec())
}

fn write(out: &mut ByteBuf, value: &Value, ty: &Type, depth: usize) -> EncodeResult {
    check_depth(depth)?;
    match (value, ty) {
        (Value::Null, _) => Ok(encode::write_nil(out)?),
        (Value::Unknown, _) => {
            encode::write_ext_meta(out, 1, 0)?;
            Ok(encode::write_pfix(out, 0)?)
        }
        (Value::Bool(truth), Type::Bool) => Ok(encode::write_bool(out, *truth)?),
        (Value::Number(number), Type::Number) => write_number(out, number),
        (Value::String(text), Type::String) => write_text(out, text),
        (Value::List(elements), Type::List(ty)) => {
            write_elements(out, elements, repeat(&**ty), depth)
        }
        (Value::Set(elements), Type::Set(ty)) => {
            write_elements(out, elements, repeat(&**ty), depth).map_err(Error::at_set)
        }
        (Value::Map(entries), Type::Map(ty)) => write_map(out, entries, ty, depth),
        (Value::Tuple(elements), Type::Tuple(types)) if elements.len() == types.len() => {
            write_elements(out, elements, types, depth)
        }
        (Value::Object(attributes), Type::Object(types)) => {
            write_object(out, attributes, types, depth)
        }
        (Value::Dynamic(inner), Type::Dynamic) if inner.0 != Type::Dynamic => {
            let notation = inner.0.to_json();
            write_length(notation.len())?;
            encode::write_array_len(out, 2)?;
            encode::write_bin(out, &notation)?;
            write(out, &inner.1, &inner.0, depth + 1)
        }
        (Value::Tuple(elements), Type::Tuple(_)) => {
            Err(Error::new(describe(ty), describe_count(elements.len())))
        }
        _ => Err(Error::new(describe(ty), value.kind())),
    }
}

/// Writes a number as Terraform does: an integer where it fits one, a float where that is the very same number, and its
/// decimal text otherwise. Whole numbers never become floats, which hosts have read with too few digits.
fn write_number(out: &mut ByteBuf, number: &Number) -> EncodeResult {
    if let Some(integer) = number.to_i64() {
        encode::write_sint(out, integer)?;
    } else if let Some(integer) = number.to_u64() {
        encode::write_u64(out, integer)?;
    } else if let Some(float) = number.to_exact_f64().filter(|_| !number.is_integer()) {
        encode::write_f64(out, float)?;
    } else {
        write_text(out, &number.to_string())?;
    }
    Ok(())
}

/// A length as the format has it.
fn write_length(length: usize) -> Result<u32, Error> {
    u32::try_from(length).map_err(|_| Error::new("at most 2^32 - 1 bytes or elements", "more"))
}

fn write_text(out: &mut ByteBuf, text: &str) -> EncodeResult {
    write_length(text.len())?;
    Ok(encode::write_str(out, text)?)
}

fn write_elements<'t>(
    out: &mut ByteBuf,
    elements: &[Value],
    types: impl IntoIterator<Item = &'t Type>,
    depth: usize,
) -> EncodeResult {
    encode::write_array_len(out, write_length(elements.len())?)?;
    for (index, (element, ty)) in elements.iter().zip(types).enumerate() {
        write(out, element, ty, depth + 1).map_err(|error| error.at_index(index))?;
    }
    Ok(())
}

fn write_map(
    out: &mut ByteBuf,
    entries: &BTreeMap<String, Value>,
    ty: &Type,
    depth: usize,
) -> EncodeResult {
    encode::write_map_len(out, write_length(entries.len())?)?;
    for (key, element) in entries {
        write_text(out, key)?;
        write(out, element, ty, depth + 1).map_err(|error| error.at_key(key))?;
    }
    Ok(())
}

fn write_object(
    out: &mut ByteBuf,
    attributes: &BTreeMap<String, Value>,
    types: &BTreeMap<String, Type>,
    depth: usize,
) -> EncodeResult {
    encode::write_map_len(out, write_length(types.len())?)?;
    for (name, ty) in types {
        let attribute = attributes
            .get(name)
            .ok_or_else(|| missing_attribute(name))?;
        write_text(out, name)?;
        write(out, attribute, ty, depth + 1).map_err(|error| error.at_attribute(name))?;
    }
    // All attributes of the type are there, so that only a greater number brings one in.
    if attributes.len() > types.len()
        && let Some(name) = attributes.keys().find(|name| !types.contains_key(*name))
    {
        return Err(unknown_attribute(name));
    }
    Ok(())
}

impl From<Infallible> for Error {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl From<ValueWriteError<Infallible>> for Error {
    fn from(never: ValueWriteError<Infallible>) -> Self {
        match never {
            ValueWriteError::InvalidMarkerWrite(never)
            | ValueWriteError::InvalidDataWrite(never) => match never {},
        }
    }
}
