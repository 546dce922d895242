//! What the provider block says, before anything is looked up or checked.

use std::time::Duration;

use secrecy::SecretString;

/// The provider block's attributes; `None` where an attribute is not set.
#[derive(Clone, Debug, Default)]
pub struct Explicit {
    /// `api_key`.
    pub api_key: Option<String>,
    /// `api_secret`.
    pub api_secret: Option<SecretString>,
    /// `credentials_file`; a leading `~/` is the home folder.
    pub credentials_file: Option<String>,
    /// `base_url`.
    pub base_url: Option<String>,
    /// `sip_base_domain`.
    pub sip_base_domain: Option<String>,
    /// `max_requests_per_second`.
    pub max_requests_per_second: Option<f64>,
    /// `max_retries`.
    pub max_retries: Option<i64>,
    /// `request_timeout`.
    pub request_timeout: Option<Duration>,
}
