//! Lets writes to one domain, its users included, happen one after another.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

use super::operation::{Interrupted, Operation};

/// The domains that are being written now, by name in lower case, as DNS compares.
///
/// Entries are weak, and dead ones are dropped whenever a turn is taken, so the map is no larger than the number
/// of writes under way.
#[derive(Debug, Default)]
pub(super) struct Turns {
    under_way: Mutex<HashMap<String, Weak<AsyncMutex<()>>>>,
}

/// The right to write to one domain, until dropped.
#[derive(Debug)]
pub(super) struct Turn {
    _guard: OwnedMutexGuard<()>,
}

impl Turns {
    /// Waits until no other write to this domain is under way.
    pub(super) async fn take(
        &self,
        name: &str,
        operation: &Operation,
    ) -> Result<Turn, Interrupted> {
        let lock = self.lock_of(name);
        tokio::select! {
            biased;
            () = operation.cancel.cancelled() => Err(Interrupted::Cancelled),
            () = tokio::time::sleep_until(operation.deadline) => Err(Interrupted::OutOfTime),
            guard = lock.lock_owned() => Ok(Turn { _guard: guard }),
        }
    }

    fn lock_of(&self, name: &str) -> Arc<AsyncMutex<()>> {
        let mut under_way = self
            .under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        under_way.retain(|_, lock| lock.strong_count() > 0);
        let entry = under_way.entry(name.to_ascii_lowercase()).or_default();
        entry.upgrade().unwrap_or_else(|| {
            let lock = Arc::new(AsyncMutex::new(()));
            *entry = Arc::downgrade(&lock);
            lock
        })
    }
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
