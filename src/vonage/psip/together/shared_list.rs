//! What the reads and waits of one collection share: its latest list, who looks and who writes, and whether lists are
//! to be trusted at all.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::snapshot::Snapshot;

/// How long after it was asked for a list answers reads that arrive.
pub(super) const LIFETIME: Duration = Duration::from_secs(5);
/// So many reads within a lifetime are sent by themselves: a list may be long, and few objects do not need it.
const ALONE: usize = 2;

/// One collection of the API, of objects of one kind.
#[derive(Debug)]
pub(in crate::vonage) struct SharedList<T> {
    /// Held by the one that asks for the list; the others wait for what it brings.
    pub(super) asking: tokio::sync::Mutex<()>,
    /// Told whenever somebody has come to look.
    pub(super) gathered: Notify,
    state: Mutex<State<T>>,
}

#[derive(Debug)]
struct State<T> {
    latest: Option<Arc<Snapshot>>,
    /// Lists do not stand in for single reads any more.
    distrusted: bool,
    /// A row was the same as what a read by itself gave.
    proven: bool,
    /// When the latest reads by themselves began.
    alone: Vec<Instant>,
    /// What such reads gave, to hold against the next list.
    samples: Vec<Sample<T>>,
    /// Writes that are under way, or whose effect is awaited.
    writes: usize,
    /// Those of them that look for their effect just now.
    looking: usize,
    /// How many writes are expected to be under way at once: as many as lately were.
    crowd: usize,
    /// When two writes were last under way at once.
    crowded: Option<Instant>,
    /// How long each kind of write takes to show.
    delays: HashMap<Write, Delay>,
}

/// What a read by itself gave.
#[derive(Debug)]
pub(in crate::vonage::psip) struct Sample<T> {
    pub(super) key: String,
    /// The domain whose writes change it.
    pub(super) domain: String,
    pub(super) asked: Instant,
    pub(super) object: T,
}

/// What a write does.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(in crate::vonage) enum Write {
    Create,
    Update,
    Delete,
}

#[derive(Clone, Copy, Debug)]
struct Delay {
    expected: Duration,
    /// The look that it was learned from; those who share one look teach once.
    learned: Instant,
}

impl<T> Default for SharedList<T> {
    fn default() -> Self {
        Self {
            asking: tokio::sync::Mutex::default(),
            gathered: Notify::new(),
            state: Mutex::new(State {
                latest: None,
                distrusted: false,
                proven: false,
                alone: Vec::new(),
                samples: Vec::new(),
                writes: 0,
                looking: 0,
                crowd: 0,
                crowded: None,
                delays: HashMap::new(),
            }),
        }
    }
}

impl<T> SharedList<T> {
    pub(in crate::vonage::psip) fn latest(&self) -> Option<Arc<Snapshot>> {
        self.state().latest.clone()
    }

    pub(in crate::vonage::psip) fn keep(&self, snapshot: Arc<Snapshot>) {
        self.state().latest = Some(snapshot);
    }

    pub(in crate::vonage::psip) fn is_distrusted(&self) -> bool {
        self.state().distrusted
    }

    /// From now on everything is read by itself. Whether this is news.
    pub(in crate::vonage::psip) fn distrust(&self) -> bool {
        let mut state = self.state();
        state.latest = None;
        !std::mem::replace(&mut state.distrusted, true)
    }

    /// Whether a read that arrives now is to be sent by itself, which is counted.
    pub(in crate::vonage::psip) fn goes_alone(&self, now: Instant) -> bool {
        let mut state = self.state();
        let is_young = |at: Instant| now.duration_since(at) < LIFETIME;
        // Reads that follow on a list go on with lists.
        let goes_on = |at: Instant| now.duration_since(at) < 2 * LIFETIME;
        if state.latest.as_ref().is_some_and(|it| goes_on(it.asked())) {
            return false;
        }
        state.alone.retain(|begun| is_young(*begun));
        let alone = state.alone.len() < ALONE;
        if alone {
            state.alone.push(now);
        }
        alone
    }

    pub(in crate::vonage::psip) fn is_proven(&self) -> bool {
        self.state().proven
    }

    pub(in crate::vonage::psip) fn set_proven(&self) {
        self.state().proven = true;
    }

    /// Whether anything that is known of it may still be of use.
    pub(in crate::vonage::psip) fn is_in_use(&self) -> bool {
        let state = self.state();
        let is_young = |at: &Instant| at.elapsed() < LIFETIME;
        let latest = state.latest.as_ref().map(|latest| latest.asked());
        state.distrusted || latest.iter().chain(&state.alone).any(is_young)
    }

    /// Keeps what a read by itself gave, until a list has been proved.
    pub(in crate::vonage::psip) fn keep_sample(&self, sample: Sample<T>) {
        let mut state = self.state();
        if !state.proven && state.samples.len() < ALONE {
            state.samples.push(sample);
        }
    }

    pub(in crate::vonage::psip) fn take_samples(&self) -> Vec<Sample<T>> {
        std::mem::take(&mut self.state().samples)
    }

    /// Counts a write, until the guard is dropped.
    pub(in crate::vonage) fn begin_write(self: &Arc<Self>) -> Writing<T> {
        let mut state = self.state();
        state.writes += 1;
        state.crowd = state.crowd.max(state.writes);
        if state.writes > 1 {
            state.crowded = Some(Instant::now());
        }
        drop(state);
        Writing(self.clone())
    }

    /// Whether others write at the same time, or did a moment ago.
    pub(in crate::vonage::psip) fn is_crowded(&self) -> bool {
        let state = self.state();
        let lately = |at: Instant| at.elapsed() < LIFETIME;
        state.writes > 1 || state.crowded.is_some_and(lately)
    }

    /// Whether every write that is under way is ready to look, and no more are expected.
    pub(in crate::vonage::psip) fn all_are_looking(&self) -> bool {
        let state = self.state();
        state.looking >= state.writes && state.writes >= state.crowd
    }

    /// A look is taken now, for those who have come. Where others were waited for in vain, fewer are expected next time.
    pub(in crate::vonage::psip) fn look_now(&self) {
        let mut state = self.state();
        state.crowd = state.looking.max(state.crowd / 2);
    }

    /// How long a write of this kind is expected to take until it shows.
    pub(in crate::vonage::psip) fn expected_delay(&self, write: Write) -> Duration {
        let delay = self.state().delays.get(&write).copied();
        delay.map_or(Duration::ZERO, |delay| delay.expected)
    }

    /// Learns from a look, taken at `asked`, that showed a write after `delay`; it was the first one or not.
    pub(in crate::vonage::psip) fn learn(
        &self,
        write: Write,
        asked: Instant,
        delay: Duration,
        was_first: bool,
    ) {
        let mut state = self.state();
        let known = state.delays.get(&write).copied();
        if known.is_some_and(|known| known.learned >= asked) {
            return;
        }
        let expected = match (was_first, known) {
            // It may have shown earlier, so the next look comes somewhat earlier.
            (true, Some(known)) => known.expected.mul_f64(0.95),
            (true, None) => Duration::ZERO,
            (false, _) => delay,
        };
        let learned = asked;
        state.delays.insert(write, Delay { expected, learned });
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A write that is under way, or whose effect is awaited.
#[derive(Debug)]
pub(in crate::vonage) struct Writing<T>(Arc<SharedList<T>>);

impl<T> Writing<T> {
    /// Says that this write waits for nothing but a look, until the guard is dropped.
    pub(in crate::vonage::psip) fn look(&self) -> Looking<'_, T> {
        self.0.state().looking += 1;
        self.0.gathered.notify_waiters();
        Looking(&self.0)
    }

    pub(in crate::vonage::psip) fn list(&self) -> &SharedList<T> {
        &self.0
    }
}

impl<T> Drop for Writing<T> {
    fn drop(&mut self) {
        self.0.state().writes -= 1;
        self.0.gathered.notify_waiters();
    }
}

/// A look that is being taken.
#[derive(Debug)]
pub(in crate::vonage::psip) struct Looking<'a, T>(&'a SharedList<T>);

impl<T> Drop for Looking<'_, T> {
    fn drop(&mut self) {
        self.0.state().looking -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn two_reads_within_a_lifetime_go_alone() {
        let list = SharedList::<()>::default();
        let go = || list.goes_alone(Instant::now());
        assert_eq!([go(), go(), go()], [true, true, false]);
        tokio::time::advance(LIFETIME).await;
        assert!(go(), "the window moves on");
    }

    #[tokio::test(start_paused = true)]
    async fn a_delay_is_learned_from_a_second_look_and_tried_shorter_by_first_ones() {
        let list = SharedList::<()>::default();
        let start = Instant::now();
        assert_eq!(list.expected_delay(Write::Create), Duration::ZERO);
        list.learn(Write::Create, start + SECOND, 3 * SECOND, false);
        list.learn(Write::Create, start + SECOND, 9 * SECOND, false);
        assert_eq!(list.expected_delay(Write::Create), 3 * SECOND);
        list.learn(Write::Create, start + 2 * SECOND, SECOND, true);
        assert_eq!(list.expected_delay(Write::Create), SECOND.mul_f64(2.85));
        assert_eq!(list.expected_delay(Write::Delete), Duration::ZERO);
    }

    #[test]
    fn writes_are_gathered_when_all_of_them_look() {
        let list = Arc::new(SharedList::<()>::default());
        let one = list.begin_write();
        assert!(!list.is_crowded());
        let other = list.begin_write();
        assert!(list.is_crowded());
        let looking = one.look();
        assert!(!list.all_are_looking());
        let both = other.look();
        assert!(list.all_are_looking());
        drop(both);
        drop(other);
        assert!(!list.all_are_looking(), "another may follow");
        list.look_now();
        assert!(list.all_are_looking());
        drop(looking);
        assert!(!list.all_are_looking());
    }
}
