//! Keeps the store and the state file the same: a write is done when it is in the file, or not at all.
//!
//! Writes that wait while the file is being written go into it together, so that many at once cost as much as one.

use std::io;
use std::mem;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};

use tokio::sync::oneshot;

use super::persist::{FileError, StateFile};
use crate::psip::Store;

/// The store, and the file that keeps it, if any.
pub(crate) struct Storage {
    store: Mutex<Store>,
    file: Option<StateFile>,
    queue: Mutex<Queue>,
    /// How often the file was to be written.
    files_written: AtomicUsize,
}

#[derive(Default)]
struct Queue {
    waiting: Vec<Change>,
    /// Whether somebody is writing the file, who will look at the queue again before he stops.
    is_served: bool,
}

/// Makes a change in the store, and says whether there is anything to keep, and how to tell the outcome.
type Change = Box<dyn FnOnce(&mut Store) -> (bool, Settle) + Send>;

/// Tells whoever wrote whether the file was written.
type Settle = Box<dyn FnOnce(Result<(), FileError>) + Send>;

impl Storage {
    pub(crate) fn new(store: Store, file: Option<StateFile>) -> Self {
        Self {
            store: Mutex::new(store),
            file,
            queue: Mutex::default(),
            files_written: AtomicUsize::new(0),
        }
    }

    /// Looks into the store.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&Store) -> T) -> T {
        look(&lock(&self.store))
    }

    /// How often the file was to be written: once for all writes that waited together.
    pub(crate) fn files_written(&self) -> usize {
        self.files_written.load(Ordering::Relaxed)
    }

    /// Changes the store, and the file with it. `change` must leave the store alone when it fails.
    pub(crate) async fn write<T, E>(
        self: &Arc<Self>,
        change: impl FnOnce(&mut Store) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<FileError> + Send + 'static,
    {
        let Some(file) = &self.file else {
            return change(&mut lock(&self.store));
        };
        let (told, outcome) = oneshot::channel();
        // Whoever went away in the meantime does not need to be told.
        let change = queued(change, move |outcome| drop(told.send(outcome)));
        if self.enqueue(change) {
            let ledger = Arc::clone(self);
            tokio::task::spawn_blocking(move || ledger.serve());
        }
        outcome
            .await
            .unwrap_or_else(|_| Err(file.abandoned().into()))
    }

    /// The same, while the caller's thread waits.
    pub(crate) fn write_now<T, E>(
        &self,
        change: impl FnOnce(&mut Store) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<FileError> + Send + 'static,
    {
        let Some(file) = &self.file else {
            return change(&mut lock(&self.store));
        };
        let (told, outcome) = mpsc::channel();
        if self.enqueue(queued(change, move |outcome| drop(told.send(outcome)))) {
            self.serve();
        }
        outcome
            .recv()
            .unwrap_or_else(|_| Err(file.abandoned().into()))
    }

    /// Adds a change, and says whether the caller is the one to serve the queue.
    fn enqueue(&self, change: Change) -> bool {
        let mut queue = lock(&self.queue);
        queue.waiting.push(change);
        !mem::replace(&mut queue.is_served, true)
    }

    /// Writes all that is waiting, until nothing is.
    fn serve(&self) {
        loop {
            let mut queue = lock(&self.queue);
            if queue.waiting.is_empty() {
                queue.is_served = false;
                return;
            }
            let batch = mem::take(&mut queue.waiting);
            drop(queue);
            self.commit(batch);
        }
    }

    fn commit(&self, batch: Vec<Change>) {
        let mut next = lock(&self.store).clone();
        let settles: Vec<_> = batch.into_iter().map(|change| change(&mut next)).collect();
        let is_changed = settles.iter().any(|(is_changed, _)| *is_changed);
        let saved = match &self.file {
            Some(file) if is_changed => {
                self.files_written.fetch_add(1, Ordering::Relaxed);
                file.save(&next.contents())
            }
            _ => Ok(()),
        };
        if saved.is_ok() {
            *lock(&self.store) = next;
        }
        for (_, settle) in settles {
            settle(saved.as_ref().copied().map_err(FileError::again));
        }
    }
}

/// A change with a type of its own, as one among others.
fn queued<T, E>(
    change: impl FnOnce(&mut Store) -> Result<T, E> + Send + 'static,
    tell: impl FnOnce(Result<T, E>) + Send + 'static,
) -> Change
where
    T: Send + 'static,
    E: From<FileError> + Send + 'static,
{
    Box::new(move |store| {
        let outcome = change(store);
        let is_changed = outcome.is_ok();
        let settle: Settle = Box::new(move |saved| {
            tell(match saved {
                Ok(()) => outcome,
                Err(error) => outcome.and(Err(error.into())),
            });
        });
        (is_changed, settle)
    })
}

/// A panic elsewhere leaves what the lock guards whole: every change is one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl FileError {
    /// The same error for another one who waited for the same write.
    fn again(&self) -> Self {
        match self {
            Self::Write { path, source } => Self::Write {
                path: path.clone(),
                source: io::Error::new(source.kind(), source.to_string()),
            },
            Self::Read { path, .. }
            | Self::Contents { path, .. }
            | Self::NotRegular { path }
            | Self::Lock { path, .. }
            | Self::InUse { path, .. } => Self::Write {
                path: path.clone(),
                source: io::ErrorKind::Other.into(),
            },
        }
    }
}
