//! What all requests to one host share: its address, the connections, the rate limit, the secrets and the waiting times.

use std::sync::Arc;

use secrecy::ExposeSecret as _;
use url::Url;

use super::rate_limit::RateLimit;
use super::secrets::Secrets;
use super::timing::Timing;
use super::transport::Transport;
use crate::vonage::settings::Settings;

/// A handle on one host. Cheap to make and to clone: no connection, no certificate is looked at before the first request.
#[derive(Clone)]
pub(crate) struct Client {
    shared: Arc<Shared>,
}

struct Shared {
    settings: Settings,
    base_url: Url,
    transport: Transport,
    rate_limit: RateLimit,
    secrets: Secrets,
    timing: Timing,
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
        let shared = Shared {
            transport: Transport::new(&settings, &base_url, user_agent, secrets.clone()),
            rate_limit: RateLimit::new(settings.max_requests_per_second),
            settings,
            base_url,
            secrets,
            timing,
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.shared.settings
    }

    pub(crate) fn timing(&self) -> &Timing {
        &self.shared.timing
    }

    pub(super) fn base_url(&self) -> &Url {
        &self.shared.base_url
    }

    pub(super) fn transport(&self) -> &Transport {
        &self.shared.transport
    }

    pub(super) fn rate_limit(&self) -> &RateLimit {
        &self.shared.rate_limit
    }

    pub(super) fn secrets(&self) -> &Secrets {
        &self.shared.secrets
    }
}
