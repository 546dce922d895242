//! The client-side limit on requests per second, which every request of the process passes, and which gives way to the
//! API's own limit where that is lower.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::operation::{Interrupted, Operation};

/// After a refusal for too many requests the rate becomes this much of what the API has let through in the last second.
const OF_WHAT_PASSED: f64 = 0.97;
/// It falls to no less than this much of what it was, and to no more.
const FALL: (f64, f64) = (0.1, 0.98);
/// Without another refusal it grows with the square of time: in this many seconds by a twentieth, in four times as many
/// by four fifths. So it stays long where it was refused last, and leaves a low rate behind at last.
const GROWTH_SECONDS: f64 = 15.0;
/// What passes within this time is counted, and refusals within it are one.
const SECOND: Duration = Duration::from_secs(1);
/// A slowed rate is kept in any time as long as this, a little more than a second, for times of travel differ. Within it,
/// requests may follow each other somewhat faster, so that what a pause has left can be made good.
const SLOWED_WINDOW: Duration = Duration::from_millis(1020);
/// How long after a refusal there are no bursts.
const NO_BURSTS: Duration = Duration::from_mins(2);
/// How much faster.
const CATCHING_UP: f64 = 1.25;
/// The rate does not fall below this many requests a second, or the limit, if that is lower.
const SLOWEST: f64 = 0.1;

/// Lets requests through at a steady rate, with a burst of half a second's worth as long as the API refuses none.
///
/// Half a second, so that any one second sees at most one and a half times the rate: the default of 10 stays
/// within the 15 a second that Vonage publishes for its Voice API.
#[derive(Debug)]
pub(crate) struct RateLimit {
    /// Requests a second, at most.
    limit: f64,
    schedule: Mutex<Schedule>,
}

/// A token bucket without a refilling task, by the generic cell rate algorithm.
#[derive(Debug)]
struct Schedule {
    /// When the API last refused a request for being one too many, and the rate, per second, from then on.
    refused: Option<(Instant, f64)>,
    /// When the requests of the last second were let through by the API.
    passed: VecDeque<Instant>,
    /// When the requests of the last second started, or will.
    starts: VecDeque<Instant>,
    /// When the next request is due at an even pace.
    due: Instant,
    /// No request starts earlier, because the API asked for a pause.
    held_until: Instant,
}

impl RateLimit {
    pub(crate) fn new(per_second: f64) -> Self {
        let now = Instant::now();
        Self {
            limit: per_second,
            schedule: Mutex::new(Schedule {
                refused: None,
                passed: VecDeque::new(),
                starts: VecDeque::new(),
                due: now,
                held_until: now,
            }),
        }
    }

    /// Waits for this request's turn. A turn that would come after the deadline is not taken from others.
    pub(crate) async fn turn(&self, operation: &Operation) -> Result<(), TurnRefused> {
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
            if self.schedule().held_until <= Instant::now() {
                return Ok(());
            }
        }
    }

    /// Notes that the API let a request through.
    pub(crate) fn note_passed(&self) {
        let now = Instant::now();
        let mut schedule = self.schedule();
        schedule.forget_passed(now);
        schedule.passed.push_back(now);
    }

    /// Slows down at once, because the API refused a request for being one too many.
    pub(crate) fn slow_down(&self) {
        let now = Instant::now();
        let mut schedule = self.schedule();
        let is_news = schedule
            .refused
            .is_none_or(|(at, _)| now.duration_since(at) >= SECOND);
        if is_news {
            schedule.forget_passed(now);
            let passed = u32::try_from(schedule.passed.len()).map_or(f64::MAX, f64::from);
            let rate = schedule.rate(now, self.limit);
            let fallen = (passed * OF_WHAT_PASSED).clamp(rate * FALL.0, rate * FALL.1);
            let fallen = fallen.max(SLOWEST.min(self.limit));
            schedule.refused = Some((now, fallen));
            // The turns that were given out at the old rate are taken, and refused, or not.
            schedule.due = now;
            tracing::debug!(rate = fallen, "the API refuses requests, so fewer are sent");
        }
    }

    /// Holds back every request, because the API asked one of them to wait.
    pub(crate) fn hold(&self, wait: Duration) {
        let mut schedule = self.schedule();
        if let Some(until) = Instant::now().checked_add(wait) {
            schedule.held_until = schedule.held_until.max(until);
        }
    }

    /// How long so many requests take at the present rate.
    pub(crate) fn time_for(&self, requests: f64) -> Duration {
        let rate = self.schedule().rate(Instant::now(), self.limit);
        // Neither limits nor fallen rates are so low that this would not be a time.
        Duration::from_secs_f64(requests / rate)
    }

    /// Takes the next turn: the wait until it comes. One that is `left` or further away is not taken.
    fn reserve(&self, now: Instant, left: Duration) -> Result<Duration, Duration> {
        let mut schedule = self.schedule();
        let rate = schedule.rate(now, self.limit);
        let is_slowed = schedule.is_slowed(now, rate < self.limit);
        let pace = if is_slowed && rate >= 1.0 {
            rate * CATCHING_UP
        } else {
            rate
        };
        let interval = Duration::from_secs_f64(pace.recip());
        // How far requests may run ahead of the even pace.
        let ahead = if is_slowed {
            Duration::ZERO
        } else {
            Duration::from_millis(500).saturating_sub(interval)
        };
        // A hold is not a pile of unused turns: after it, requests go on at the even pace.
        let due = schedule.due.max(now).max(schedule.held_until);
        let start = due.checked_sub(ahead).unwrap_or(now);
        let mut start = start.max(now).max(schedule.held_until);
        if is_slowed {
            start = start.max(schedule.room_at(rate).unwrap_or(now));
        }
        let wait = start - now;
        if wait >= left {
            return Err(wait);
        }
        schedule.due = due.max(start) + interval;
        schedule.note_start(now, start);
        Ok(wait)
    }

    /// Nothing can panic while the lock is held.
    fn schedule(&self) -> MutexGuard<'_, Schedule> {
        self.schedule.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Schedule {
    /// Requests a second, now.
    fn rate(&self, now: Instant, limit: f64) -> f64 {
        let Some((refused, fallen)) = self.refused else {
            return limit;
        };
        let times = now.saturating_duration_since(refused).as_secs_f64() / GROWTH_SECONDS;
        (fallen * (1.0 + 0.05 * times * times)).min(limit)
    }

    /// Whether requests keep to their rate in every second. Also at the limit itself, where the API has refused lately:
    /// a burst would only be refused again.
    fn is_slowed(&self, now: Instant, is_below_limit: bool) -> bool {
        let lately = |at: Instant| now.saturating_duration_since(at) < NO_BURSTS;
        is_below_limit || self.refused.is_some_and(|(at, _)| lately(at))
    }

    /// When a window as long as [`SLOWED_WINDOW`] has room for one more request at this rate.
    fn room_at(&self, rate: f64) -> Option<Instant> {
        // In whole requests, which is how the API counts.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a rate lies above zero, and below its limit, which settings bound"
        )]
        let within = rate.round().max(1.0) as usize;
        let first = self.starts.len().checked_sub(within)?;
        self.starts.get(first).map(|first| *first + SLOWED_WINDOW)
    }

    fn note_start(&mut self, now: Instant, start: Instant) {
        let old = |at: &Instant| now.saturating_duration_since(*at) >= SLOWED_WINDOW;
        while self.starts.front().is_some_and(old) {
            self.starts.pop_front();
        }
        self.starts.push_back(start);
    }

    fn forget_passed(&mut self, now: Instant) {
        let old = |at: &Instant| now.saturating_duration_since(*at) >= SECOND;
        while self.passed.front().is_some_and(old) {
            self.passed.pop_front();
        }
    }
}

/// Why a turn was not waited for.
#[derive(Debug)]
pub(crate) struct TurnRefused {
    pub(crate) reason: Interrupted,
    /// How long the wait would have been.
    pub(crate) wait: Duration,
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

    /// A limit of `limit` a second, refused after `passed` requests have passed within a second.
    fn refused(limit: f64, passed: usize) -> RateLimit {
        let limit = RateLimit::new(limit);
        (0..passed).for_each(|_| limit.note_passed());
        limit.slow_down();
        limit
    }

    fn rate(limit: &RateLimit) -> f64 {
        limit.time_for(1.0).as_secs_f64().recip()
    }

    #[tokio::test(start_paused = true)]
    async fn a_refusal_slows_down_at_once_to_what_the_api_lets_through() {
        for (limit, passed, expected) in [
            (10.0, 3, 3.0 * 0.97),
            (1000.0, 500, 485.0),
            (1000.0, 3, 100.0),
            (10.0, 0, 1.0),
            (10.0, 10, 9.7),
            (10.0, 15, 9.8),
            (0.5, 0, 0.1),
            (0.05, 0, 0.05),
        ] {
            let rate = rate(&refused(limit, passed));
            // An interval has no more than whole nanoseconds.
            assert!((rate - expected).abs() < 1e-3, "{limit} {passed}: {rate}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn refusals_within_a_second_are_one() {
        let limit = refused(10.0, 3);
        let once = rate(&limit);
        limit.slow_down();
        assert!((rate(&limit) - once).abs() < 1e-9);
        tokio::time::advance(SECOND).await;
        limit.slow_down();
        assert!(rate(&limit) < once / 2.0, "nothing passed since");
    }

    #[tokio::test(start_paused = true)]
    async fn it_recovers_slowly_and_not_beyond_the_limit() {
        let limit = refused(10.0, 3);
        let fallen = rate(&limit);
        for (seconds, times) in [(15, 1.05), (30, 1.2), (60, 1.8)] {
            let at = Duration::from_secs(seconds);
            tokio::time::advance(at.saturating_sub(limit_age(&limit))).await;
            assert!((rate(&limit) / fallen - times).abs() < 1e-6, "{seconds}");
        }
        tokio::time::advance(Duration::from_mins(10)).await;
        assert!((rate(&limit) - 10.0).abs() < 1e-6);
    }

    fn limit_age(limit: &RateLimit) -> Duration {
        limit.schedule().refused.unwrap().0.elapsed()
    }

    #[tokio::test(start_paused = true)]
    async fn bursts_come_back_two_minutes_after_a_refusal() {
        let burst = |limit: &RateLimit| {
            let now = Instant::now();
            let waits = (0..3).map(|_| limit.reserve(now, LONG).unwrap());
            waits.filter(Duration::is_zero).count()
        };
        let limit = refused(10.0, 10);
        tokio::time::advance(Duration::from_mins(1)).await;
        assert!((rate(&limit) - 10.0).abs() < 1e-6, "it is at its limit");
        assert_eq!(burst(&limit), 1);
        tokio::time::advance(Duration::from_mins(1)).await;
        assert_eq!(burst(&limit), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn a_slowed_rate_is_kept_in_every_second() {
        let limit = refused(10.0, 4);
        let starts = starts(&limit, 9);
        let pace = 1.0 / (4.0 * 0.97 * 1.25);
        let second = |start: f64| start + 1.02;
        let expected = [0.0, pace, 2.0 * pace, 3.0 * pace];
        let all = (expected.iter().copied())
            .chain(expected.map(second))
            .chain([second(second(0.0))]);
        for (start, expected) in starts.iter().zip(all) {
            assert!((start - expected).abs() < 1e-6, "{starts:?}");
        }
    }
}
