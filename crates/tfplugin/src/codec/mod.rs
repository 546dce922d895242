//! Values on the wire: `MessagePack` and JSON, read as the schema's type says, and written as `MessagePack`.
//!
//! The rules are those of Terraform's object wire format. Whatever comes in is either a value of the type or a
//! [`Error`] that says where and what was wrong, but never shows the value, which may be a secret.
//!
//! - [`decode`]: the protocol's envelope, which holds either encoding.
//! - [`msgpack`]: the encoding that hosts use today. Nothing outside it knows `MessagePack`.
//! - [`json`]: the encoding of stored state, and another one in which a host may send values.

mod dynamic_value;
mod error;
pub mod json;
pub mod msgpack;

#[cfg(test)]
pub(crate) mod arbitrary;

pub use dynamic_value::decode;
pub use error::Error;
