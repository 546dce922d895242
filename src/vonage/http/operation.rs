//! What bounds one operation: the time it may take, and Ctrl-C.

use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// The bounds of one create, read, update, delete or list, however many requests it sends.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// No request is sent, and no wait goes on, after this time.
    pub deadline: Instant,
    /// Once cancelled, no request is started and waits end; a write in flight is finished.
    pub cancel: CancellationToken,
}

/// Why a wait ended before its time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Interrupted {
    Cancelled,
    /// It would have gone on after the deadline; it was not begun.
    OutOfTime,
}

/// Stands in for a timeout that the clock cannot hold.
const A_YEAR: Duration = Duration::from_hours(365 * 24);

impl Operation {
    /// An operation that starts now.
    pub(crate) fn new(timeout: Duration, cancel: CancellationToken) -> Self {
        let deadline = Instant::now() + timeout.min(A_YEAR);
        Self { deadline, cancel }
    }

    /// The time left; zero once the deadline has passed.
    pub(crate) fn remaining(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    /// This operation, ended earlier if `limit` runs out first.
    pub(crate) fn within(&self, limit: Duration) -> Self {
        Self {
            deadline: self.deadline.min(Instant::now() + limit),
            cancel: self.cancel.clone(),
        }
    }

    pub(crate) fn is_over(&self) -> bool {
        self.cancel.is_cancelled() || self.remaining().is_zero()
    }

    /// Waits for something, but no longer than this operation lasts.
    pub(crate) async fn bound<T>(
        &self,
        waiting: impl Future<Output = T>,
    ) -> Result<T, Interrupted> {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(Interrupted::Cancelled),
            done = waiting => Ok(done),
            () = tokio::time::sleep_until(self.deadline) => Err(Interrupted::OutOfTime),
        }
    }

    /// Waits, unless the deadline comes first.
    pub(crate) async fn sleep(&self, wait: Duration) -> Result<(), Interrupted> {
        if self.cancel.is_cancelled() {
            return Err(Interrupted::Cancelled);
        }
        if wait >= self.remaining() {
            return Err(Interrupted::OutOfTime);
        }
        tokio::select! {
            () = self.cancel.cancelled() => Err(Interrupted::Cancelled),
            () = tokio::time::sleep(wait) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_wait_beyond_the_deadline_is_not_begun() {
        let operation = Operation::new(Duration::from_secs(5), CancellationToken::new());
        let before = Instant::now();
        assert_eq!(
            operation.sleep(Duration::from_secs(6)).await,
            Err(Interrupted::OutOfTime)
        );
        assert_eq!(Instant::now(), before);
        assert_eq!(operation.sleep(Duration::from_secs(4)).await, Ok(()));
        assert_eq!(operation.remaining(), Duration::from_secs(1));
    }

    #[tokio::test(start_paused = true)]
    async fn cancelling_ends_a_wait() {
        let operation = Operation::new(Duration::MAX, CancellationToken::new());
        assert_eq!(operation.remaining().as_secs(), 31_536_000);
        let cancel = operation.cancel.clone();
        let (waited, ()) = tokio::join!(operation.sleep(Duration::from_secs(100)), async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            cancel.cancel();
        });
        assert_eq!(waited, Err(Interrupted::Cancelled));
        assert_eq!(
            operation.sleep(Duration::ZERO).await,
            Err(Interrupted::Cancelled)
        );
    }
}
