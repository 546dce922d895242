//! JSON: the other encoding of values, and the one of stored state. It cannot express unknown values.

mod decode;
mod encode;

#[cfg(test)]
mod tests;

pub use decode::{decode, decode_state};
pub use encode::{encode, to_json};
