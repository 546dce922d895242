//! Reads what was written a moment ago, when one part of the API may still show what was before.

use std::ops::ControlFlow;
use std::time::Duration;

use tokio::time::Instant;

use super::together::Member;
use super::watch::{Alone, Unseen};
use crate::vonage::Client;
use crate::vonage::http::client::unsent;
use crate::vonage::http::error::Error;
use crate::vonage::http::operation::{Interrupted, Operation};

/// How long reads may still show what was before the last write; zero where it was long ago.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Settling {
    /// How long the object may be missing.
    pub missing: Duration,
    /// How long it may be as it was before.
    pub different: Duration,
}

/// What a read gave of an object whose last write may not show everywhere yet.
#[derive(Debug)]
pub struct Settled<T> {
    /// The object; `None` where there is none.
    pub found: Option<T>,
    /// How long the first read was doubted.
    pub waited: Duration,
}

impl Settling {
    fn limit(self) -> Duration {
        self.missing.max(self.different)
    }
}

impl Client {
    /// Reads an object; while its last write is settling, until it is shown `as_written`.
    pub(super) async fn read_settling<M: Member>(
        &self,
        operation: &Operation,
        member: &M,
        settling: Settling,
        as_written: &(dyn Fn(&M::Object) -> bool + Send + Sync),
    ) -> Result<Settled<M::Object>, Error> {
        let begun = Instant::now();
        let found = self.read_among_others(operation, member).await?;
        self.until_settled(operation, member, begun, found, settling, as_written)
            .await
    }

    /// Reads an object again, that was read first at `begun`, until it is shown `as_written` or has settled.
    pub(super) async fn until_settled<M: Member>(
        &self,
        operation: &Operation,
        member: &M,
        begun: Instant,
        found: Option<M::Object>,
        settling: Settling,
        as_written: &(dyn Fn(&M::Object) -> bool + Send + Sync),
    ) -> Result<Settled<M::Object>, Error> {
        let judge = |seen: Option<M::Object>| match seen {
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
        let left = settling.limit().saturating_sub(begun.elapsed());
        tracing::info!(
            "waiting up to {} s until {} that was written lately is shown as it was written",
            left.as_secs(),
            M::EXPECTED
        );
        let found = match self.watch(operation, &mut Alone(member), left, judge).await {
            Ok(Some(object)) => Some(object),
            // Why it does not show, or cannot be looked at, is what a plain read says.
            Ok(None) | Err(Unseen::NotYet { .. }) => self.read(operation, member).await?,
            Err(Unseen::Cancelled) => {
                let request = member.request()?;
                return Err(unsent(Interrupted::Cancelled, &request.name, operation));
            }
        };
        Ok(Settled {
            found,
            waited: doubted.elapsed(),
        })
    }
}

#[cfg(test)]
mod tests;
