//! The client of the Numbers API: what its calls share.

use std::sync::{Arc, Mutex};

use super::list::Snapshot;
use crate::vonage::http::client::Client;
use crate::vonage::http::write_locks::WriteLocks;

/// Updates in a second; the host allows three requests, of which one may be a list (Vonage support, article 5667853760284).
pub(in crate::vonage) const UPDATES: f64 = 2.0;
/// Lists in a second: a little less than the one that the host allows, for one that arrives a moment early is one too many.
pub(in crate::vonage) const LISTS: f64 = 0.95;

/// The Numbers API of one account.
pub(crate) struct Numbers {
    /// For updates.
    pub(super) http: Client,
    /// For lists, which have a rate limit of their own.
    pub(super) lists: Client,
    /// Held by the one that requests the list; the others wait for what it brings.
    pub(super) fetching: tokio::sync::Mutex<()>,
    pub(super) latest: Mutex<Option<Arc<Snapshot>>>,
    /// By country and number.
    pub(super) locks: WriteLocks,
}

impl Numbers {
    pub(in crate::vonage) fn new(http: Client, lists: Client) -> Self {
        Self {
            http,
            lists,
            fetching: tokio::sync::Mutex::default(),
            latest: Mutex::default(),
            locks: WriteLocks::default(),
        }
    }
}
