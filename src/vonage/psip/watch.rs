//! Looks at a domain again and again until it is as a write left it.

use std::ops::ControlFlow;
use std::time::Duration;

use tokio::time::Instant;

use super::{Domain, requests};
use crate::vonage::Client;
use crate::vonage::error::{Error, explain};
use crate::vonage::operation::{Interrupted, Operation};
use crate::vonage::transport::TransportError;

/// A domain that was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// What the API answered, over what was sent.
    pub domain: Domain,
    /// Whether reads show it.
    pub visibility: Visibility,
}

/// Whether reads show what a write did. The write itself succeeded in any case.
///
/// One read that shows it is taken for enough: with several replicas no number of reads proves that all have it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Visibility {
    /// A read has shown it.
    Confirmed,
    /// No read has shown it yet.
    NotYet {
        /// How long it was awaited.
        waited: Duration,
    },
    /// Ctrl-C ended the wait.
    Cancelled,
}

/// Why watching ended without what was watched for.
#[derive(Debug)]
pub(super) enum Unseen {
    NotYet { waited: Duration },
    Cancelled,
}

impl From<Result<(), Unseen>> for Visibility {
    fn from(watched: Result<(), Unseen>) -> Self {
        match watched {
            Ok(()) => Self::Confirmed,
            Err(Unseen::NotYet { waited }) => Self::NotYet { waited },
            Err(Unseen::Cancelled) => Self::Cancelled,
        }
    }
}

impl Client {
    /// Waits until `shows` is true of what a read gives, for as long as a write may take to show.
    pub(super) async fn await_visibility(
        &self,
        operation: &Operation,
        name: &str,
        shows: impl Fn(Option<&Domain>) -> bool,
    ) -> Visibility {
        let limit = self.shared().pace.visible_within;
        let watched = self
            .watch(operation, name, limit, |seen| {
                if shows(seen.as_ref()) {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            })
            .await;
        watched.into()
    }

    /// Looks at the domain, at growing intervals, until `judge` has made up its mind or `limit` is over.
    ///
    /// Passing troubles count as a look that saw nothing new; what more looks cannot mend ends the watch.
    pub(super) async fn watch<T>(
        &self,
        operation: &Operation,
        name: &str,
        limit: Duration,
        mut judge: impl FnMut(Option<Domain>) -> ControlFlow<T>,
    ) -> Result<T, Unseen> {
        let begun = Instant::now();
        let operation = operation.within(limit);
        let not_yet = || Unseen::NotYet {
            waited: begun.elapsed(),
        };
        for looks in 1.. {
            match self.look(&operation, name).await {
                Ok(seen) => {
                    if let ControlFlow::Break(result) = judge(seen) {
                        return Ok(result);
                    }
                }
                Err(Error::Cancelled { .. }) => return Err(Unseen::Cancelled),
                Err(error) => {
                    let reason = explain(&error);
                    if !may_pass(&error) {
                        tracing::warn!(reason, "the domain cannot be looked at");
                        return Err(not_yet());
                    }
                    tracing::debug!(reason, "a look at the domain failed");
                }
            }
            let wait = self.shared().pace.before_look(looks);
            match operation.sleep(wait).await {
                Ok(()) => {}
                Err(Interrupted::Cancelled) => return Err(Unseen::Cancelled),
                Err(Interrupted::OutOfTime) => break,
            }
        }
        Err(not_yet())
    }

    /// Looks once, without retries: the watch has its own.
    async fn look(&self, operation: &Operation, name: &str) -> Result<Option<Domain>, Error> {
        self.get_domain(operation, name, &requests::read(name)?.sent_once())
            .await
    }
}

/// Whether another look may go better. A body of another shape may come from one bad replica.
fn may_pass(error: &Error) -> bool {
    match error {
        Error::Api { source, .. } => source.is_server_error() || source.is_rate_limited(),
        Error::Transport { source, .. } => !matches!(
            source,
            TransportError::Setup { .. } | TransportError::Certificate { .. }
        ),
        Error::UnexpectedBody { .. } => true,
        Error::Cancelled { .. } | Error::OutOfTime { .. } | Error::InvalidName(_) => false,
    }
}
