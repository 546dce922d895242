//! Keeps the store and the state file the same: a write is done when it is in the file, or not at all.
//!
//! Writes that wait while the file is being written go into it together, so that many at once cost as much as one.

use std::mem;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};

use super::error::WriteError;
use super::persist::StateFile;
use crate::mutex::lock;
use crate::store::Store;

/// The store, and the file that keeps it, if any.
pub(crate) struct Storage {
    store: Mutex<Store>,
    /// Locked by the thread that writes it.
    file: Option<Mutex<StateFile>>,
    waiting: Mutex<Vec<Change>>,
    files_written: AtomicUsize,
}

/// Changes the store, and says whether there is anything to keep, and who is to know whether it was kept.
type Change = Box<dyn FnOnce(&mut Store) -> (bool, Notify) + Send>;

/// Tells the writer whether the file was written.
type Notify = Box<dyn FnOnce(Result<(), WriteError>) + Send>;

impl Storage {
    pub(crate) fn new(store: Store, file: Option<StateFile>) -> Self {
        Self {
            store: Mutex::new(store),
            file: file.map(Mutex::new),
            waiting: Mutex::default(),
            files_written: AtomicUsize::new(0),
        }
    }

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
        E: From<WriteError> + Send + 'static,
    {
        let Some(file) = &self.file else {
            return change(&mut lock(&self.store));
        };
        // A thread of its own: the write is made even where the client has gone away.
        let storage = Arc::clone(self);
        tokio::task::spawn_blocking(move || storage.write_now(change))
            .await
            .unwrap_or_else(|_| Err(lock(file).abandoned().into()))
    }

    /// The same, while the caller's thread waits.
    pub(crate) fn write_now<T, E>(
        &self,
        change: impl FnOnce(&mut Store) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<WriteError> + Send + 'static,
    {
        let Some(file) = &self.file else {
            return change(&mut lock(&self.store));
        };
        let (sender, outcome) = mpsc::channel();
        let change: Change = Box::new(move |store| {
            let changed = change(store);
            let is_changed = changed.is_ok();
            let notify = move |saved: Result<(), WriteError>| {
                let kept = changed.and_then(|value| saved.map(|()| value).map_err(E::from));
                // A client that has gone away needs no outcome.
                let _ = sender.send(kept);
            };
            (is_changed, Box::new(notify))
        });
        lock(&self.waiting).push(change);
        let file = lock(file);
        // Whoever has the file takes along all that waited for it, maybe the caller's change before the caller.
        let batch = mem::take(&mut *lock(&self.waiting));
        if !batch.is_empty() {
            self.commit(batch, &file);
        }
        outcome
            .recv()
            .unwrap_or_else(|_| Err(file.abandoned().into()))
    }

    fn commit(&self, batch: Vec<Change>, file: &StateFile) {
        let mut next = lock(&self.store).clone();
        let made: Vec<_> = batch.into_iter().map(|change| change(&mut next)).collect();
        let saved = if made.iter().any(|(is_changed, _)| *is_changed) {
            self.files_written.fetch_add(1, Ordering::Relaxed);
            file.save(&next.contents())
        } else {
            Ok(())
        };
        if saved.is_ok() {
            *lock(&self.store) = next;
        }
        for (_, notify) in made {
            notify(saved.clone());
        }
    }
}
