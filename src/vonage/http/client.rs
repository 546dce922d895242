//! The client: what all calls of one provider process share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use secrecy::ExposeSecret as _;

use super::error::{Error, Tries};
use super::operation::{Interrupted, Operation};
use super::rate_limit::RateLimit;
use super::recent_names::Recently;
use super::request::RequestName;
use super::secrets::Secrets;
use super::timing::Pace;
use super::transport::Transport;
use super::write_locks::{Turn, Turns};
use crate::vonage::psip::{Domain, SharedList, UserLists};
use crate::vonage::settings::Settings;

/// A handle on one account's API. Cheap to make and to clone: no connection, no certificate is looked at before
/// the first request.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) settings: Settings,
    pub(crate) transport: Transport,
    pub(crate) rate_limit: RateLimit,
    pub(crate) secrets: Secrets,
    pub(crate) pace: Pace,
    pub(crate) turns: Turns,
    /// The list of the account's domains.
    pub(crate) domains: Arc<SharedList<Domain>>,
    /// The lists of users.
    pub(crate) users: UserLists,
    /// Domains by name, users by domain and key.
    pub(crate) deleted: Recently,
    /// Domains by name.
    pub(crate) created: Recently,
}

impl Client {
    /// A client with these settings; `user_agent` goes out with each request.
    pub fn new(settings: Settings, user_agent: impl AsRef<str>) -> Self {
        let secrets = Secrets::of_this_process();
        Self::with(settings, user_agent.as_ref(), Pace::default(), secrets)
    }

    pub(crate) fn with(settings: Settings, user_agent: &str, pace: Pace, secrets: Secrets) -> Self {
        secrets.register_pair(&settings.api_key, settings.api_secret.expose_secret());
        let shared = Shared {
            transport: Transport::new(&settings, user_agent, secrets.clone()),
            rate_limit: RateLimit::new(settings.max_requests_per_second),
            secrets,
            deleted: Recently::new(pace.name_freed_within),
            created: Recently::new(pace.visible_within),
            turns: Turns::default(),
            domains: Arc::default(),
            users: UserLists::default(),
            pace,
            settings,
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    /// The settings it works with.
    pub fn settings(&self) -> &Settings {
        &self.shared.settings
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// Waits until no other write to this domain is under way; `request` is what is to be sent then.
    pub(crate) async fn turn_to_write(
        &self,
        operation: &Operation,
        domain: &str,
        request: &RequestName,
    ) -> Result<Turn, Error> {
        self.shared
            .turns
            .take(domain, operation)
            .await
            .map_err(|reason| unsent(reason, request, operation))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("settings", &self.shared.settings)
            .finish_non_exhaustive()
    }
}

/// The error of a request that was not sent even once.
pub(crate) fn unsent(reason: Interrupted, request: &RequestName, operation: &Operation) -> Error {
    let request = request.clone();
    let tries = Tries::default();
    match reason {
        Interrupted::Cancelled => Error::Cancelled {
            request,
            tries,
            source: None,
        },
        Interrupted::OutOfTime => Error::OutOfTime {
            request,
            tries,
            wait: Duration::ZERO,
            left: operation.remaining(),
            source: None,
        },
    }
}
