//! What a client needs to know: the account, the way to the API, and the limits to keep.

pub(crate) mod base_url;
mod network;

use std::time::Duration;

use secrecy::SecretString;
use url::Url;

pub(crate) use network::Network;
pub(super) use network::Proxy;

/// Checked settings. `Debug` hides the secret.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// HTTP Basic user.
    pub api_key: String,
    /// HTTP Basic password.
    pub api_secret: SecretString,
    /// Scheme, host and port of the API; the path is `/`.
    pub base_url: Url,
    /// The same of the Numbers API.
    pub rest_base_url: Url,
    /// The client-side limit.
    pub max_requests_per_second: f64,
    /// Retries after the first attempt.
    pub max_retries: u32,
    /// The limit on one HTTP request, from connecting to the last byte of the answer.
    pub request_timeout: Duration,
    /// The way to the API.
    pub network: Network,
}
