//! `MessagePack`: the encoding of values that hosts use.
//!
//! `reader` finds the elements of the format in bytes, `decode` and `encode` map them to values, `refinements` are the
//! extension with which a host says what it knows of an unknown value.

mod decode;
mod encode;
mod reader;
mod refinements;

#[cfg(test)]
mod tests;

pub use decode::decode;
pub use encode::encode;
