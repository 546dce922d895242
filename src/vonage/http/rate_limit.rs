//! Lets requests through at a steady rate, by the generic cell rate algorithm, and slows down where the API refuses.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::operation::{Interrupted, Operation};

const SECOND: Duration = Duration::from_secs(1);
/// As long as the API refuses nothing, requests may run ahead of the even rate by so much: any one second then sees at most
/// one and a half times the rate, and the default of 10 stays within the 15 a second that Vonage publishes for its Voice API.
const BURST: Duration = Duration::from_millis(500);
/// The rate does not fall below this many requests a second, or the limit, if that is lower.
const SLOWEST: f64 = 0.1;
/// What was refused may be allowed later: with each quiet second the ceiling grows by this factor.
const GROWTH: f64 = 1.01;
/// The rate that is aimed at after a refusal, as a part of the one that was refused.
const BELOW: f64 = 0.9;
/// So near to the limit, the rate is the limit.
const NEAR: f64 = 0.99;
/// As long after a refusal, the rate stays below the limit by the part `CAREFUL`: requests at an even distance that is just the
/// API's own are refused wherever one of them is a moment early.
const PROBATION: Duration = Duration::from_mins(1);
const CAREFUL: f64 = 0.95;

/// The rate limit of one host.
#[derive(Debug)]
pub(crate) struct RateLimit {
    /// Requests a second, at most.
    limit: f64,
    schedule: Mutex<Schedule>,
}

#[derive(Debug)]
struct Schedule {
    /// Requests a second.
    rate: f64,
    /// What the rate recovers to; it grows from a little below what the API refused last, up to the limit.
    ceiling: f64,
    /// When the rate was last halved, and how often so far.
    halved: Option<Instant>,
    halvings: usize,
    /// Since when the API has refused nothing, or the rate was last raised.
    quiet_since: Instant,
    /// When the next request is due at an even rate.
    due: Instant,
    /// No request starts earlier, because the API asked for a pause.
    held_until: Instant,
}

/// Why a request was not let through.
#[derive(Debug)]
pub(crate) struct NotAdmitted {
    pub(crate) reason: Interrupted,
    /// How long the wait would have been.
    pub(crate) wait: Duration,
}

impl RateLimit {
    pub(crate) fn new(per_second: f64) -> Self {
        let now = Instant::now();
        Self {
            limit: per_second,
            schedule: Mutex::new(Schedule {
                rate: per_second,
                ceiling: per_second,
                halved: None,
                halvings: 0,
                quiet_since: now,
                due: now,
                held_until: now,
            }),
        }
    }

    /// Waits until a request may be sent. A place after the operation's deadline is left to others.
    pub(crate) async fn admit(&self, operation: &Operation) -> Result<(), NotAdmitted> {
        loop {
            let not_admitted = |reason, wait| NotAdmitted { reason, wait };
            let halvings = self.schedule().halvings;
            let wait = self
                .reserve(Instant::now(), operation.remaining())
                .map_err(|wait| not_admitted(Interrupted::OutOfTime, wait))?;
            if !wait.is_zero() {
                let slept = operation.sleep(wait).await;
                slept.map_err(|reason| not_admitted(reason, wait))?;
            }
            // While this request waited, an answer to another one may have asked for a pause, or made its place too early.
            let schedule = self.schedule();
            if schedule.held_until <= Instant::now() && schedule.halvings == halvings {
                return Ok(());
            }
        }
    }

    /// The API refused a request for being one too many, and asks for this pause: all requests are held, and the rate is
    /// halved, at most once a second, for refusals come in swarms. Whatever waits for its place then gets another one.
    pub(crate) fn refused(&self, pause: Duration) {
        let now = Instant::now();
        let mut schedule = self.schedule();
        schedule.quiet_since = now;
        if let Some(until) = now.checked_add(pause) {
            schedule.held_until = schedule.held_until.max(until);
        }
        if schedule.halved.is_none_or(|at| now - at >= SECOND) {
            let slowest = SLOWEST.min(self.limit);
            schedule.halved = Some(now);
            schedule.halvings += 1;
            schedule.due = now;
            schedule.ceiling = (schedule.rate * BELOW).max(slowest);
            schedule.rate = (schedule.rate / 2.0).max(slowest);
            let rate = schedule.rate;
            tracing::debug!(rate, "the API refuses requests, so fewer are sent");
        }
    }

    /// The API let a request through: with each second in which it refused none, half of what is missing to the ceiling is
    /// won back. Where requests are further apart than that, the time between two of them counts.
    pub(crate) fn passed(&self) {
        let now = Instant::now();
        let mut schedule = self.schedule();
        let quiet = now - schedule.quiet_since;
        if schedule.rate < self.limit && quiet >= SECOND {
            schedule.quiet_since = now;
            let interval = schedule.rate.recip().max(1.0);
            let seconds = quiet.as_secs_f64().min(interval);
            let is_careful = schedule.halved.is_some_and(|at| now - at < PROBATION);
            let top = if is_careful { CAREFUL } else { 1.0 } * self.limit;
            schedule.ceiling = (schedule.ceiling * GROWTH.powf(seconds)).min(top);
            let missing = (schedule.ceiling - schedule.rate) * 0.5_f64.powf(seconds);
            let rate = schedule.ceiling - missing;
            schedule.rate = if rate > NEAR * self.limit {
                self.limit
            } else {
                rate
            };
        }
    }

    /// How long so many requests take at the present rate.
    pub(crate) fn time_for(&self, requests: f64) -> Duration {
        // Neither limits nor fallen rates are so low that this would not be a time.
        Duration::from_secs_f64(requests / self.schedule().rate)
    }

    /// Takes the next place: the wait until it comes. One that is `left` or further away is not taken.
    fn reserve(&self, now: Instant, left: Duration) -> Result<Duration, Duration> {
        let mut schedule = self.schedule();
        let interval = Duration::from_secs_f64(schedule.rate.recip());
        let is_slowed = schedule.rate < self.limit;
        let ahead = if is_slowed {
            Duration::ZERO
        } else {
            BURST.saturating_sub(interval)
        };
        // A pause is no pile of unused places: after it, requests go on at the even rate.
        let earliest = now.max(schedule.held_until);
        let due = schedule.due.max(earliest);
        let start = due.checked_sub(ahead).unwrap_or(now).max(earliest);
        let wait = start - now;
        if wait >= left {
            return Err(wait);
        }
        schedule.due = due + interval;
        Ok(wait)
    }

    fn schedule(&self) -> MutexGuard<'_, Schedule> {
        // Nothing can panic while the lock is held.
        self.schedule.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
