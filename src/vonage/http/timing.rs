//! How long the client waits between things; in one place, so that tests can use smaller numbers.

use std::time::Duration;

/// Waiting times and their randomness.
#[derive(Clone, Debug)]
pub(crate) struct Timing {
    /// The longest first wait before a retry; each later one may be twice as long.
    pub(crate) first_retry: Duration,
    /// No wait before a retry is longer, unless the API asks for it.
    pub(crate) longest_retry: Duration,
    /// The longest first wait between two reads of an object that is awaited; each later one may be twice as long.
    pub(crate) first_poll: Duration,
    /// The shortest wait for a list that is to show many writes, however fast requests may follow each other.
    pub(crate) first_shared_poll: Duration,
    /// No wait between two such reads is longer.
    pub(crate) longest_poll: Duration,
    /// How long after a write a list that does not show it is believed: longer than the API is said to take. From then
    /// on the object is looked at by itself.
    pub(crate) lists_trusted_for: Duration,
    /// How long a write is awaited to show. The API takes up to some 10 s.
    pub(crate) visible_within: Duration,
    /// How long a domain is looked for after a create with an unclear end: somewhat longer than a new domain
    /// usually takes to show.
    pub(crate) unclear_within: Duration,
    /// The pause before a 404 is believed, long enough to ask another replica.
    pub(crate) before_second_read: Duration,
    /// How long after our own delete the API may still hold a name for taken.
    pub(crate) name_freed_within: Duration,
    /// The time that one last read may take when the operation itself has none left.
    pub(crate) grace_period: Duration,
    /// Gives numbers from 0 up to, not including, 1.
    pub(crate) jitter: fn() -> f64,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            first_retry: Duration::from_secs(1),
            longest_retry: Duration::from_secs(30),
            first_poll: Duration::from_millis(500),
            first_shared_poll: Duration::from_millis(200),
            longest_poll: Duration::from_secs(4),
            lists_trusted_for: Duration::from_secs(12),
            visible_within: Duration::from_mins(1),
            unclear_within: Duration::from_secs(15),
            before_second_read: Duration::from_millis(500),
            name_freed_within: Duration::from_secs(30),
            grace_period: Duration::from_secs(10),
            jitter: fastrand::f64,
        }
    }
}

impl Timing {
    /// The wait before the retry after `failures` failures, counted from 1.
    pub(crate) fn before_retry(&self, failures: u32) -> Duration {
        backoff(
            failures,
            self.first_retry,
            self.longest_retry,
            (self.jitter)(),
        )
    }

    /// The wait before the next read, after `polls` of them, counted from 1.
    pub(crate) fn before_poll(&self, polls: u32) -> Duration {
        backoff(polls, self.first_poll, self.longest_poll, (self.jitter)())
    }

    /// The same where many wait for the next read, which is one for all.
    pub(crate) fn before_shared_poll(&self, polls: u32) -> Duration {
        backoff(polls, self.first_poll, self.longest_poll, 1.0)
    }
}

/// Jittered exponential back-off: in the upper half of `first · 2^(count−1)`, capped at `longest`.
///
/// The lower half is left out because a retry at once would only add to the load that caused the failure.
fn backoff(count: u32, first: Duration, longest: Duration, jitter: f64) -> Duration {
    let doublings = count.saturating_sub(1).min(31);
    let upper = first.saturating_mul(1 << doublings).min(longest);
    upper.mul_f64(0.5 + jitter.clamp(0.0, 1.0) / 2.0)
}

#[cfg(test)]
impl Timing {
    /// Waits of a few milliseconds, with the windows that end waits still wide enough for a slow machine.
    pub(crate) fn quick() -> Self {
        Self {
            first_retry: Duration::from_millis(2),
            longest_retry: Duration::from_millis(10),
            first_poll: Duration::from_millis(2),
            first_shared_poll: Duration::from_millis(2),
            longest_poll: Duration::from_millis(10),
            visible_within: Duration::from_secs(20),
            unclear_within: Duration::from_millis(100),
            before_second_read: Duration::from_millis(1),
            name_freed_within: Duration::from_secs(20),
            grace_period: Duration::from_secs(5),
            jitter: || 0.5,
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_wait_lies_in_the_upper_half_and_below_the_cap(
            count in 1u32..200,
            first in 1u64..5_000,
            longest in 1u64..60_000,
            jitter in 0.0f64..1.0,
        ) {
            let first = Duration::from_millis(first);
            let longest = Duration::from_millis(longest);
            let wait = backoff(count, first, longest, jitter);
            let upper = first.saturating_mul(1u32 << (count - 1).min(31)).min(longest);
            prop_assert!(wait <= upper);
            prop_assert!(wait * 2 + Duration::from_nanos(2) >= upper);
        }

        #[test]
        fn with_the_same_jitter_waits_never_shrink(count in 1u32..100, jitter in 0.0f64..1.0) {
            let timing = Timing::default();
            let wait = |count| backoff(count, timing.first_retry, timing.longest_retry, jitter);
            prop_assert!(wait(count) <= wait(count + 1));
        }
    }

    #[test]
    fn retries_start_between_half_a_second_and_one_and_stop_growing_at_thirty() {
        let timing = Timing::default();
        let bounds = |count| {
            [0.0, 1.0]
                .map(|jitter| backoff(count, timing.first_retry, timing.longest_retry, jitter))
        };
        assert_eq!(
            bounds(1),
            [Duration::from_millis(500), Duration::from_secs(1)]
        );
        assert_eq!(bounds(3), [Duration::from_secs(2), Duration::from_secs(4)]);
        assert_eq!(
            bounds(40),
            [Duration::from_secs(15), Duration::from_secs(30)]
        );
    }
}
