//! Remembers which objects this process plans to create and to destroy: where one name is planned for both, it has two
//! addresses, and the create fails as long as the old object is there.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// By kind and ID, in lower case: the API's names know no case.
#[derive(Default)]
pub(super) struct PlannedNames(Mutex<HashMap<String, Planned>>);

#[derive(Clone, Copy, Default)]
struct Planned {
    created: bool,
    destroyed: bool,
}

impl PlannedNames {
    /// A create is planned; whether a destroy of the same name is, too.
    pub(super) fn plan_create(&self, id: &str) -> bool {
        let mut names = self.names();
        let planned = names.entry(id.to_ascii_lowercase()).or_default();
        planned.created = true;
        planned.destroyed
    }

    /// A destroy is planned, or begun; whether a create of the same name is planned, too.
    pub(super) fn plan_destroy(&self, id: &str) -> bool {
        let mut names = self.names();
        let planned = names.entry(id.to_ascii_lowercase()).or_default();
        planned.destroyed = true;
        planned.created
    }

    /// Whether a destroy is planned, or begun.
    pub(super) fn is_to_be_destroyed(&self, id: &str) -> bool {
        self.names()
            .get(&id.to_ascii_lowercase())
            .is_some_and(|planned| planned.destroyed)
    }

    /// The object exists and stays, or what was planned for it is done.
    pub(super) fn forget(&self, id: &str) {
        self.names().remove(&id.to_ascii_lowercase());
    }

    fn names(&self) -> MutexGuard<'_, HashMap<String, Planned>> {
        // Nothing can panic while the lock is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_planned_twice_is_noticed_in_either_order() {
        let names = PlannedNames::default();
        assert!(!names.plan_create("office"));
        assert!(names.plan_destroy("Office"));
        assert!(names.plan_create("office"));
        assert!(!names.plan_destroy("branch"));
        assert!(names.is_to_be_destroyed("Branch"));
    }

    #[test]
    fn what_is_done_is_forgotten() {
        let names = PlannedNames::default();
        names.plan_create("office");
        names.forget("Office");
        assert!(!names.plan_destroy("office"));
        names.forget("office");
        assert!(!names.is_to_be_destroyed("office"));
        assert!(!names.plan_create("office"));
    }
}
