//! Remembers which SIP domains this process has planned without digest authentication: their users cannot authenticate.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// By name in lower case. A user whose domain is planned later, or not at all, is not known to be shut out.
#[derive(Default)]
pub(super) struct PlannedDomains(Mutex<HashSet<String>>);

impl PlannedDomains {
    pub(super) fn plan(&self, name: &str, shuts_users_out: bool) {
        let name = name.to_ascii_lowercase();
        if shuts_users_out {
            self.names().insert(name);
        } else {
            self.names().remove(&name);
        }
    }

    pub(super) fn shuts_users_out(&self, name: &str) -> bool {
        self.names().contains(&name.to_ascii_lowercase())
    }

    fn names(&self) -> MutexGuard<'_, HashSet<String>> {
        // Nothing can panic while the lock is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
