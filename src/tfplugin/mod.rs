//! Terraform's plugin protocol 6: what a provider is made of, and the server that speaks for it.

pub mod codec;
pub mod diagnostics;
pub mod number;
pub mod path;
pub mod types;
pub mod value;
