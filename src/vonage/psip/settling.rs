//! Reads what was written a moment ago, when one part of the API may still show what was before.

use std::ops::ControlFlow;
use std::time::Duration;

use tokio::time::Instant;

use super::together::Member;
use super::watch::{Alone, Unseen};
use crate::vonage::Client;
use crate::vonage::client::unsent;
use crate::vonage::error::Error;
use crate::vonage::operation::{Interrupted, Operation};

/// How long reads may still show what was before the last write; zero where it was long ago.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Settling {
    /// How long the object may be missing.
    pub missing: Duration,
    /// How long it may be as it was before.
    pub different: Duration,
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
    ) -> Result<Option<M::Object>, Error> {
        let begun = Instant::now();
        let judge = |seen: Option<M::Object>| match seen {
            Some(object) if as_written(&object) || begun.elapsed() >= settling.different => {
                ControlFlow::Break(Some(object))
            }
            None if begun.elapsed() >= settling.missing => ControlFlow::Break(None),
            _ => ControlFlow::Continue(()),
        };
        if settling.limit().is_zero() {
            return self.read_among_others(operation, member).await;
        }
        if let ControlFlow::Break(found) = judge(self.read_among_others(operation, member).await?) {
            return Ok(found);
        }
        tracing::debug!("{} is not yet shown as it was written", M::EXPECTED);
        let left = settling.limit().saturating_sub(begun.elapsed());
        match self.watch(operation, &mut Alone(member), left, judge).await {
            Ok(Some(object)) => Ok(Some(object)),
            // Why it does not show, or cannot be looked at, is what a plain read says.
            Ok(None) | Err(Unseen::NotYet { .. }) => self.read(operation, member).await,
            Err(Unseen::Cancelled) => {
                let request = member.request()?;
                Err(unsent(Interrupted::Cancelled, &request.name, operation))
            }
        }
    }
}

#[cfg(test)]
mod tests;
