//! Between protobuf messages and the types of this layer; nothing else names both.

pub(super) mod diagnostics;
pub(super) mod function;
pub(super) mod schema;
pub(super) mod value;
