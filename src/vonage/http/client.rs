//! What all requests to one host share: its address, the connections, the rate limit, the secrets and the waiting times.

use secrecy::ExposeSecret as _;
use url::Url;

use super::rate_limit::RateLimit;
use super::secrets::Secrets;
use super::timing::Timing;
use super::transport::Transport;
use crate::vonage::settings::Settings;

/// What requests to one host need. Cheap to make: no connection, no certificate is looked at before the first request.
pub(crate) struct Client {
    pub(super) settings: Settings,
    pub(super) base_url: Url,
    pub(super) transport: Transport,
    pub(super) rate_limit: RateLimit,
    pub(super) secrets: Secrets,
    pub(crate) timing: Timing,
}

impl Client {
    /// A client of the host at `base_url`; `user_agent` goes out with each request.
    pub(crate) fn new(
        settings: Settings,
        base_url: Url,
        user_agent: &str,
        timing: Timing,
        secrets: Secrets,
    ) -> Self {
        secrets.register_pair(&settings.api_key, settings.api_secret.expose_secret());
        Self {
            transport: Transport::new(&settings, &base_url, user_agent, secrets.clone()),
            rate_limit: RateLimit::new(settings.max_requests_per_second),
            settings,
            base_url,
            secrets,
            timing,
        }
    }
}
