//! Terraform's plugin protocol 6: what a provider is made of, and the server that speaks for it.
//!
//! The way of a request: [`generated`] messages → `convert` → values by [`codec`] → the author's traits → back.

pub mod codec;
mod convert;
pub mod data_source;
pub mod diagnostics;
pub mod field;
pub mod function;
#[doc(hidden)]
pub mod fuzzing;
pub mod generate;
pub mod generated;
pub mod list_resource;
pub mod number;
pub mod path;
mod plan;
pub mod provider;
pub mod resource;
pub mod schema;
pub mod server;
pub mod types;
pub mod value;
