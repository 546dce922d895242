//! The client of the Vonage API: from settings to typed answers, and nothing of Terraform.

mod api;
pub(crate) mod applications;
mod http;
#[cfg(test)]
#[path = "../../tests/support/http_server.rs"]
mod http_server;
pub(crate) mod numbers;
pub(crate) mod psip;
mod raw;
pub(crate) mod settings;
#[cfg(test)]
mod test_log;
#[cfg(test)]
mod test_server;
#[cfg(test)]
mod tests;
mod told;

pub(crate) use api::Api;
pub(crate) use http::answer::Answer;
pub(crate) use http::deletion::Deleted;
pub(crate) use http::error::Error;
pub(crate) use http::operation::Operation;
pub(crate) use http::polling::{Visibility, Written};
pub(crate) use http::request::{LIST_LIMIT, Request};
pub(crate) use http::secrets::register_secret;
pub(crate) use http::settling::Settling;
pub(crate) use http::transport_error::TransportError;
pub(crate) use http::update::{LeftAlone, UpdateError};
pub(crate) use raw::Raw;
pub(crate) use settings::Settings;
#[doc(hidden)]
pub use told::told_of_answer;
