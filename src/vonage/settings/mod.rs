//! The client's settings: where each value comes from, and every problem with them at once.
//!
//! A value in the provider's configuration beats its environment variable, which beats the credentials file,
//! which beats the default.

pub(super) mod base_url;
mod error;
mod explicit;
mod network;
mod resolve;
#[cfg(test)]
mod tests;

pub use error::{Origin, Setting, SettingError};
pub use explicit::Explicit;
pub use network::Network;
pub(super) use network::Proxy;
pub use resolve::Settings;
