//! What all connections share: contents, switches, journal and credentials, each behind its own lock.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::time::Instant;

use crate::apis;
use crate::auth::Credentials;
use crate::faults::{Fault, Schedule};
use crate::journal::{Journal, Record, RecordId};
use crate::mutex::lock;
use crate::span::Span;
use crate::state_file::{Contents, StateFile, Storage, WriteError};
use crate::store::Store;
use crate::switches::Switches;
use crate::timeline::Snapshot;

/// The state of a sandbox. No lock is ever held over an await.
pub(crate) struct State {
    /// What is there, and the state file with it.
    pub(crate) storage: Arc<Storage>,
    pub(crate) credentials: Credentials,
    switches: Mutex<Arc<Switches>>,
    journal: Mutex<Journal>,
    faults: Mutex<Schedule>,
    /// Counts requests that need a number of their own.
    numbered: AtomicUsize,
    /// Counts reads, for replicas.
    reads: AtomicUsize,
    /// When the requests of the last second came, for each rate limit.
    recent: Mutex<BTreeMap<Limited, Vec<Instant>>>,
    /// Objects that are being written to, by their paths.
    locked: Mutex<BTreeSet<Vec<String>>>,
    started: Instant,
    /// What a reset goes back to.
    first: First,
}

/// What a rate limit is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Limited {
    All,
    Numbers,
    NumberLists,
}

/// What a sandbox was started with.
#[derive(Clone, Default)]
pub(crate) struct First {
    /// The seed's contents.
    pub(crate) seed: Contents,
    pub(crate) switches: Switches,
    pub(crate) faults: Vec<Fault>,
}

impl State {
    /// A state with these contents, which `file` keeps from now on; `first` is what a reset goes back to.
    pub(crate) fn new(
        contents: &Contents,
        first: First,
        credentials: Credentials,
        file: Option<StateFile>,
    ) -> Self {
        Self {
            storage: Arc::new(Storage::new(Store::from_contents(contents), file)),
            switches: Mutex::new(Arc::new(first.switches.clone())),
            journal: Mutex::default(),
            faults: Mutex::new(Schedule::new(first.faults.clone())),
            numbered: AtomicUsize::new(apis::last_number(contents)),
            credentials,
            reads: AtomicUsize::new(0),
            recent: Mutex::default(),
            locked: Mutex::default(),
            started: Instant::now(),
            first,
        }
    }

    pub(crate) fn switches(&self) -> Arc<Switches> {
        Arc::clone(&lock(&self.switches))
    }

    /// The switches, locked for a change.
    pub(crate) fn lock_switches(&self) -> MutexGuard<'_, Arc<Switches>> {
        lock(&self.switches)
    }

    /// A number that is another for each request.
    pub(crate) fn request_number(&self) -> usize {
        self.numbered.fetch_add(1, Ordering::Relaxed)
    }

    /// The snapshot that a read gets: with replicas, each so many-th is behind, in addition to what all of its kind are.
    pub(crate) fn snapshot(&self, switches: &Switches, also: Span) -> Snapshot {
        let lag = switches.replica_lag.0;
        let every = switches.replica_every.unwrap_or(2).max(1);
        let is_behind =
            !lag.is_zero() && self.reads.fetch_add(1, Ordering::Relaxed) % every == every - 1;
        Snapshot {
            now: Instant::now(),
            behind: also.0 + if is_behind { lag } else { Duration::ZERO },
        }
    }

    /// Whether one request more is within the limit of so many in a second.
    pub(crate) fn admits(&self, limited: Limited, limit: u32) -> bool {
        let now = Instant::now();
        let mut recent = lock(&self.recent);
        let recent = recent.entry(limited).or_default();
        recent.retain(|then| now - *then < Duration::from_secs(1));
        let admits = recent.len() < usize::try_from(limit).unwrap_or(usize::MAX);
        if admits {
            recent.push(now);
        }
        admits
    }

    /// Locks an object for a write until the guard is dropped; `None` while another write has the lock.
    pub(crate) fn lock_write(&self, object: Vec<String>) -> Option<WriteLock<'_>> {
        let is_free = lock(&self.locked).insert(object.clone());
        // Made only where it is free: one that is dropped unlocks.
        is_free.then(|| WriteLock {
            state: self,
            object,
        })
    }

    /// Back to the seed, the first switches and faults, and an empty journal.
    pub(crate) fn reset(&self) -> Result<(), WriteError> {
        let seed = self.first.seed.clone();
        self.storage.write_now(move |store| {
            *store = Store::from_contents(&seed);
            Ok::<(), WriteError>(())
        })?;
        *self.lock_switches() = Arc::new(self.first.switches.clone());
        *self.faults() = Schedule::new(self.first.faults.clone());
        self.journal().clear();
        Ok(())
    }

    pub(crate) fn journal(&self) -> MutexGuard<'_, Journal> {
        lock(&self.journal)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Schedule> {
        lock(&self.faults)
    }

    pub(crate) fn at_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Counts a request as in flight until the guard is dropped, which also happens when the client goes away.
    pub(crate) fn begin(&self, arrival: Record) -> InFlight<'_> {
        let id = self.journal().arrive(arrival);
        InFlight { state: self, id }
    }
}

/// A request that is being answered.
pub(crate) struct InFlight<'a> {
    state: &'a State,
    /// Its record in the journal.
    pub(crate) id: RecordId,
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.state.journal().leave();
    }
}

/// A write to an object that is under way.
pub(crate) struct WriteLock<'a> {
    state: &'a State,
    object: Vec<String>,
}

impl Drop for WriteLock<'_> {
    fn drop(&mut self) {
        lock(&self.state.locked).remove(&self.object);
    }
}
