//! The client of the Programmable SIP API: what its calls share.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::vonage::http::client::Client;
use crate::vonage::http::error::Error;
use crate::vonage::http::list_cache::ListCache;
use crate::vonage::http::locator::Listed;
use crate::vonage::http::operation::Operation;
use crate::vonage::http::recent_names::RecentNames;
use crate::vonage::http::write_locks::WriteLocks;

/// The Programmable SIP API of one account.
pub(crate) struct Psip {
    pub(super) http: Arc<Client>,
    /// The list of the account's domains.
    pub(super) domains: ListCache,
    /// The lists of users, by domain.
    users: Mutex<HashMap<String, Arc<ListCache>>>,
    /// A write to a user locks its domain.
    pub(super) locks: WriteLocks,
    /// Domains by name, users by domain and key.
    pub(super) deleted: RecentNames,
    /// Domains by name.
    pub(super) created: RecentNames,
}

impl Psip {
    pub(in crate::vonage) fn new(http: Arc<Client>) -> Self {
        Self {
            domains: ListCache::default(),
            users: Mutex::default(),
            locks: WriteLocks::default(),
            deleted: RecentNames::new(http.timing.name_freed_within),
            created: RecentNames::new(http.timing.visible_within),
            http,
        }
    }

    /// The list of this domain's users. Lists that have become old in the meantime are forgotten.
    pub(super) fn users_of(&self, domain: &str) -> Arc<ListCache> {
        // Nothing can panic while the lock is held.
        let mut users = self.users.lock().unwrap_or_else(PoisonError::into_inner);
        let name = domain.to_ascii_lowercase();
        if !users.contains_key(&name) {
            users.retain(|_, list| Arc::strong_count(list) > 1 || list.is_in_use());
        }
        users.entry(name).or_default().clone()
    }

    /// Reads an object of this domain, from its list where many are read. `None` only when the API itself says twice that there
    /// is none; a proxy's 404, like every other trouble, is an error.
    pub(super) async fn read<L: Listed>(
        &self,
        operation: &Operation,
        locator: &L,
        domain: &str,
        list: &ListCache,
    ) -> Result<Option<L::Object>, Error> {
        let lock = (&self.locks, domain);
        self.http.read_cached(operation, locator, list, lock).await
    }
}

#[cfg(test)]
mod tests;
