//! What all connections share: contents, switches, journal and credentials, each behind its own lock.

use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::auth::Credentials;
use crate::faults::{Fault, Schedule};
use crate::journal::{Arrival, Journal, Ticket};
use crate::psip::Store;
use crate::state_file::Ledger;
use crate::state_file::{Contents, InvalidContents};
use crate::state_file::{FileError, StateFile};
use crate::switches::Switches;
use crate::timeline::Glance;

/// The state of a sandbox. No lock is ever held over an await.
pub(crate) struct State {
    ledger: Arc<Ledger>,
    switches: Mutex<Switches>,
    journal: Mutex<Journal>,
    faults: Mutex<Schedule>,
    /// Counts answers with an `acl`, for the echo that shuffles.
    turns: AtomicUsize,
    credentials: Credentials,
    /// Counts reads, for replicas.
    reads: AtomicUsize,
    /// When the requests of the last second came, for the rate limit.
    recent: Mutex<VecDeque<Instant>>,
    /// Domains that are being written to.
    claimed: Mutex<BTreeSet<String>>,
    started: Instant,
    /// What a reset goes back to.
    first: First,
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
    ) -> Result<Self, InvalidContents> {
        Ok(Self {
            ledger: Arc::new(Ledger::new(Store::from_contents(contents)?, file)),
            switches: Mutex::new(first.switches.clone()),
            journal: Mutex::default(),
            faults: Mutex::new(Schedule::new(first.faults.clone())),
            turns: AtomicUsize::new(0),
            credentials,
            reads: AtomicUsize::new(0),
            recent: Mutex::default(),
            claimed: Mutex::default(),
            started: Instant::now(),
            first,
        })
    }

    /// The credentials that requests must carry.
    pub(crate) fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// The switches as they are now.
    pub(crate) fn switches(&self) -> Switches {
        lock(&self.switches).clone()
    }

    /// Changes the switches in one step, and gives what they are now.
    pub(crate) fn change_switches<E>(
        &self,
        change: impl FnOnce(&Switches) -> Result<Switches, E>,
    ) -> Result<Switches, E> {
        let mut switches = lock(&self.switches);
        *switches = change(&switches)?;
        Ok(switches.clone())
    }

    /// A number that is another for each answer.
    pub(crate) fn turn(&self) -> usize {
        self.turns.fetch_add(1, Ordering::Relaxed)
    }

    /// What is there, and the state file with it.
    pub(crate) fn ledger(&self) -> &Arc<Ledger> {
        &self.ledger
    }

    /// When a read happens, and how far it is behind: with replicas, each so many-th is.
    pub(crate) fn glance(&self, switches: &Switches) -> Glance {
        let lag = switches.replica_lag.0;
        let every = switches.replica_every.unwrap_or(2).max(1);
        let is_behind =
            !lag.is_zero() && self.reads.fetch_add(1, Ordering::Relaxed) % every == every - 1;
        Glance {
            now: Instant::now(),
            behind: if is_behind { lag } else { Duration::ZERO },
        }
    }

    /// Whether one request more is within the limit of so many in a second.
    pub(crate) fn admits(&self, limit: u32) -> bool {
        let now = Instant::now();
        let mut recent = lock(&self.recent);
        while recent
            .front()
            .is_some_and(|then| now - *then >= Duration::from_secs(1))
        {
            recent.pop_front();
        }
        let admits = recent.len() < usize::try_from(limit).unwrap_or(usize::MAX);
        if admits {
            recent.push_back(now);
        }
        admits
    }

    /// Notes a write to a domain until what it gives is dropped; `None` while another one is noted.
    pub(crate) fn claim(&self, domain: &str) -> Option<Claim<'_>> {
        let is_free = lock(&self.claimed).insert(domain.to_owned());
        is_free.then(|| Claim {
            state: self,
            domain: domain.to_owned(),
        })
    }

    /// Back to the seed, the first switches and faults, and an empty journal.
    pub(crate) fn reset(&self) -> Result<(), FileError> {
        let First {
            seed,
            switches,
            faults,
        } = &self.first;
        let seed = seed.clone();
        self.ledger.write_now(move |store| {
            // The seed was checked when the state was made.
            *store = Store::from_contents(&seed).unwrap_or_default();
            Ok::<(), FileError>(())
        })?;
        lock(&self.switches).clone_from(switches);
        *self.faults() = Schedule::new(faults.clone());
        self.journal().clear();
        Ok(())
    }

    /// The journal, locked.
    pub(crate) fn journal(&self) -> MutexGuard<'_, Journal> {
        lock(&self.journal)
    }

    /// The faults, locked.
    pub(crate) fn faults(&self) -> MutexGuard<'_, Schedule> {
        lock(&self.faults)
    }

    /// Milliseconds since the start.
    pub(crate) fn at_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Notes a request in the journal until the visit is dropped, which also happens when the client goes away.
    pub(crate) fn visit(&self, arrival: Arrival) -> Visit<'_> {
        let ticket = self.journal().arrive(arrival);
        Visit {
            state: self,
            ticket,
        }
    }
}

/// A request that is being answered.
pub(crate) struct Visit<'a> {
    state: &'a State,
    /// Where the request is noted.
    pub(crate) ticket: Ticket,
}

impl Drop for Visit<'_> {
    fn drop(&mut self) {
        self.state.journal().leave();
    }
}

/// A write that is under way.
pub(crate) struct Claim<'a> {
    state: &'a State,
    domain: String,
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        lock(&self.state.claimed).remove(&self.domain);
    }
}

/// A panic elsewhere leaves what the lock guards whole: every change is one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
