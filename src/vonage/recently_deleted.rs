//! Remembers the domains that this process deleted a moment ago.
//!
//! The API is replicated: just after a delete, one of its parts may still take the name for used. A replacement
//! with the same name is then refused as a duplicate of what is gone, and only this memory tells that apart from
//! a real duplicate.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

#[derive(Debug)]
pub(super) struct RecentlyDeleted {
    window: Duration,
    /// By name in lower case; entries older than the window are dropped with each new one.
    deleted: Mutex<HashMap<String, Instant>>,
}

impl RecentlyDeleted {
    pub(super) fn new(window: Duration) -> Self {
        Self {
            window,
            deleted: Mutex::default(),
        }
    }

    pub(super) fn record(&self, name: &str) {
        let now = Instant::now();
        let mut deleted = self.deleted.lock().unwrap_or_else(PoisonError::into_inner);
        deleted.retain(|_, at| now.duration_since(*at) < self.window);
        deleted.insert(name.to_ascii_lowercase(), now);
    }

    /// Whether the name was deleted so recently that the API may not know it everywhere.
    pub(super) fn contains(&self, name: &str) -> bool {
        let deleted = self.deleted.lock().unwrap_or_else(PoisonError::into_inner);
        deleted
            .get(&name.to_ascii_lowercase())
            .is_some_and(|at| at.elapsed() < self.window)
    }

    /// The name is in use again.
    pub(super) fn forget(&self, name: &str) {
        let mut deleted = self.deleted.lock().unwrap_or_else(PoisonError::into_inner);
        deleted.remove(&name.to_ascii_lowercase());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_name_is_remembered_for_the_window_only() {
        let deleted = RecentlyDeleted::new(Duration::from_secs(30));
        deleted.record("Office");
        assert!(deleted.contains("office"));
        tokio::time::advance(Duration::from_secs(30)).await;
        assert!(!deleted.contains("office"));
        deleted.record("other");
        assert_eq!(deleted.deleted.lock().unwrap().len(), 1);
        deleted.forget("OTHER");
        assert!(!deleted.contains("other"));
    }
}
