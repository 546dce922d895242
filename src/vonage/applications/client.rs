//! The client of the Application API: what its calls share.

use std::sync::Arc;

use crate::vonage::http::client::Client;
use crate::vonage::http::list_cache::ListCache;
use crate::vonage::http::recent_names::RecentNames;
use crate::vonage::http::write_locks::WriteLocks;

/// The Application API of one account.
pub(crate) struct Applications {
    pub(super) http: Arc<Client>,
    /// The list of the account's applications.
    pub(super) list: ListCache,
    /// By ID.
    pub(super) locks: WriteLocks,
    /// The IDs that this process made.
    pub(super) created: RecentNames,
}

impl Applications {
    pub(in crate::vonage) fn new(http: Arc<Client>) -> Self {
        Self {
            list: ListCache::default(),
            locks: WriteLocks::default(),
            created: RecentNames::new(http.timing.visible_within),
            http,
        }
    }
}
