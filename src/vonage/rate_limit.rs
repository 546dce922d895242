//! The client-side limit on requests per second, which every request of the process passes.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::operation::{Interrupted, Operation};

/// Lets requests through at a steady rate, with a burst of half a second's worth.
///
/// Half a second, so that any one second sees at most one and a half times the rate: the default of 10 stays
/// within the 15 a second that Vonage publishes for its Voice API.
#[derive(Debug)]
pub(super) struct RateLimit {
    pace: Steps,
    schedule: Mutex<Schedule>,
}

/// The rate as times, for the generic cell rate algorithm: a token bucket without a refilling task.
#[derive(Clone, Copy, Debug)]
struct Steps {
    /// Between two requests.
    interval: Duration,
    /// How far requests may run ahead of the even pace.
    ahead: Duration,
}

#[derive(Debug)]
struct Schedule {
    /// When the next request is due at an even pace.
    due: Instant,
    /// No request starts earlier, because the API asked for a pause.
    held_until: Instant,
}

impl RateLimit {
    pub(super) fn new(per_second: f64) -> Self {
        let now = Instant::now();
        let interval = Duration::from_secs_f64(per_second.recip());
        Self {
            pace: Steps {
                interval,
                ahead: Duration::from_millis(500).saturating_sub(interval),
            },
            schedule: Mutex::new(Schedule {
                due: now,
                held_until: now,
            }),
        }
    }

    /// Waits for this request's turn. A turn that would come after the deadline is not taken from others.
    pub(super) async fn turn(&self, operation: &Operation) -> Result<(), TurnRefused> {
        loop {
            let now = Instant::now();
            let left = operation.deadline.saturating_duration_since(now);
            let wait = self.reserve(now, left).map_err(|wait| TurnRefused {
                reason: Interrupted::OutOfTime,
                wait,
            })?;
            if !wait.is_zero() {
                operation
                    .sleep(wait)
                    .await
                    .map_err(|reason| TurnRefused { reason, wait })?;
            }
            // While this request waited, an answer to another one may have asked for a pause.
            if self.held_until() <= Instant::now() {
                return Ok(());
            }
        }
    }

    /// Holds back every request, because the API asked one of them to wait.
    pub(super) fn hold(&self, wait: Duration) {
        let mut schedule = self.schedule.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(until) = Instant::now().checked_add(wait) {
            schedule.held_until = schedule.held_until.max(until);
        }
    }

    fn held_until(&self) -> Instant {
        self.schedule
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .held_until
    }

    /// Takes the next turn: the wait until it comes. One that is `left` or further away is not taken.
    fn reserve(&self, now: Instant, left: Duration) -> Result<Duration, Duration> {
        let mut schedule = self.schedule.lock().unwrap_or_else(PoisonError::into_inner);
        let due = schedule.due.max(now);
        // A hold is not a pile of unused turns: after it, requests go on at the even pace.
        let due = due.max(schedule.held_until);
        let start = due.checked_sub(self.pace.ahead).unwrap_or(now);
        let start = start.max(now).max(schedule.held_until);
        let wait = start - now;
        if wait >= left {
            return Err(wait);
        }
        schedule.due = due + self.pace.interval;
        Ok(wait)
    }
}

/// Why a turn was not waited for.
#[derive(Debug)]
pub(super) struct TurnRefused {
    pub(super) reason: Interrupted,
    /// How long the wait would have been.
    pub(super) wait: Duration,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tokio_util::sync::CancellationToken;

    use super::*;

    const LONG: Duration = Duration::from_secs(1_000_000);

    /// When each of `count` requests starts that all come at once, in seconds.
    fn starts(limit: &RateLimit, count: usize) -> Vec<f64> {
        let now = limit.schedule.lock().unwrap().due;
        (0..count)
            .map(|_| limit.reserve(now, LONG).unwrap().as_secs_f64())
            .collect()
    }

    #[tokio::test]
    async fn ten_a_second_start_with_a_burst_of_five() {
        let starts = starts(&RateLimit::new(10.0), 8);
        let expected = [0.0, 0.0, 0.0, 0.0, 0.0, 0.1, 0.2, 0.3];
        for (start, expected) in starts.iter().zip(expected) {
            assert!((start - expected).abs() < 1e-6, "{starts:?}");
        }
    }

    #[tokio::test]
    async fn a_fraction_of_a_request_per_second_is_kept() {
        let starts = starts(&RateLimit::new(0.5), 3);
        assert_eq!(starts, [0.0, 2.0, 4.0]);
    }

    proptest! {
        #[test]
        fn no_second_sees_more_than_one_and_a_half_times_the_rate(rate in 0.5f64..200.0) {
            let starts = starts(&RateLimit::new(rate), 300);
            for (index, start) in starts.iter().enumerate() {
                let within = starts[index..].iter().filter(|s| **s < start + 1.0 - 1e-6).count();
                #[expect(clippy::cast_precision_loss, reason = "counts up to 300")]
                let within = within as f64;
                prop_assert!(within <= (1.5 * rate).max(1.0) + 1.0, "{} at {}", within, rate);
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_turn_beyond_the_deadline_is_left_to_others() {
        let limit = RateLimit::new(0.1);
        let short = Operation::new(Duration::from_secs(5), CancellationToken::new());
        limit.turn(&short).await.unwrap();
        let refused = limit.turn(&short).await.unwrap_err();
        assert_eq!(refused.reason, Interrupted::OutOfTime);
        assert_eq!(refused.wait, Duration::from_secs(10));
        let long = Operation::new(Duration::from_secs(11), CancellationToken::new());
        limit.turn(&long).await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn a_hold_stops_also_those_that_wait_already() {
        let limit = RateLimit::new(1.0);
        let operation = Operation::new(Duration::from_mins(1), CancellationToken::new());
        limit.turn(&operation).await.unwrap();
        let begin = Instant::now();
        let (turn, ()) = tokio::join!(limit.turn(&operation), async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            limit.hold(Duration::from_secs(7));
        });
        turn.unwrap();
        assert!(begin.elapsed() >= Duration::from_millis(7_300));
    }

    #[tokio::test(start_paused = true)]
    async fn cancelling_ends_the_wait_for_a_turn() {
        let limit = RateLimit::new(0.1);
        let operation = Operation::new(Duration::from_mins(1), CancellationToken::new());
        limit.turn(&operation).await.unwrap();
        operation.cancel.cancel();
        let refused = limit.turn(&operation).await.unwrap_err();
        assert_eq!(refused.reason, Interrupted::Cancelled);
    }
}
