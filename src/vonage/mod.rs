//! The client of the Vonage API: from settings to typed answers, and nothing of Terraform.

mod api;
#[cfg(test)]
mod bad_input_tests;
mod http;
pub mod psip;
pub mod settings;
#[cfg(test)]
mod test_server;

pub use api::Api;
pub use http::api_error::{ApiError, InvalidParameter};
pub use http::error::{Error, Tries};
pub use http::operation::Operation;
pub use http::polling::Visibility;
pub use http::request::{InvalidPathSegment, RequestName};
pub use http::secrets::register_secret;
pub use http::settling::{Settled, Settling};
pub use http::transport::{BodyError, TransportError};
pub use settings::Settings;
