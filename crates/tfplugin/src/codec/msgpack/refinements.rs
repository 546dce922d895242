//! Unknown values: extensions, of which one kind says what is known all the same.

use rmp::encode::{self, ByteBuf};

use super::decode::number;
use super::encode::{Written, write_length, write_number};
use super::reader::{Header, Reader};
use crate::codec::error::{Fault, describe};
use crate::number::Number;
use crate::types::Type;
use crate::value::{Refinements, Value};

/// The code of the extension that has refinements in its payload.
const REFINED: i8 = 12;

/// The longest payload that Terraform reads.
const MAX_PAYLOAD: usize = 1024;

/// The keys of the payload's map.
mod key {
    pub(super) const NULL: u64 = 1;
    pub(super) const STRING_PREFIX: u64 = 2;
    pub(super) const NUMBER_MIN: u64 = 3;
    pub(super) const NUMBER_MAX: u64 = 4;
    pub(super) const LENGTH_MIN: u64 = 5;
    pub(super) const LENGTH_MAX: u64 = 6;
}

/// Reads the payload of an extension.
///
/// Every code with a payload of at most one byte is a plain unknown value. The type "any" has none but plain ones; what
/// a host says of them is passed over, as Terraform does it.
pub(super) fn decode(
    reader: &mut Reader<'_>,
    code: i8,
    length: usize,
    ty: &Type,
) -> Result<Value, Fault> {
    let payload = reader.take(length)?;
    if length <= 1 {
        return Ok(Value::UNKNOWN);
    }
    if code != REFINED {
        return Err(Fault::new(
            format!("an unknown value of extension code {REFINED}"),
            format!("extension code {code}"),
        ));
    }
    if length > MAX_PAYLOAD {
        return Err(Fault::new(
            format!("refinements of at most {MAX_PAYLOAD} bytes"),
            format!("{length} bytes"),
        ));
    }
    let refinements = payload_map(&mut Reader::new(payload), ty)?;
    if refinements == Refinements::default() {
        return Ok(Value::UNKNOWN);
    }
    Ok(Value::Unknown(Some(Box::new(refinements))))
}

/// Bytes behind the map are passed over, as Terraform does it.
fn payload_map(payload: &mut Reader<'_>, ty: &Type) -> Result<Refinements, Fault> {
    let length = match payload.header()? {
        Header::Map(length) => length,
        header => return Err(Fault::new("a map of refinements", header.describe())),
    };
    let mut refinements = Refinements::default();
    if *ty == Type::Dynamic {
        return Ok(refinements);
    }
    for _ in 0..length {
        let header = payload.header()?;
        match (header.as_unsigned(), header) {
            (Some(key), _) => refinement(&mut refinements, payload, key, ty)?,
            // No key of today, but an integer, as a key must be.
            (None, Header::Int(_)) => payload.skip()?,
            _ => return Err(Fault::new("a refinement's number", header.describe())),
        }
    }
    Ok(refinements)
}

fn refinement(
    refinements: &mut Refinements,
    payload: &mut Reader<'_>,
    key: u64,
    ty: &Type,
) -> Result<(), Fault> {
    match (key, ty) {
        (key::NULL, _) => once(&mut refinements.null, boolean(payload)?),
        (key::STRING_PREFIX, Type::String) => once(&mut refinements.string_prefix, text(payload)?),
        (key::NUMBER_MIN, Type::Number) => once(&mut refinements.number_min, bound(payload)?),
        (key::NUMBER_MAX, Type::Number) => once(&mut refinements.number_max, bound(payload)?),
        (key::LENGTH_MIN, Type::List(_) | Type::Set(_) | Type::Map(_)) => {
            once(&mut refinements.length_min, count(payload)?)
        }
        (key::LENGTH_MAX, Type::List(_) | Type::Set(_) | Type::Map(_)) => {
            once(&mut refinements.length_max, count(payload)?)
        }
        (key::NULL..=key::LENGTH_MAX, _) => Err(misfit(ty)),
        // Later versions of the protocol may know more refinements.
        _ => payload.skip(),
    }
}

fn once<T>(place: &mut Option<T>, refinement: T) -> Result<(), Fault> {
    match place.replace(refinement) {
        None => Ok(()),
        Some(_) => Err(Fault::new("each refinement once", "one that came before")),
    }
}

fn boolean(payload: &mut Reader<'_>) -> Result<bool, Fault> {
    match payload.header()? {
        Header::Bool(truth) => Ok(truth),
        header => Err(Fault::new("a bool in a refinement", header.describe())),
    }
}

fn text(payload: &mut Reader<'_>) -> Result<String, Fault> {
    match payload.header()? {
        Header::Str(length) | Header::Bin(length) => Ok(payload.text(length)?.to_owned()),
        header => Err(Fault::new("a string in a refinement", header.describe())),
    }
}

fn count(payload: &mut Reader<'_>) -> Result<u64, Fault> {
    let header = payload.header()?;
    let count = header.as_unsigned();
    count.ok_or_else(|| Fault::new("a number of elements in a refinement", header.describe()))
}

fn bound(payload: &mut Reader<'_>) -> Result<(Number, bool), Fault> {
    match payload.header()? {
        Header::Array(2) => {
            let header = payload.header()?;
            Ok((number(payload, header)?, boolean(payload)?))
        }
        header => Err(Fault::new("a bound in a refinement", header.describe())),
    }
}

fn misfit(ty: &Type) -> Fault {
    let found = "a refinement of another type";
    Fault::new(format!("refinements of {}", describe(ty)), found)
}

/// Writes an unknown value.
pub(super) fn encode(out: &mut ByteBuf, refinements: Option<&Refinements>, ty: &Type) -> Written {
    let Some(refinements) = refinements.filter(|known| **known != Refinements::default()) else {
        return plain(out);
    };
    check_fit(refinements, ty)?;
    let payload = payload(refinements)?;
    if payload.as_slice().len() <= MAX_PAYLOAD {
        return refined(out, &payload);
    }
    // Saying less is always true, whereas no host reads a longer payload.
    let nullness = Refinements {
        null: refinements.null,
        ..Refinements::default()
    };
    encode(out, Some(&nullness), ty)
}

fn check_fit(refinements: &Refinements, ty: &Type) -> Result<(), Fault> {
    let of_string = refinements.string_prefix.is_some();
    let of_number = refinements.number_min.is_some() || refinements.number_max.is_some();
    let of_collection = refinements.length_min.is_some() || refinements.length_max.is_some();
    let fits = match ty {
        Type::Dynamic => false,
        Type::String => !of_number && !of_collection,
        Type::Number => !of_string && !of_collection,
        Type::List(_) | Type::Set(_) | Type::Map(_) => !of_string && !of_number,
        Type::Bool | Type::Tuple(_) | Type::Object(_) => !of_string && !of_number && !of_collection,
    };
    if fits { Ok(()) } else { Err(misfit(ty)) }
}

fn plain(out: &mut ByteBuf) -> Written {
    encode::write_ext_meta(out, 1, 0)?;
    encode::write_pfix(out, 0)?;
    Ok(())
}

fn refined(out: &mut ByteBuf, payload: &ByteBuf) -> Written {
    let length = write_length(payload.as_slice().len())?;
    encode::write_ext_meta(out, length, REFINED)?;
    out.as_mut_vec().extend_from_slice(payload.as_slice());
    Ok(())
}

fn payload(refinements: &Refinements) -> Result<ByteBuf, Fault> {
    let mut pairs = ByteBuf::new();
    let mut count = 0;
    let mut key = |pairs: &mut ByteBuf, key: u64| -> Written {
        count += 1;
        encode::write_uint(pairs, key)?;
        Ok(())
    };
    if let Some(null) = refinements.null {
        key(&mut pairs, key::NULL)?;
        encode::write_bool(&mut pairs, null)?;
    }
    if let Some(prefix) = &refinements.string_prefix {
        key(&mut pairs, key::STRING_PREFIX)?;
        write_length(prefix.len())?;
        encode::write_str(&mut pairs, prefix)?;
    }
    let bounds = [
        (key::NUMBER_MIN, &refinements.number_min),
        (key::NUMBER_MAX, &refinements.number_max),
    ];
    for (number, bound) in bounds {
        if let Some((bound, inclusive)) = bound {
            key(&mut pairs, number)?;
            encode::write_array_len(&mut pairs, 2)?;
            write_number(&mut pairs, bound)?;
            encode::write_bool(&mut pairs, *inclusive)?;
        }
    }
    let lengths = [
        (key::LENGTH_MIN, refinements.length_min),
        (key::LENGTH_MAX, refinements.length_max),
    ];
    for (number, length) in lengths {
        if let Some(length) = length {
            key(&mut pairs, number)?;
            encode::write_uint(&mut pairs, length)?;
        }
    }
    let mut payload = ByteBuf::new();
    encode::write_map_len(&mut payload, count)?;
    payload.as_mut_vec().extend_from_slice(pairs.as_slice());
    Ok(payload)
}
