//! Remembers what this process created or deleted a moment ago.
//!
//! The API is replicated: just after a write, one of its parts may still be as it was before. A replacement with the
//! same name is then refused as a duplicate of what is gone, or a user is refused for want of a domain that is there,
//! and only this memory tells that apart from a real duplicate or a domain that does not exist.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Names of one kind of write.
#[derive(Debug)]
pub(crate) struct RecentNames {
    window: Duration,
    /// By name in lower case; entries older than the window are dropped with each new one.
    names: Mutex<HashMap<String, Instant>>,
}

impl RecentNames {
    pub(crate) fn new(window: Duration) -> Self {
        Self {
            window,
            names: Mutex::default(),
        }
    }

    pub(crate) fn record(&self, name: &str) {
        let now = Instant::now();
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        names.retain(|_, at| now.duration_since(*at) < self.window);
        names.insert(name.to_ascii_lowercase(), now);
    }

    /// Whether it was written so recently that the API may not know it everywhere.
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.last(name).is_some()
    }

    /// When it was last written, if that was a moment ago.
    pub(crate) fn last(&self, name: &str) -> Option<Instant> {
        let names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let at = names.get(&name.to_ascii_lowercase()).copied();
        at.filter(|at| at.elapsed() < self.window)
    }

    /// What was written has been undone.
    pub(crate) fn forget(&self, name: &str) {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        names.remove(&name.to_ascii_lowercase());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_name_is_remembered_for_the_window_only() {
        let deleted = RecentNames::new(Duration::from_secs(30));
        deleted.record("Office");
        deleted.record("home");
        assert!(deleted.contains("office"));
        tokio::time::advance(Duration::from_secs(30)).await;
        assert!(!deleted.contains("office"));
        deleted.record("other");
        assert_eq!(deleted.names.lock().unwrap().len(), 1);
        deleted.forget("OTHER");
        assert!(!deleted.contains("other"));
    }
}
