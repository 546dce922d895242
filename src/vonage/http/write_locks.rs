//! Lets writes to one object, and to what belongs to it, happen one after another, and remembers when the last one ended.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};
use tokio::time::Instant;

use super::error::Error;
use super::exchange::unsent;
use super::operation::Operation;
use super::recent_names::RecentNames;
use super::request::RequestName;

/// How long the end of a write is remembered: longer than any answer is used again.
const REMEMBERED: Duration = Duration::from_secs(30);

/// The objects that are being written now, or were a moment ago, by name in lower case.
#[derive(Debug)]
pub(crate) struct WriteLocks {
    /// Entries are weak, and dead ones are dropped whenever a lock is taken, so the map is no larger than the number
    /// of writes under way.
    under_way: Mutex<HashMap<String, Weak<AsyncMutex<()>>>>,
    ended: RecentNames,
}

/// The right to write to one object, until dropped.
#[derive(Debug)]
pub(crate) struct WriteLock<'a> {
    _guard: OwnedMutexGuard<()>,
    name: String,
    ended: &'a RecentNames,
}

impl Drop for WriteLock<'_> {
    fn drop(&mut self) {
        self.ended.record(&self.name);
    }
}

impl Default for WriteLocks {
    fn default() -> Self {
        Self {
            under_way: Mutex::default(),
            ended: RecentNames::new(REMEMBERED),
        }
    }
}

impl WriteLocks {
    /// Waits until no other write to this object is under way; `request` is what is to be sent then.
    pub(crate) async fn take(
        &self,
        operation: &Operation,
        name: &str,
        request: &RequestName,
    ) -> Result<WriteLock<'_>, Error> {
        let name = name.to_ascii_lowercase();
        let lock = self.lock_of(&name);
        let guard = operation
            .bound(lock.lock_owned())
            .await
            .map_err(|reason| unsent(reason, request, operation))?;
        Ok(WriteLock {
            _guard: guard,
            name,
            ended: &self.ended,
        })
    }

    /// Whether a write to this object is under way, or waits for its lock.
    pub(crate) fn is_under_way(&self, name: &str) -> bool {
        let under_way = locked(&self.under_way);
        let lock = under_way.get(&name.to_ascii_lowercase());
        lock.is_some_and(|lock| lock.strong_count() > 0)
    }

    /// When the last write to this object ended, if that was a moment ago.
    pub(crate) fn last_write(&self, name: &str) -> Option<Instant> {
        self.ended.last(name)
    }

    fn lock_of(&self, name: &str) -> Arc<AsyncMutex<()>> {
        let mut under_way = locked(&self.under_way);
        under_way.retain(|_, lock| lock.strong_count() > 0);
        let entry = under_way.entry(name.to_owned()).or_default();
        entry.upgrade().unwrap_or_else(|| {
            let lock = Arc::new(AsyncMutex::new(()));
            *entry = Arc::downgrade(&lock);
            lock
        })
    }
}

/// Nothing can panic while one of these locks is held.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::vonage::http::request::Request;

    fn operation() -> Operation {
        Operation::new(Duration::from_secs(10), CancellationToken::new())
    }

    async fn take<'a>(locks: &'a WriteLocks, name: &str) -> Result<WriteLock<'a>, Error> {
        let request = Request::delete("/x".to_owned());
        locks.take(&operation(), name, &request.name).await
    }

    #[tokio::test(start_paused = true)]
    async fn an_object_is_one_writers_at_a_time_whatever_its_case() {
        let locks = WriteLocks::default();
        let first = take(&locks, "office").await.unwrap();
        let refused = take(&locks, "OFFICE").await.unwrap_err();
        assert!(matches!(refused, Error::OutOfTime { .. }));
        take(&locks, "other").await.unwrap();
        drop(first);
        take(&locks, "Office").await.unwrap();
    }

    #[tokio::test]
    async fn a_cancelled_operation_gets_no_lock() {
        let locks = WriteLocks::default();
        let operation = operation();
        operation.cancel.cancel();
        let request = Request::delete("/x".to_owned());
        let refused = locks.take(&operation, "office", &request.name).await;
        assert!(refused.unwrap_err().is_cancelled());
    }

    #[tokio::test]
    async fn what_is_done_is_forgotten() {
        let locks = WriteLocks::default();
        for n in 0..100 {
            take(&locks, &format!("domain-{n}")).await.unwrap();
        }
        assert!(locks.under_way.lock().unwrap().len() <= 1);
    }
}
