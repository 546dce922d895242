//! The APIs without a client's knowledge of them: one request, one answer, whatever it says.

use super::http::answer::Answer;
use super::http::client::Client;
use super::http::error::Error;
use super::http::operation::Operation;
use super::http::request::Request;
use super::http::secrets::Secrets;
use super::http::timing::Timing;
use super::numbers;
use super::settings::Settings;

/// The hosts of one account's APIs.
pub(crate) struct Raw {
    api: Client,
    /// Of the Numbers API, which lists no faster than its clients do.
    rest: Client,
}

impl Raw {
    /// `user_agent` goes out with each request.
    pub(crate) fn new(settings: Settings, user_agent: &str) -> Self {
        let client = |settings: Settings, url| {
            let secrets = Secrets::of_this_process();
            Client::new(settings, url, user_agent, Timing::default(), secrets)
        };
        let rest = Settings {
            max_requests_per_second: settings.max_requests_per_second.min(numbers::LISTS),
            ..settings.clone()
        };
        let (url, rest_url) = (settings.base_url.clone(), settings.rest_base_url.clone());
        Self {
            api: client(settings, url),
            rest: client(rest, rest_url),
        }
    }

    /// Programmable SIP and applications.
    pub(crate) async fn send(
        &self,
        operation: &Operation,
        request: &Request,
    ) -> Result<Answer, Error> {
        self.api.send_once(operation, request).await
    }

    /// Numbers.
    pub(crate) async fn send_to_rest(
        &self,
        operation: &Operation,
        request: &Request,
    ) -> Result<Answer, Error> {
        self.rest.send_once(operation, request).await
    }
}
