//! Requests and their answers, whatever the API: sending, retries, the rate limit, pages, and waits.
//!
//! One request's way: an API's client says what to send and what the answer means; `exchange` waits for the rate limit,
//! sends through `transport`, and asks `retry` what to do with the outcome. `request`, `answer`, `api_error`, `json`,
//! `secrets`, `retry` and `timing` do no I/O.

pub(crate) mod answer;
pub(crate) mod api_error;
pub(crate) mod client;
pub(crate) mod deletion;
pub(crate) mod error;
pub(crate) mod exchange;
pub(crate) mod json;
pub(crate) mod list_cache;
pub(crate) mod locator;
pub(crate) mod object;
pub(crate) mod operation;
pub(crate) mod pages;
pub(crate) mod polling;
pub(crate) mod rate_limit;
pub(crate) mod recent_names;
pub(crate) mod request;
pub(crate) mod retry;
pub(crate) mod secrets;
pub(crate) mod settling;
pub(crate) mod timing;
pub(crate) mod tls;
pub(crate) mod transport;
pub(crate) mod transport_error;
pub(crate) mod update;
pub(crate) mod write_locks;
