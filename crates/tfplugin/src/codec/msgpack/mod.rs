//! `MessagePack`: the encoding of values that hosts use.
//!
//! `reader` finds the elements of the format in bytes, `decode` and `encode` map them to values.

mod decode;
mod encode;
mod reader;

#[cfg(test)]
mod tests;

pub use decode::decode;
pub use encode::encode;
