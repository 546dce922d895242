//! Lets writes to one domain, its users included, happen one after another, and remembers when the last one ended.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};
use tokio::time::Instant;

use super::operation::{Interrupted, Operation};

/// How long the end of a write is remembered: longer than any answer is used again.
const REMEMBERED: Duration = Duration::from_secs(30);

/// The domains that are being written now, or were a moment ago, by name in lower case, as DNS compares.
#[derive(Debug, Default)]
pub(crate) struct Turns {
    /// Entries are weak, and dead ones are dropped whenever a turn is taken, so the map is no larger than the number
    /// of writes under way.
    under_way: Mutex<HashMap<String, Weak<AsyncMutex<()>>>>,
    ended: Arc<Mutex<HashMap<String, Instant>>>,
}

/// The right to write to one domain, until dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    _guard: OwnedMutexGuard<()>,
    name: String,
    ended: Arc<Mutex<HashMap<String, Instant>>>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        let now = Instant::now();
        let mut ended = locked(&self.ended);
        ended.retain(|_, at| now.duration_since(*at) < REMEMBERED);
        ended.insert(std::mem::take(&mut self.name), now);
    }
}

impl Turns {
    /// Waits until no other write to this domain is under way.
    pub(crate) async fn take(
        &self,
        name: &str,
        operation: &Operation,
    ) -> Result<Turn, Interrupted> {
        let name = name.to_ascii_lowercase();
        let lock = self.lock_of(&name);
        let guard = operation.bound(lock.lock_owned()).await?;
        let ended = self.ended.clone();
        Ok(Turn {
            _guard: guard,
            name,
            ended,
        })
    }

    /// Whether a write to this domain is under way, or waits for its turn.
    pub(crate) fn is_under_way(&self, name: &str) -> bool {
        let under_way = locked(&self.under_way);
        let lock = under_way.get(&name.to_ascii_lowercase());
        lock.is_some_and(|lock| lock.strong_count() > 0)
    }

    /// When the last write to this domain ended, if that was a moment ago.
    pub(crate) fn last_write(&self, name: &str) -> Option<Instant> {
        locked(&self.ended).get(&name.to_ascii_lowercase()).copied()
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
    use std::time::Duration;

    use tokio_util::sync::CancellationToken;

    use super::*;

    fn operation(seconds: u64) -> Operation {
        Operation::new(Duration::from_secs(seconds), CancellationToken::new())
    }

    #[tokio::test(start_paused = true)]
    async fn a_domain_is_one_writers_at_a_time_whatever_its_case() {
        let turns = Turns::default();
        let first = turns.take("office", &operation(10)).await.unwrap();
        assert_eq!(
            turns.take("OFFICE", &operation(10)).await.unwrap_err(),
            Interrupted::OutOfTime
        );
        turns.take("other", &operation(10)).await.unwrap();
        drop(first);
        turns.take("Office", &operation(10)).await.unwrap();
    }

    #[tokio::test]
    async fn a_cancelled_operation_gets_no_turn() {
        let turns = Turns::default();
        let operation = operation(10);
        operation.cancel.cancel();
        assert_eq!(
            turns.take("office", &operation).await.unwrap_err(),
            Interrupted::Cancelled
        );
    }

    #[tokio::test]
    async fn what_is_done_is_forgotten() {
        let turns = Turns::default();
        for n in 0..100 {
            turns
                .take(&format!("domain-{n}"), &operation(10))
                .await
                .unwrap();
        }
        assert!(turns.under_way.lock().unwrap().len() <= 1);
    }
}
