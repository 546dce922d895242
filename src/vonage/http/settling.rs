//! Reads what was written a moment ago, when one part of the API may still show what was before.

use std::ops::ControlFlow;
use std::time::Duration;

use tokio::time::Instant;

use super::client::Client;
use super::error::Error;
use super::exchange::unsent;
use super::locator::Listed;
use super::operation::{Interrupted, Operation};
use super::polling::NotSeen;

/// How long reads may still show what was before the last write; zero where it was long ago.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Settling {
    /// How long the object may be missing.
    pub missing: Duration,
    /// How long it may be as it was before.
    pub different: Duration,
}

/// What a read gave of an object whose last write may not show everywhere yet.
#[derive(Debug)]
pub(crate) struct Settled<T> {
    /// The object; `None` where there is none.
    pub found: Option<T>,
    /// How long the first read was doubted.
    pub waited: Duration,
}

impl Client {
    /// Reads an object again, that was read first at `begun`, until it is shown `as_written` or has settled.
    pub(crate) async fn until_settled<L: Listed>(
        &self,
        operation: &Operation,
        locator: &L,
        begun: Instant,
        found: Option<L::Object>,
        settling: Settling,
        as_written: &(dyn Fn(&L::Object) -> bool + Send + Sync),
    ) -> Result<Settled<L::Object>, Error> {
        let mut judge = |seen: Option<L::Object>| match seen {
            Some(object) if as_written(&object) || begun.elapsed() >= settling.different => {
                ControlFlow::Break(Some(object))
            }
            None if begun.elapsed() >= settling.missing => ControlFlow::Break(None),
            _ => ControlFlow::Continue(()),
        };
        if let ControlFlow::Break(found) = judge(found) {
            let waited = Duration::ZERO;
            return Ok(Settled { found, waited });
        }
        let doubted = Instant::now();
        let longest = settling.missing.max(settling.different);
        let left = longest.saturating_sub(begun.elapsed());
        tracing::info!(
            "waiting up to {} s until {} that was written lately is shown as it was written",
            left.as_secs(),
            L::EXPECTED
        );
        let polled = self.poll(operation, locator, None, left, &mut judge);
        let found = match polled.await {
            Ok(Some(object)) => Some(object),
            // Why it does not show, or cannot be read, is what a plain read says.
            Ok(None) | Err(NotSeen::Yet { .. }) => self.read(operation, locator).await?,
            Err(NotSeen::Cancelled) => {
                let request = locator.request()?;
                return Err(unsent(Interrupted::Cancelled, &request.name, operation));
            }
        };
        let waited = doubted.elapsed();
        Ok(Settled { found, waited })
    }
}
