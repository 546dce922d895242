//! Looks at an object again and again until it is as a write left it.

use std::ops::ControlFlow;
use std::time::Duration;

use tokio::time::Instant;

use super::Domain;
use crate::causes::explain;
use crate::vonage::Client;
use crate::vonage::http::error::Error;
use crate::vonage::http::locator::Locator;
use crate::vonage::http::operation::{Interrupted, Operation};
use crate::vonage::http::transport::TransportError;

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

/// How looks at an object are taken.
pub(super) trait Look: Send {
    type Object: Send;
    /// Names the object in the log.
    const EXPECTED: &'static str;

    /// Looks once, without retries: the watch has its own.
    fn look(
        &mut self,
        client: &Client,
        operation: &Operation,
    ) -> impl Future<Output = Result<Option<Self::Object>, Error>> + Send;

    /// The wait before the next look, after `looks` of them.
    fn pause(&self, client: &Client, looks: u32) -> Duration {
        client.shared().pace.before_look(looks)
    }
}

/// Looks by a GET of the object itself.
pub(super) struct Alone<'a, L>(pub(super) &'a L);

impl<L: Locator> Look for Alone<'_, L> {
    type Object = L::Object;
    const EXPECTED: &'static str = L::EXPECTED;

    async fn look(
        &mut self,
        client: &Client,
        operation: &Operation,
    ) -> Result<Option<L::Object>, Error> {
        let request = self.0.request()?.sent_once();
        client.get(operation, self.0, &request).await
    }
}

impl Client {
    /// Looks for what a create with an unclear end may have made, for as long as a new object may take to show, and
    /// once more where the operation has no time left for that.
    pub(super) async fn search<L: Locator>(
        &self,
        operation: &Operation,
        locator: &L,
        is_it: impl Fn(&L::Object) -> bool + Send + Sync,
    ) -> Option<L::Object> {
        let limit = self.shared().pace.unclear_within;
        let judge = |seen: Option<L::Object>| match seen {
            Some(found) if is_it(&found) => ControlFlow::Break(found),
            _ => ControlFlow::Continue(()),
        };
        let mut looks = Alone(locator);
        let found = self.watch(operation, &mut looks, limit, judge).await.ok();
        if found.is_some() || !operation.is_over() {
            return found;
        }
        let last_word = Operation::last_word(self.shared().pace.last_look);
        // With its retries, but no interval: a single look.
        let request = locator.request().ok()?;
        let seen = self.get(&last_word, locator, &request).await.ok().flatten();
        seen.filter(is_it)
    }

    /// Looks at an object, at growing intervals, until `judge` has made up its mind or `limit` is over.
    ///
    /// Passing troubles count as a look that saw nothing new; what more looks cannot mend ends the watch.
    pub(super) async fn watch<L: Look, T>(
        &self,
        operation: &Operation,
        looks: &mut L,
        limit: Duration,
        mut judge: impl FnMut(Option<L::Object>) -> ControlFlow<T> + Send,
    ) -> Result<T, Unseen> {
        let begun = Instant::now();
        let operation = operation.within(limit);
        let not_yet = || Unseen::NotYet {
            waited: begun.elapsed(),
        };
        for count in 1.. {
            match looks.look(self, &operation).await {
                Ok(seen) => {
                    if let ControlFlow::Break(result) = judge(seen) {
                        return Ok(result);
                    }
                }
                Err(Error::Cancelled { .. }) => return Err(Unseen::Cancelled),
                Err(error) => {
                    let reason = explain(&error);
                    if !may_pass(&error) {
                        tracing::warn!(reason, "{} cannot be looked at", L::EXPECTED);
                        return Err(not_yet());
                    }
                    tracing::debug!(reason, "a look at {} failed", L::EXPECTED);
                }
            }
            match operation.sleep(looks.pause(self, count)).await {
                Ok(()) => {}
                Err(Interrupted::Cancelled) => return Err(Unseen::Cancelled),
                Err(Interrupted::OutOfTime) => break,
            }
        }
        Err(not_yet())
    }
}

/// Whether another look may go better. A body of another shape may come from one bad replica.
fn may_pass(error: &Error) -> bool {
    match error {
        Error::Api { source, .. } => source.is_server_error() || source.is_rate_limited(),
        Error::Transport { source, .. } => !matches!(
            source,
            TransportError::Setup { .. }
                | TransportError::Certificate { .. }
                | TransportError::PlainHttp { .. }
        ),
        Error::UnexpectedBody { .. } => true,
        Error::Cancelled { .. } | Error::OutOfTime { .. } | Error::InvalidName(_) => false,
    }
}
