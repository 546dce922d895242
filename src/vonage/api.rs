//! The APIs of one account.

use std::sync::Arc;

use super::applications::Applications;
use super::http::client::Client;
use super::http::secrets::Secrets;
use super::http::timing::Timing;
use super::numbers::{self, Numbers};
use super::psip::Psip;
use super::settings::Settings;

/// A client for each API. Cheap to make: no connection, no certificate is looked at before the first request.
pub(crate) struct Api {
    /// Applications.
    pub applications: Applications,
    /// Numbers.
    pub numbers: Numbers,
    /// Programmable SIP.
    pub psip: Psip,
    key: String,
}

impl Api {
    /// Clients with these settings; `user_agent` goes out with each request.
    pub(crate) fn new(settings: Settings, user_agent: &str) -> Self {
        let secrets = Secrets::of_this_process();
        let key = settings.api_key.clone();
        let client = |settings: Settings, base_url| {
            Client::new(
                settings,
                base_url,
                user_agent,
                Timing::default(),
                secrets.clone(),
            )
        };
        let limited = |most: f64| {
            let settings = Settings {
                max_requests_per_second: settings.max_requests_per_second.min(most),
                ..settings.clone()
            };
            let base_url = settings.rest_base_url.clone();
            client(settings, base_url)
        };
        let numbers = Numbers::new(limited(numbers::UPDATES), limited(numbers::LISTS));
        let base_url = settings.base_url.clone();
        let http = Arc::new(client(settings, base_url));
        Self {
            applications: Applications::new(http.clone()),
            numbers,
            psip: Psip::new(http),
            key,
        }
    }

    /// The API key that requests are sent with.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }
}
