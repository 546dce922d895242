//! The lists of users that are shared, one for each domain.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::SharedList;
use crate::vonage::psip::User;

/// By the domain's name in lower case.
#[derive(Debug, Default)]
pub(in crate::vonage) struct UserLists(Mutex<HashMap<String, Arc<SharedList<User>>>>);

impl UserLists {
    /// The list of this domain's users. Lists that have become old in the meantime are forgotten.
    pub(in crate::vonage) fn of(&self, domain: &str) -> Arc<SharedList<User>> {
        // Nothing can panic while the lock is held.
        let mut lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let name = domain.to_ascii_lowercase();
        if !lists.contains_key(&name) {
            lists.retain(|_, list| Arc::strong_count(list) > 1 || list.is_in_use());
        }
        lists.entry(name).or_default().clone()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn lists_are_shared_while_they_are_young_and_then_forgotten() {
        let lists = UserLists::default();
        let office = lists.of("office");
        assert!(office.goes_alone(Instant::now()));
        assert!(Arc::ptr_eq(&office, &lists.of("OFFICE")));
        drop(office);
        lists.of("other");
        assert_eq!(lists.0.lock().unwrap().len(), 2, "its reads still count");
        tokio::time::advance(Duration::from_secs(6)).await;
        lists.of("third");
        assert_eq!(lists.0.lock().unwrap().len(), 1);
    }
}
