//! What the tests of this module start with: a scripted server, and clients of it.

use std::time::Duration;

use secrecy::SecretString;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::applications::Applications;
use super::http::client::Client;
use super::http::secrets::Secrets;
use super::http::timing::Timing;
pub(super) use super::http_server::{Received, Reply, Server};
use super::numbers::Numbers;
use super::psip::Psip;
use super::settings::Network;
use super::{Operation, Settings};

pub(super) const SECRET: &str = "Top5ecret/\"x\"";

impl Server {
    pub(in crate::vonage) fn settings(&self) -> Settings {
        settings(Url::parse(&self.url()).unwrap())
    }

    pub(in crate::vonage) fn psip(&self) -> Psip {
        self.psip_with(|_, _| {})
    }

    /// A client of this server's SIP API whose settings and waits were changed first.
    pub(in crate::vonage) fn psip_with(
        &self,
        change: impl FnOnce(&mut Settings, &mut Timing),
    ) -> Psip {
        Psip::new(self.client_with(change).into())
    }

    /// A client of this server's Application API, which does not wait long.
    pub(in crate::vonage) fn applications(&self) -> Applications {
        Applications::new(self.client().into())
    }

    /// A client of this server's Numbers API, which does not wait long.
    pub(in crate::vonage) fn numbers(&self) -> Numbers {
        Numbers::new(self.client(), self.client())
    }

    pub(in crate::vonage) fn client(&self) -> Client {
        self.client_with(|_, _| {})
    }

    /// A client of this server whose settings and waits were changed first.
    pub(in crate::vonage) fn client_with(
        &self,
        change: impl FnOnce(&mut Settings, &mut Timing),
    ) -> Client {
        let mut settings = self.settings();
        let mut timing = Timing::quick();
        change(&mut settings, &mut timing);
        let base_url = settings.base_url.clone();
        Client::new(settings, base_url, "test/1", timing, Secrets::default())
    }
}

/// Settings for an API at this address.
pub(super) fn settings(base_url: Url) -> Settings {
    Settings {
        api_key: "key".to_owned(),
        api_secret: SecretString::from(SECRET),
        rest_base_url: base_url.clone(),
        base_url,
        max_requests_per_second: 1000.0,
        max_retries: 3,
        request_timeout: Duration::from_secs(10),
        network: Network::default(),
    }
}

/// An operation with more time than any test needs.
pub(super) fn operation() -> Operation {
    Operation::new(Duration::from_mins(1), CancellationToken::new())
}
