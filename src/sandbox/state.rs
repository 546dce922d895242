//! What all connections share: contents, switches, journal and credentials, each behind its own lock.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

use super::auth::Credentials;
use super::contents::{Contents, InvalidContents};
use super::faults::{Fault, Schedule};
use super::journal::{Arrival, Journal, Ticket};
use super::persist::{FileError, StateFile};
use super::store::Store;
use super::switches::Switches;

/// The state of a sandbox. No lock is ever held over an await.
pub(super) struct State {
    store: Mutex<Store>,
    switches: Mutex<Switches>,
    journal: Mutex<Journal>,
    faults: Mutex<Schedule>,
    /// Counts answers with an `acl`, for the echo that shuffles.
    turns: AtomicUsize,
    credentials: Credentials,
    file: Option<StateFile>,
    started: Instant,
    /// What a reset goes back to.
    first: First,
}

/// What a sandbox was started with.
#[derive(Clone, Default)]
pub(super) struct First {
    /// The seed's contents.
    pub(super) seed: Contents,
    pub(super) switches: Switches,
    pub(super) faults: Vec<Fault>,
}

impl State {
    /// A state with these contents, which `file` keeps from now on; `first` is what a reset goes back to.
    pub(super) fn new(
        contents: &Contents,
        first: First,
        credentials: Credentials,
        file: Option<StateFile>,
    ) -> Result<Self, InvalidContents> {
        Ok(Self {
            store: Mutex::new(Store::from_contents(contents)?),
            switches: Mutex::new(first.switches.clone()),
            journal: Mutex::default(),
            faults: Mutex::new(Schedule::new(first.faults.clone())),
            turns: AtomicUsize::new(0),
            credentials,
            file,
            started: Instant::now(),
            first,
        })
    }

    /// The credentials that requests must carry.
    pub(super) fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// The switches as they are now.
    pub(super) fn switches(&self) -> Switches {
        lock(&self.switches).clone()
    }

    /// Changes the switches in one step, and gives what they are now.
    pub(super) fn change_switches<E>(
        &self,
        change: impl FnOnce(&Switches) -> Result<Switches, E>,
    ) -> Result<Switches, E> {
        let mut switches = lock(&self.switches);
        *switches = change(&switches)?;
        Ok(switches.clone())
    }

    /// A number that is another for each answer.
    pub(super) fn turn(&self) -> usize {
        self.turns.fetch_add(1, Ordering::Relaxed)
    }

    /// Looks into the store.
    pub(super) fn read<T>(&self, look: impl FnOnce(&Store) -> T) -> T {
        look(&lock(&self.store))
    }

    /// Changes the store, and the state file with it: both change, or neither.
    ///
    /// `change` must leave the store alone when it fails.
    pub(super) fn write<T, E: From<FileError>>(
        &self,
        change: impl FnOnce(&mut Store) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut store = lock(&self.store);
        let Some(file) = &self.file else {
            return change(&mut store);
        };
        let mut next = store.clone();
        let value = change(&mut next)?;
        file.save(&next.contents())?;
        *store = next;
        Ok(value)
    }

    /// Back to the seed, the first switches and faults, and an empty journal.
    pub(super) fn reset(&self) -> Result<(), FileError> {
        let First {
            seed,
            switches,
            faults,
        } = &self.first;
        self.write(|store| {
            // The seed was checked when the state was made.
            *store = Store::from_contents(seed).unwrap_or_default();
            Ok::<(), FileError>(())
        })?;
        lock(&self.switches).clone_from(switches);
        *self.faults() = Schedule::new(faults.clone());
        self.journal().clear();
        Ok(())
    }

    /// The journal, locked.
    pub(super) fn journal(&self) -> MutexGuard<'_, Journal> {
        lock(&self.journal)
    }

    /// The faults, locked.
    pub(super) fn faults(&self) -> MutexGuard<'_, Schedule> {
        lock(&self.faults)
    }

    /// Milliseconds since the start.
    pub(super) fn at_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Notes a request in the journal until the visit is dropped, which also happens when the client goes away.
    pub(super) fn visit(&self, arrival: Arrival) -> Visit<'_> {
        let ticket = self.journal().arrive(arrival);
        Visit {
            state: self,
            ticket,
        }
    }
}

/// A request that is being answered.
pub(super) struct Visit<'a> {
    state: &'a State,
    /// Where the request is noted.
    pub(super) ticket: Ticket,
}

impl Drop for Visit<'_> {
    fn drop(&mut self) {
        self.state.journal().leave();
    }
}

/// A panic elsewhere leaves what the lock guards whole: every change is one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
