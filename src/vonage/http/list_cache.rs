//! One list request in place of many single reads.
//!
//! A list answers reads that arrive within five seconds after it was sent, and never shows a moment before this process's own
//! last write to the object. What it lacks is asked for by itself before anything is made of it. A list that cannot stand
//! in for reads (rows that are not whole, forbidden, failing) is not requested again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::value::RawValue;
use tokio::time::Instant;

use super::client::Client;
use super::error::Error;
use super::json::fields;
use super::locator::Listed;
use super::operation::Operation;
use super::write_locks::WriteLocks;
use crate::causes::explain;

/// How long after it was sent a list answers reads that arrive.
pub(crate) const LIFETIME: Duration = Duration::from_secs(5);
/// So many objects within a lifetime are read, and so many writes at once awaited, by single reads: a list may be long,
/// and few do not need it.
const FEW: usize = 2;

/// The latest list of one collection, and whether lists can stand in for reads.
#[derive(Debug, Default)]
pub(crate) struct ListCache {
    /// Held by the one that requests the list; the others wait for what it brings.
    fetching: tokio::sync::Mutex<()>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    latest: Option<Arc<Snapshot>>,
    /// Lists cannot stand in for single reads.
    unfit: bool,
    /// When the latest single reads began.
    single_reads: Vec<Instant>,
    /// Writes that are under way, or whose effect is awaited.
    pending_writes: usize,
    /// When these were last more than a few.
    many_writes: Option<Instant>,
}

/// The rows of a list as they came, by key in lower case: a row is made an object only when it is wanted.
#[derive(Debug)]
pub(crate) struct Snapshot {
    /// When its first page was requested: it shows nothing that happened later.
    asked: Instant,
    rows: HashMap<Box<str>, Box<str>>,
}

/// What a list says of one object.
pub(super) struct Row<T> {
    /// `None` where the list lacks it.
    pub(super) object: Option<T>,
    /// When the list was requested.
    pub(super) asked: Instant,
}

impl ListCache {
    /// Whether anything that is known of it may still be of use.
    pub(crate) fn is_in_use(&self) -> bool {
        let state = self.state();
        let is_young = |at: &Instant| at.elapsed() < LIFETIME;
        let latest = state.latest.as_ref().map(|latest| latest.asked);
        state.unfit || latest.iter().chain(&state.single_reads).any(is_young)
    }

    pub(super) fn is_unfit(&self) -> bool {
        self.state().unfit
    }

    /// From now on each object is read by itself, which is logged once.
    pub(super) fn give_up(&self, expected: &str, reason: &str) {
        let mut state = self.state();
        state.latest = None;
        if !std::mem::replace(&mut state.unfit, true) {
            tracing::warn!(
                reason,
                "the list does not stand in for reads of {expected}; each is sent by itself"
            );
        }
    }

    /// Counts a write, until the guard is dropped.
    pub(crate) fn begin_write(&self) -> PendingWrite<'_> {
        let mut state = self.state();
        state.pending_writes += 1;
        if state.pending_writes > FEW {
            state.many_writes = Some(Instant::now());
        }
        PendingWrite(self)
    }

    /// Whether many writes are under way at once, or were a moment ago.
    pub(super) fn has_many_writes(&self) -> bool {
        let state = self.state();
        let lately = |at: Instant| at.elapsed() < LIFETIME;
        state.pending_writes > FEW || state.many_writes.is_some_and(lately)
    }

    /// Whether a read that arrives now is to be sent by itself, which is counted.
    fn takes_single_read(&self, now: Instant) -> bool {
        let mut state = self.state();
        // Reads that follow on a list go on with lists.
        let follows = |latest: &Arc<Snapshot>| now.duration_since(latest.asked) < 2 * LIFETIME;
        if state.latest.as_ref().is_some_and(follows) {
            return false;
        }
        let reads = &mut state.single_reads;
        reads.retain(|begun| now.duration_since(*begun) < LIFETIME);
        let is_single = reads.len() < FEW;
        if is_single {
            reads.push(now);
        }
        is_single
    }

    fn latest(&self, fits: &(impl Fn(Instant) -> bool + Sync)) -> Option<Arc<Snapshot>> {
        let latest = self.state().latest.clone();
        latest.filter(|latest| fits(latest.asked))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing can panic while the lock is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A write that is under way, or whose effect is awaited.
#[derive(Debug)]
pub(crate) struct PendingWrite<'a>(&'a ListCache);

impl Drop for PendingWrite<'_> {
    fn drop(&mut self) {
        self.0.state().pending_writes -= 1;
    }
}

impl Snapshot {
    pub(crate) fn new(asked: Instant) -> Self {
        let rows = HashMap::new();
        Self { asked, rows }
    }

    /// Adds a row; `key` is the field that tells rows apart. The error says why the list cannot stand in for reads.
    pub(crate) fn add(&mut self, row: &RawValue, key: &str) -> Result<(), String> {
        let found =
            key_of(row.get(), key).ok_or("one of its rows does not say what it is about")?;
        self.rows.insert(folded(&found), row.get().into());
        Ok(())
    }

    /// The JSON object of this key. The API may write a name in another case.
    fn row(&self, key: &str) -> Option<&str> {
        self.rows.get(&folded(key)).map(AsRef::as_ref)
    }
}

fn folded(key: &str) -> Box<str> {
    key.to_ascii_lowercase().into_boxed_str()
}

fn key_of(row: &str, key: &str) -> Option<String> {
    let [found] = fields(row, [key]).ok()?;
    serde_json::from_str(found?.get()).ok()
}

impl Client {
    /// Reads an object, from a list where many are read, but never one from before our own last write to what has this lock.
    /// `None` as by [`Client::read`].
    pub(crate) async fn read_cached<L: Listed>(
        &self,
        operation: &Operation,
        locator: &L,
        cache: &ListCache,
        (locks, lock): (&WriteLocks, &str),
    ) -> Result<Option<L::Object>, Error> {
        let arrived = Instant::now();
        let written = locks.last_write(lock);
        if locks.is_under_way(lock) || cache.is_unfit() || cache.takes_single_read(arrived) {
            return self.read(operation, locator).await;
        }
        let fits = |asked: Instant| {
            asked + LIFETIME >= arrived && written.is_none_or(|written| asked > written)
        };
        match self.row(operation, locator, cache, fits).await {
            Some(Row {
                object: Some(object),
                ..
            }) => Ok(Some(object)),
            _ => self.read(operation, locator).await,
        }
    }

    /// What the latest list says of an object, or a new one where that does not fit. `None` where there is none to be had, or
    /// to be trusted.
    pub(super) async fn row<L: Listed>(
        &self,
        operation: &Operation,
        locator: &L,
        cache: &ListCache,
        fits: impl Fn(Instant) -> bool + Send + Sync,
    ) -> Option<Row<L::Object>> {
        let snapshot = match cache.latest(&fits) {
            Some(latest) => latest,
            None => self.fetch(operation, locator, cache, &fits).await?,
        };
        let object = match snapshot.row(locator.key()) {
            None => None,
            Some(row) => match locator.parse_row(row.as_bytes()) {
                Ok(object) => Some(object),
                Err(problem) => {
                    cache.give_up(L::EXPECTED, &format!("of one of its rows, {problem}"));
                    return None;
                }
            },
        };
        let asked = snapshot.asked;
        Some(Row { object, asked })
    }

    /// Requests the list, unless somebody else did in the meantime.
    async fn fetch<L: Listed>(
        &self,
        operation: &Operation,
        locator: &L,
        cache: &ListCache,
        fits: &(impl Fn(Instant) -> bool + Sync),
    ) -> Option<Arc<Snapshot>> {
        let _fetching = operation.bound(cache.fetching.lock()).await.ok()?;
        if cache.is_unfit() {
            return None;
        }
        if let Some(latest) = cache.latest(fits) {
            return Some(latest);
        }
        // A list that fails is not tried again: single reads can do without it, and have tries of their own.
        let request = locator.list().ok()?.sent_again_if_not_done();
        let mut rows = Snapshot::new(Instant::now());
        let listed = self.each_row(operation, request, "a list", |row| rows.add(row, L::KEY));
        match listed.await {
            Ok(asked) => {
                let snapshot = Arc::new(Snapshot { asked, ..rows });
                cache.state().latest = Some(snapshot.clone());
                fits(asked).then_some(snapshot)
            }
            Err(Error::Cancelled { .. } | Error::OutOfTime { .. }) => None,
            Err(error) => {
                cache.give_up(L::EXPECTED, &explain(&error));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vonage::http::pages;
    use crate::vonage::test_log::Log;

    fn snapshot(body: &str) -> Result<Snapshot, String> {
        let mut snapshot = Snapshot::new(Instant::now());
        pages::parse(body)?.each_row(|row| snapshot.add(row, "name"))?;
        Ok(snapshot)
    }

    #[test]
    fn rows_are_found_by_their_key_in_any_case_and_form() {
        for body in [
            r#" [{"name":"a","x":1}, {"name":"\u0042"}]"#,
            r#"{"_embedded":{"domains":[{"name":"a","x":1},{"name":"\u0042"}]},"_links":{"self":{"href":"/"},"next":null}}"#,
        ] {
            let snapshot = snapshot(body).unwrap();
            assert_eq!(snapshot.row("A"), Some(r#"{"name":"a","x":1}"#));
            assert!(snapshot.row("b").is_some());
            assert_eq!(snapshot.row("c"), None);
        }
    }

    #[test]
    fn a_list_with_a_row_about_nothing_is_not_used() {
        for body in [r#"[{"name":"a"},{"acl":[]}]"#, r#"[{"name":1}]"#, "[1]"] {
            let problem = snapshot(body).unwrap_err();
            assert!(problem.contains("does not say"), "{body}: {problem}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn two_reads_within_a_lifetime_are_single() {
        let cache = ListCache::default();
        let read = || cache.takes_single_read(Instant::now());
        assert_eq!([read(), read(), read()], [true, true, false]);
        tokio::time::advance(LIFETIME).await;
        assert!(read(), "the window moves on");
    }

    #[tokio::test(start_paused = true)]
    async fn reads_that_follow_on_a_list_go_on_with_lists() {
        let cache = ListCache::default();
        cache.state().latest = Some(Arc::new(Snapshot::new(Instant::now())));
        tokio::time::advance(LIFETIME.mul_f64(1.5)).await;
        assert!(!cache.takes_single_read(Instant::now()));
        tokio::time::advance(LIFETIME / 2).await;
        assert!(cache.takes_single_read(Instant::now()));
    }

    #[test]
    fn that_lists_are_given_up_is_logged_once() {
        let (log, _guard) = Log::of_this_thread();
        ListCache::default().give_up("a thing", "");
        log.begin();
        let cache = ListCache::default();
        cache.give_up("a thing", "the first reason");
        cache.give_up("a thing", "the second reason");
        let lines = log.lines();
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].contains("the first reason"), "{lines:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn three_writes_at_once_are_many_and_three_in_turn_are_not() {
        let cache = ListCache::default();
        for _ in 0..3 {
            drop(cache.begin_write());
        }
        let pending = [cache.begin_write(), cache.begin_write()];
        assert!(!cache.has_many_writes());
        drop((cache.begin_write(), pending));
        assert!(cache.has_many_writes(), "others may follow");
        tokio::time::advance(LIFETIME).await;
        assert!(!cache.has_many_writes());
    }
}
