//! The protocol's messages and clients: those of a provider, and of `health` and go-plugin's own services.

pub use crate::plugin::messages::{health, plugin};
pub use crate::server::messages::*;
