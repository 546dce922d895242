//! The client of the Vonage API: from settings to typed answers, and nothing of Terraform.
//!
//! One call's way: `psip` says what to ask and what the answer means, [`Client`] takes the domain's turn,
//! `exchange` waits for the rate limit, sends through `transport`, and asks `retry` what to do with the outcome.
//! `request`, `answer`, `api_error`, `json`, `secrets`, `retry` and `rate_limit` do no I/O.

mod answer;
mod api_error;
#[cfg(test)]
mod bad_input_tests;
mod client;
mod error;
mod exchange;
mod json;
mod operation;
mod pace;
pub mod psip;
mod rate_limit;
mod recently;
mod request;
mod retry;
mod secrets;
pub mod settings;
#[cfg(test)]
mod test_server;
mod tls;
mod transport;
mod turns;

pub use api_error::{ApiError, InvalidParameter};
pub use client::Client;
pub use error::{Error, Tries};
pub use operation::Operation;
pub use request::{InvalidPathSegment, RequestName};
pub use secrets::register_secret;
pub use settings::Settings;
pub use transport::{BodyError, TransportError};
