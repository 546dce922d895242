//! From `MessagePack` to values.
//!
//! As lenient as Terraform's own reader, and no more: text may come as bytes, numbers as text, and everything else only in
//! its own format.

use std::collections::BTreeMap;
use std::iter::repeat_n;

use super::reader::{Header, Reader};
use crate::codec::error::{
    Error, check_depth, describe, duplicate, missing_attribute, unknown_attribute,
};
use crate::number::{InvalidNumber, Number};
use crate::types::Type;
use crate::value::Value;

/// Reads a value of this type, which must take up all bytes.
pub fn decode(bytes: &[u8], ty: &Type) -> Result<Value, Error> {
    let mut reader = Reader::new(bytes);
    let value = value(&mut reader, ty, 0)?;
    if !reader.is_at_end() {
        return Err(Error::new("the end of the data", "more bytes"));
    }
    Ok(value)
}

fn value(reader: &mut Reader<'_>, ty: &Type, depth: usize) -> Result<Value, Error> {
    check_depth(depth)?;
    let header = reader.header()?;
    match (ty, header) {
        (_, Header::Nil) => Ok(Value::Null),
        // Every extension is an unknown value; what its payload says of it is passed over, as Terraform's own plugins do it.
        (_, Header::Ext(length)) => {
            reader.take(length)?;
            Ok(Value::Unknown)
        }
        (Type::Bool, Header::Bool(truth)) => Ok(Value::Bool(truth)),
        (Type::String, Header::Str(length) | Header::Bin(length)) => {
            Ok(Value::String(reader.text(length)?.to_owned()))
        }
        (Type::Number, header) => number(reader, header).map(Value::Number),
        (Type::List(element), Header::Array(length)) => {
            elements(reader, repeat_n(&**element, length), depth).map(Value::List)
        }
        (Type::Set(element), Header::Array(length)) => {
            let elements = elements(reader, repeat_n(&**element, length), depth);
            elements.map(Value::set).map_err(Error::at_set)
        }
        (Type::Map(element), Header::Map(length)) => map(reader, element, length, depth),
        (Type::Tuple(types), Header::Array(length)) if length == types.len() => {
            elements(reader, types, depth).map(Value::Tuple)
        }
        (Type::Object(types), Header::Map(length)) => object(reader, types, length, depth),
        (Type::Dynamic, Header::Array(2)) => dynamic(reader, depth),
        _ => Err(Error::new(describe(ty), header.describe())),
    }
}

/// Reads a number in any of its spellings, the header of which has been read.
fn number(reader: &mut Reader<'_>, header: Header) -> Result<Number, Error> {
    let invalid = |error: InvalidNumber| Error::new("a number", error.to_string());
    match header {
        Header::Int(value) => Ok(value.into()),
        Header::Uint(value) => Ok(value.into()),
        Header::Float(value) => Number::from_f64(value).map_err(invalid),
        Header::Str(length) | Header::Bin(length) => {
            Number::parse(reader.text(length)?).map_err(invalid)
        }
        _ => Err(Error::new("a number", header.describe())),
    }
}

/// Makes no room ahead of what was read, whatever length a header claims.
fn elements<'t>(
    reader: &mut Reader<'_>,
    types: impl IntoIterator<Item = &'t Type>,
    depth: usize,
) -> Result<Vec<Value>, Error> {
    let read = |(index, ty)| value(reader, ty, depth + 1).map_err(|error| error.at_index(index));
    types.into_iter().enumerate().map(read).collect()
}

fn map(reader: &mut Reader<'_>, ty: &Type, length: usize, depth: usize) -> Result<Value, Error> {
    let mut entries = BTreeMap::new();
    for _ in 0..length {
        let name = key(reader)?;
        let element = value(reader, ty, depth + 1).map_err(|error| error.at_key(name))?;
        if entries.insert(name.to_owned(), element).is_some() {
            return Err(duplicate().at_key(name));
        }
    }
    Ok(Value::Map(entries))
}

fn object(
    reader: &mut Reader<'_>,
    types: &BTreeMap<String, Type>,
    length: usize,
    depth: usize,
) -> Result<Value, Error> {
    let mut attributes = BTreeMap::new();
    for _ in 0..length {
        let name = key(reader)?;
        let ty = types.get(name).ok_or_else(|| unknown_attribute(name))?;
        let attribute = value(reader, ty, depth + 1).map_err(|error| error.at_attribute(name))?;
        if attributes.insert(name.to_owned(), attribute).is_some() {
            return Err(duplicate().at_attribute(name));
        }
    }
    // All names are of the type and different, so that only a smaller number leaves one out.
    if attributes.len() < types.len()
        && let Some(name) = types.keys().find(|name| !attributes.contains_key(*name))
    {
        return Err(missing_attribute(name));
    }
    Ok(Value::Object(attributes))
}

fn key<'a>(reader: &mut Reader<'a>) -> Result<&'a str, Error> {
    match reader.header()? {
        Header::Str(length) | Header::Bin(length) => reader.text(length),
        header => Err(Error::new("a key that is a string", header.describe())),
    }
}

fn dynamic(reader: &mut Reader<'_>, depth: usize) -> Result<Value, Error> {
    let notation = match reader.header()? {
        Header::Bin(length) | Header::Str(length) => reader.take(length)?,
        header => return Err(Error::new("a type", header.describe())),
    };
    match Type::from_json(notation) {
        Ok(Type::Dynamic) => Err(Error::new("the type of a value", "any type")),
        Ok(ty) => {
            let value = value(reader, &ty, depth + 1)?;
            Ok(Value::Dynamic(Box::new((ty, value))))
        }
        Err(_) => Err(Error::new("a type", "bytes that are none")),
    }
}
