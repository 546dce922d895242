//! What a measurement is set up with: arguments, the sandbox, a host, the processes that it starts, and the table.
#![allow(dead_code, reason = "each bench uses its part of it")]

pub(crate) mod account;
pub(crate) mod applications;
pub(crate) mod arguments;
pub(crate) mod domains;
pub(crate) mod host;
pub(crate) mod kind;
pub(crate) mod process;
#[path = "../../tests/support/mod.rs"]
pub(crate) mod support;
pub(crate) mod table;
