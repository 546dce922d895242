//! A cursor over `MessagePack` bytes that trusts no length it reads.

use rmp::Marker;

use crate::codec::error::{Fault, describe_count};

/// The start of one `MessagePack` value: all of a scalar, the length of anything else.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Header {
    Nil,
    Bool(bool),
    /// An integer in one of the signed formats.
    Int(i64),
    /// An integer in one of the unsigned formats.
    Uint(u64),
    Float(f64),
    /// Text of so many bytes.
    Str(usize),
    /// So many bytes.
    Bin(usize),
    /// So many values.
    Array(usize),
    /// So many pairs of values.
    Map(usize),
    /// An extension with so many bytes.
    Ext(usize),
}

impl Header {
    /// What it starts, in words.
    pub(super) fn describe(self) -> String {
        match self {
            Self::Nil => "nil".to_owned(),
            Self::Bool(_) => "a bool".to_owned(),
            Self::Int(_) | Self::Uint(_) => "an integer".to_owned(),
            Self::Float(_) => "a floating-point number".to_owned(),
            Self::Str(_) => "a string".to_owned(),
            Self::Bin(_) => "bytes".to_owned(),
            Self::Array(length) => format!("an array of {}", describe_count(length)),
            Self::Map(length) => format!("a map of {}", describe_count(length)),
            Self::Ext(_) => "an extension".to_owned(),
        }
    }
}

/// The bytes that are still to be read.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Reads the next header. A length for which not enough bytes are left is refused here, before anybody allocates for it.
    pub(super) fn header(&mut self) -> Result<Header, Fault> {
        let [byte] = self.array()?;
        let header = match Marker::from_u8(byte) {
            Marker::Null => Header::Nil,
            Marker::True => Header::Bool(true),
            Marker::False => Header::Bool(false),
            Marker::FixPos(value) => Header::Uint(value.into()),
            Marker::U8 => Header::Uint(u8::from_be_bytes(self.array()?).into()),
            Marker::U16 => Header::Uint(u16::from_be_bytes(self.array()?).into()),
            Marker::U32 => Header::Uint(u32::from_be_bytes(self.array()?).into()),
            Marker::U64 => Header::Uint(u64::from_be_bytes(self.array()?)),
            Marker::FixNeg(value) => Header::Int(value.into()),
            Marker::I8 => Header::Int(i8::from_be_bytes(self.array()?).into()),
            Marker::I16 => Header::Int(i16::from_be_bytes(self.array()?).into()),
            Marker::I32 => Header::Int(i32::from_be_bytes(self.array()?).into()),
            Marker::I64 => Header::Int(i64::from_be_bytes(self.array()?)),
            Marker::F32 => Header::Float(f32::from_be_bytes(self.array()?).into()),
            Marker::F64 => Header::Float(f64::from_be_bytes(self.array()?)),
            Marker::FixStr(length) => Header::Str(length.into()),
            Marker::Str8 => Header::Str(self.length_8()?),
            Marker::Str16 => Header::Str(self.length_16()?),
            Marker::Str32 => Header::Str(self.length_32()?),
            Marker::Bin8 => Header::Bin(self.length_8()?),
            Marker::Bin16 => Header::Bin(self.length_16()?),
            Marker::Bin32 => Header::Bin(self.length_32()?),
            Marker::FixArray(length) => Header::Array(length.into()),
            Marker::Array16 => Header::Array(self.length_16()?),
            Marker::Array32 => Header::Array(self.length_32()?),
            Marker::FixMap(length) => Header::Map(length.into()),
            Marker::Map16 => Header::Map(self.length_16()?),
            Marker::Map32 => Header::Map(self.length_32()?),
            Marker::FixExt1 => self.ext(1)?,
            Marker::FixExt2 => self.ext(2)?,
            Marker::FixExt4 => self.ext(4)?,
            Marker::FixExt8 => self.ext(8)?,
            Marker::FixExt16 => self.ext(16)?,
            Marker::Ext8 => self.length_8().and_then(|length| self.ext(length))?,
            Marker::Ext16 => self.length_16().and_then(|length| self.ext(length))?,
            Marker::Ext32 => self.length_32().and_then(|length| self.ext(length))?,
            Marker::Reserved => return Err(Fault::new("MessagePack", "a byte without meaning")),
        };
        self.check_length(header)?;
        Ok(header)
    }

    /// Takes the next bytes as they are.
    pub(super) fn take(&mut self, length: usize) -> Result<&'a [u8], Fault> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or_else(end)?;
        self.rest = rest;
        Ok(taken)
    }

    /// Takes the next bytes as text.
    pub(super) fn text(&mut self, length: usize) -> Result<&'a str, Fault> {
        std::str::from_utf8(self.take(length)?)
            .map_err(|_| Fault::new("text in UTF-8", "other bytes"))
    }

    fn check_length(&self, header: Header) -> Result<(), Fault> {
        let least = match header {
            Header::Str(length)
            | Header::Bin(length)
            | Header::Ext(length)
            | Header::Array(length) => length,
            Header::Map(length) => length.saturating_mul(2),
            _ => 0,
        };
        if least > self.rest.len() {
            return Err(end());
        }
        Ok(())
    }

    /// Passes over the extension's type.
    fn ext(&mut self, length: usize) -> Result<Header, Fault> {
        let [_] = self.array()?;
        Ok(Header::Ext(length))
    }

    fn length_8(&mut self) -> Result<usize, Fault> {
        Ok(u8::from_be_bytes(self.array()?).into())
    }

    fn length_16(&mut self) -> Result<usize, Fault> {
        Ok(u16::from_be_bytes(self.array()?).into())
    }

    fn length_32(&mut self) -> Result<usize, Fault> {
        usize::try_from(u32::from_be_bytes(self.array()?)).map_err(|_| end())
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or_else(end)?;
        self.rest = rest;
        Ok(*taken)
    }
}

fn end() -> Fault {
    Fault::new("more bytes", "the end of the data")
}
