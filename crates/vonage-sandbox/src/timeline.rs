//! One stored object as written and as reads see it, which may lag behind.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

/// The versions of one object. Writes become visible in the order they were made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Timeline<T> {
    /// What reads saw before the oldest pending write.
    settled: Option<T>,
    /// Writes that not every read shows yet.
    pending: VecDeque<Version<T>>,
}

/// A write; `None` stands for a deletion.
#[derive(Clone, Debug)]
struct Version<T> {
    /// From when reads show it.
    from: Instant,
    /// From when reads that are behind show it too, however far behind they may be.
    settled: Instant,
    value: Option<T>,
}

/// How long a write takes to show.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Delay {
    /// Until the first read shows it.
    pub(crate) first: Duration,
    /// From then on, the furthest that a read may be behind.
    pub(crate) behind: Duration,
}

/// When reads show a write.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Effect {
    /// After a while, as the API does.
    After(Delay),
    /// At once and for every read, whatever was pending: for direct edits.
    Overwrite,
}

/// What a read sees: when it happens, and how far it is behind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Snapshot {
    pub(crate) now: Instant,
    pub(crate) behind: Duration,
}

/// In the place of a snapshot: the last version, whether or not a read shows it yet.
pub(crate) const WRITTEN: Option<Snapshot> = None;

impl<T> Timeline<T> {
    /// An object that every read shows.
    pub(crate) fn visible(value: T) -> Self {
        Self {
            settled: Some(value),
            pending: VecDeque::new(),
        }
    }

    /// The version in a snapshot, or the last one.
    pub(crate) fn at(&self, snapshot: Option<Snapshot>) -> Option<&T> {
        let shows = |version: &&Version<T>| {
            snapshot.is_none_or(|snapshot| version.from + snapshot.behind <= snapshot.now)
        };
        match self.pending.iter().rev().find(shows) {
            Some(version) => version.value.as_ref(),
            None => self.settled.as_ref(),
        }
    }

    /// Adds a version, or takes the object away.
    pub(crate) fn apply(&mut self, effect: Effect, value: Option<T>, now: Instant) {
        match effect {
            Effect::After(delay) => self.write(value, now, delay),
            Effect::Overwrite => {
                self.pending.clear();
                self.settled = value;
            }
        }
    }

    /// Adds a version that reads show after the delay, but no sooner than the versions before it.
    fn write(&mut self, value: Option<T>, now: Instant, delay: Delay) {
        self.settle(now);
        let before = self.pending.back();
        let (earliest, earliest_settled) =
            before.map_or((now, now), |version| (version.from, version.settled));
        let from = earliest.max(now + delay.first);
        self.pending.push_back(Version {
            from,
            settled: earliest_settled.max(from + delay.behind),
            value,
        });
        self.settle(now);
    }

    /// Whether nothing is left that a read or a write could find.
    pub(crate) fn is_spent(&self, now: Instant) -> bool {
        self.at(WRITTEN).is_none() && self.pending.iter().all(|version| version.settled <= now)
    }

    /// Forgets versions that no read can show any more.
    fn settle(&mut self, now: Instant) {
        while self
            .pending
            .front()
            .is_some_and(|version| version.settled <= now)
        {
            self.settled = self.pending.pop_front().and_then(|version| version.value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn seen(object: &Timeline<i32>, now: Instant) -> Option<i32> {
        let behind = Duration::ZERO;
        object.at(Some(Snapshot { now, behind })).copied()
    }

    fn after(seconds: u32) -> Delay {
        Delay {
            first: seconds * SECOND,
            behind: Duration::ZERO,
        }
    }

    #[test]
    fn reads_that_are_behind_show_what_was_before_until_they_catch_up() {
        let now = Instant::now();
        let mut object = Timeline::visible(1);
        let behind = 2 * SECOND;
        object.write(
            Some(2),
            now,
            Delay {
                first: SECOND,
                behind,
            },
        );
        object.write(
            None,
            now + SECOND,
            Delay {
                first: SECOND,
                behind,
            },
        );
        let seen = |seconds, behind| {
            object
                .at(Some(Snapshot {
                    now: now + seconds * SECOND,
                    behind,
                }))
                .copied()
        };
        assert_eq!(
            [
                seen(0, behind),
                seen(1, behind),
                seen(3, behind),
                seen(4, behind)
            ],
            [Some(1), Some(1), Some(2), None]
        );
        assert_eq!(
            [
                seen(0, SECOND),
                seen(1, SECOND),
                seen(2, SECOND),
                seen(3, SECOND)
            ],
            [Some(1), Some(1), Some(2), None]
        );
        let ahead = Duration::ZERO;
        assert_eq!(
            [seen(0, ahead), seen(1, ahead), seen(2, ahead)],
            [Some(1), Some(2), None]
        );
        assert!(!object.is_spent(now + 3 * SECOND));
        assert!(object.is_spent(now + 4 * SECOND));
    }

    #[test]
    fn a_write_without_delay_is_seen_at_once() {
        let now = Instant::now();
        let mut object = Timeline::default();
        object.write(Some(1), now, after(0));
        assert_eq!(
            (object.at(WRITTEN), seen(&object, now)),
            (Some(&1), Some(1))
        );
    }

    #[test]
    fn reads_show_the_old_version_until_the_delay_has_passed() {
        let now = Instant::now();
        let mut object = Timeline::visible(1);
        object.write(Some(2), now, after(3));
        assert_eq!(object.at(WRITTEN), Some(&2));
        assert_eq!(seen(&object, now + 2 * SECOND), Some(1));
        assert_eq!(seen(&object, now + 3 * SECOND), Some(2));
    }

    #[test]
    fn a_later_write_does_not_overtake_an_earlier_one() {
        let now = Instant::now();
        let mut object = Timeline::default();
        object.write(Some(1), now, after(5));
        object.write(Some(2), now + SECOND, after(0));
        assert_eq!(seen(&object, now + 2 * SECOND), None);
        assert_eq!(seen(&object, now + 5 * SECOND), Some(2));
    }

    #[test]
    fn a_deleted_and_recreated_object_is_old_then_gone_then_new() {
        let now = Instant::now();
        let mut object = Timeline::visible(1);
        object.write(None, now, after(1));
        object.write(Some(2), now, after(3));
        let seen = |seconds| seen(&object, now + seconds * SECOND);
        assert_eq!(
            [seen(0), seen(1), seen(2), seen(3)],
            [Some(1), None, None, Some(2)]
        );
    }

    #[test]
    fn an_overwrite_drops_what_was_pending() {
        let now = Instant::now();
        let mut object = Timeline::visible(1);
        object.write(Some(2), now, after(1));
        object.apply(Effect::Overwrite, Some(3), now);
        assert_eq!(
            (
                object.at(WRITTEN),
                seen(&object, now),
                seen(&object, now + SECOND)
            ),
            (Some(&3), Some(3), Some(3))
        );
    }

    #[test]
    fn a_deleted_object_is_spent_once_no_read_shows_it() {
        let now = Instant::now();
        let mut object = Timeline::visible(1);
        object.write(None, now, after(1));
        assert!(!object.is_spent(now));
        assert!(object.is_spent(now + SECOND));
    }
}
