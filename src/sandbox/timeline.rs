//! One stored object as written and as reads see it, which may lag behind.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

/// The versions of one object. Writes become visible in the order they were made.
#[derive(Clone, Debug)]
pub(super) struct Timeline<T> {
    /// What reads saw before the oldest pending write.
    settled: Option<T>,
    /// Writes with the time from which reads show them; `None` stands for a deletion.
    pending: VecDeque<(Instant, Option<T>)>,
}

impl<T> Timeline<T> {
    /// An object that was never there.
    pub(super) fn absent() -> Self {
        Self {
            settled: None,
            pending: VecDeque::new(),
        }
    }

    /// An object that every read shows.
    pub(super) fn visible(value: T) -> Self {
        Self {
            settled: Some(value),
            pending: VecDeque::new(),
        }
    }

    /// The last version written.
    pub(super) fn written(&self) -> Option<&T> {
        match self.pending.back() {
            Some((_, value)) => value.as_ref(),
            None => self.settled.as_ref(),
        }
    }

    /// The version that a read at `now` shows.
    pub(super) fn seen(&self, now: Instant) -> Option<&T> {
        match self.pending.iter().rev().find(|(from, _)| *from <= now) {
            Some((_, value)) => value.as_ref(),
            None => self.settled.as_ref(),
        }
    }

    /// Adds a version that reads show `delay` from now, but no sooner than the versions before it.
    pub(super) fn write(&mut self, value: Option<T>, now: Instant, delay: Duration) {
        self.settle(now);
        let from = self.pending.back().map_or(now, |(from, _)| *from);
        self.pending.push_back((from.max(now + delay), value));
        self.settle(now);
    }

    /// Replaces every version with this one.
    pub(super) fn overwrite(&mut self, value: Option<T>) {
        self.pending.clear();
        self.settled = value;
    }

    /// Whether nothing is left that a read or a write could find.
    pub(super) fn is_spent(&self, now: Instant) -> bool {
        self.written().is_none()
            && self.seen(now).is_none()
            && self.pending.iter().all(|(from, _)| *from <= now)
    }

    /// Forgets versions that no read can show any more.
    fn settle(&mut self, now: Instant) {
        while self.pending.front().is_some_and(|(from, _)| *from <= now) {
            self.settled = self.pending.pop_front().and_then(|(_, value)| value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_write_without_delay_is_seen_at_once() {
        let now = Instant::now();
        let mut object = Timeline::absent();
        object.write(Some(1), now, Duration::ZERO);
        assert_eq!((object.written(), object.seen(now)), (Some(&1), Some(&1)));
    }

    #[test]
    fn reads_show_the_old_version_until_the_delay_has_passed() {
        let now = Instant::now();
        let mut object = Timeline::visible(1);
        object.write(Some(2), now, 3 * SECOND);
        assert_eq!(object.written(), Some(&2));
        assert_eq!(object.seen(now + 2 * SECOND), Some(&1));
        assert_eq!(object.seen(now + 3 * SECOND), Some(&2));
    }

    #[test]
    fn a_later_write_does_not_overtake_an_earlier_one() {
        let now = Instant::now();
        let mut object = Timeline::absent();
        object.write(Some(1), now, 5 * SECOND);
        object.write(Some(2), now + SECOND, Duration::ZERO);
        assert_eq!(object.seen(now + 2 * SECOND), None);
        assert_eq!(object.seen(now + 5 * SECOND), Some(&2));
    }

    #[test]
    fn a_deleted_and_recreated_object_is_old_then_gone_then_new() {
        let now = Instant::now();
        let mut object = Timeline::visible(1);
        object.write(None, now, SECOND);
        object.write(Some(2), now, 3 * SECOND);
        let seen = |seconds| object.seen(now + seconds * SECOND).copied();
        assert_eq!(
            [seen(0), seen(1), seen(2), seen(3)],
            [Some(1), None, None, Some(2)]
        );
    }

    #[test]
    fn an_overwrite_drops_what_was_pending() {
        let now = Instant::now();
        let mut object = Timeline::visible(1);
        object.write(Some(2), now, SECOND);
        object.overwrite(Some(3));
        assert_eq!(
            (
                object.written(),
                object.seen(now),
                object.seen(now + SECOND)
            ),
            (Some(&3), Some(&3), Some(&3))
        );
    }

    #[test]
    fn a_deleted_object_is_spent_once_no_read_shows_it() {
        let now = Instant::now();
        let mut object = Timeline::visible(1);
        object.write(None, now, SECOND);
        assert!(!object.is_spent(now));
        assert!(object.is_spent(now + SECOND));
    }
}
