//! Reads an object again and again until it is as a write left it: by itself while few writes are awaited, by one list for all
//! while many are.

use std::ops::ControlFlow;
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::client::Client;
use super::error::Error;
use super::list_cache::ListCache;
use super::locator::Listed;
use super::operation::{Interrupted, Operation};
use super::transport_error::TransportError;
use crate::causes::explain;

/// The time that so many requests take is given to other writes, so that one list shows many of them. It is half of what
/// Terraform keeps in flight by default.
const WAVE: f64 = 5.0;

/// Whether reads show what a write did. The write itself succeeded in any case.
///
/// One read that shows it is taken for enough: with several replicas no number of reads proves that all have it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Visibility {
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

/// An object that was written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Written<T> {
    /// What the API answered, over what was sent.
    pub object: T,
    /// Whether reads show it.
    pub visibility: Visibility,
    /// What the last read showed, where that was something else.
    pub shown: Option<T>,
}

impl<T> Written<T> {
    /// One that a read has shown.
    pub(crate) fn confirmed(object: T) -> Self {
        Self {
            object,
            visibility: Visibility::Confirmed,
            shown: None,
        }
    }
}

/// Why polling ended without what was waited for.
#[derive(Debug)]
pub(crate) enum NotSeen {
    Yet { waited: Duration },
    Cancelled,
}

impl From<Result<(), NotSeen>> for Visibility {
    fn from(polled: Result<(), NotSeen>) -> Self {
        match polled {
            Ok(()) => Self::Confirmed,
            Err(NotSeen::Yet { waited }) => Self::NotYet { waited },
            Err(NotSeen::Cancelled) => Self::Cancelled,
        }
    }
}

/// Whether polling ends with what a read gives, and what it ends with.
type Judge<'a, T> = dyn FnMut(Option<T>) -> ControlFlow<Option<T>> + Send + 'a;

impl Client {
    /// Waits until `shows` is true of what a read gives, for as long as a write may take to show.
    pub(crate) async fn await_write<L: Listed>(
        &self,
        operation: &Operation,
        locator: &L,
        list: &ListCache,
        shows: impl Fn(Option<&L::Object>) -> bool + Send + Sync,
    ) -> Visibility {
        let limit = self.timing.visible_within;
        let mut judge = |seen: Option<L::Object>| {
            if shows(seen.as_ref()) {
                ControlFlow::Break(seen)
            } else {
                ControlFlow::Continue(())
            }
        };
        let polled = self.poll(operation, locator, Some(list), limit, &mut judge);
        polled.await.map(drop).into()
    }

    /// Waits until a read shows an object that is the `same` as the one that was written.
    pub(crate) async fn await_written<L: Listed>(
        &self,
        operation: &Operation,
        locator: &L,
        list: &ListCache,
        object: L::Object,
        same: &(dyn Fn(&L::Object) -> bool + Send + Sync),
    ) -> Written<L::Object> {
        let mut shown = None;
        let limit = self.timing.visible_within;
        let mut judge = |seen: Option<L::Object>| match seen {
            Some(found) if same(&found) => ControlFlow::Break(Some(found)),
            other => {
                shown = other;
                ControlFlow::Continue(())
            }
        };
        let polled = self.poll(operation, locator, Some(list), limit, &mut judge);
        let visibility = polled.await.map(drop).into();
        Written {
            object,
            visibility,
            shown: shown.filter(|_| visibility != Visibility::Confirmed),
        }
    }

    /// Looks for what a create with an unclear end may have made, for as long as a new object may take to show, and
    /// once more where the operation has no time left for that.
    pub(crate) async fn search<L: Listed>(
        &self,
        operation: &Operation,
        locator: &L,
        is_it: impl Fn(&L::Object) -> bool + Send + Sync,
    ) -> Option<L::Object> {
        let limit = self.timing.unclear_within;
        let mut judge = |seen: Option<L::Object>| match seen {
            Some(found) if is_it(&found) => ControlFlow::Break(Some(found)),
            _ => ControlFlow::Continue(()),
        };
        let polled = self.poll(operation, locator, None, limit, &mut judge);
        let found = polled.await.ok().flatten();
        if found.is_some() || !operation.is_over() {
            return found;
        }
        let grace_period = Operation::new(self.timing.grace_period, CancellationToken::new());
        // With its retries, but no interval.
        let request = locator.request().ok()?;
        let seen = self.get(&grace_period, locator, &request).await.ok()?;
        seen.filter(is_it)
    }

    /// Reads an object, at growing intervals, until `judge` has made up its mind or `limit` is over.
    ///
    /// Passing troubles count as a read that saw nothing new; what more reads cannot mend ends the polling.
    pub(crate) async fn poll<L: Listed>(
        &self,
        operation: &Operation,
        locator: &L,
        list: Option<&ListCache>,
        limit: Duration,
        judge: &mut Judge<'_, L::Object>,
    ) -> Result<Option<L::Object>, NotSeen> {
        let operation = operation.within(limit);
        let begun = Instant::now();
        // What was requested earlier does not count.
        let mut asked = begun;
        let mut any_list = false;
        for count in 0.. {
            let is_early = begun.elapsed() < self.timing.lists_trusted_for;
            let usable = list.filter(|list| is_early && list.has_many_writes() && !list.is_unfit());
            match operation
                .sleep(self.interval(count, usable.is_some()))
                .await
            {
                Ok(()) => {}
                Err(Interrupted::Cancelled) => return Err(NotSeen::Cancelled),
                Err(Interrupted::OutOfTime) => break,
            }
            let by_list = match usable {
                Some(list) => self.row(&operation, locator, list, |at| at > asked).await,
                None => None,
            };
            any_list |= by_list.is_some();
            let read = if let Some(row) = by_list {
                asked = row.asked;
                Ok(row.object)
            } else {
                asked = Instant::now();
                self.read_once(&operation, locator).await
            };
            match read {
                Ok(seen) => {
                    if let ControlFlow::Break(result) = judge(seen) {
                        if let (Some(list), true, false) = (list, any_list, is_early) {
                            let reason = "it does not show in time what a read by itself shows";
                            list.give_up(L::EXPECTED, reason);
                        }
                        return Ok(result);
                    }
                }
                Err(Error::Cancelled { .. }) => return Err(NotSeen::Cancelled),
                Err(error) if may_pass(&error) => {
                    let reason = explain(&error);
                    tracing::debug!(reason, "a read of {} failed", L::EXPECTED);
                }
                Err(error) => {
                    let reason = explain(&error);
                    tracing::warn!(reason, "{} cannot be read", L::EXPECTED);
                    break;
                }
            }
        }
        let waited = begun.elapsed();
        Err(NotSeen::Yet { waited })
    }

    /// The wait before the read after `count` reads. Many wait before the first one, too, so that it serves them all.
    fn interval(&self, count: u32, by_list: bool) -> Duration {
        let timing = &self.timing;
        match (count, by_list) {
            (0, false) => Duration::ZERO,
            (0, true) => self
                .rate_limit
                .time_for(WAVE)
                .clamp(timing.first_shared_poll, timing.first_poll),
            (_, false) => timing.before_poll(count),
            (_, true) => timing.before_shared_poll(count),
        }
    }

    /// Without retries: polling has its own.
    async fn read_once<L: Listed>(
        &self,
        operation: &Operation,
        locator: &L,
    ) -> Result<Option<L::Object>, Error> {
        let request = locator.request()?.sent_once();
        self.get(operation, locator, &request).await
    }
}

/// Whether another read may go better. A body of another shape may come from one bad replica.
fn may_pass(error: &Error) -> bool {
    match error {
        Error::Api { source, .. } => source.status.is_server_error() || source.is_rate_limited(),
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

#[cfg(test)]
mod tests;
