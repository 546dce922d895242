//! The client of the Numbers API: what its calls share.

use std::sync::{Arc, Mutex};

use tokio::time::Instant;

use super::list::{Effort, Snapshot};
use crate::vonage::http::client::Client;
use crate::vonage::http::write_locks::WriteLocks;

/// Updates in a second. The host allows three requests, of which one may be a list (Vonage support, article 5667853760284). Both
/// rates are a little lower: what arrives a moment early is one too many.
pub(in crate::vonage) const UPDATES: f64 = 1.9;
/// Lists in a second.
pub(in crate::vonage) const LISTS: f64 = 0.95;

/// The Numbers API of one account.
pub(crate) struct Numbers {
    /// For updates.
    pub(super) http: Client,
    /// For lists, which have a rate limit of their own.
    pub(super) lists: Client,
    /// When this client was made: not long after a plan by another process, perhaps.
    pub(super) begun: Instant,
    /// Held by the one that requests the list; the others wait for what it brings.
    pub(super) effort: tokio::sync::Mutex<Effort>,
    pub(super) latest: Mutex<Option<Arc<Snapshot>>>,
    /// By country and number.
    pub(super) locks: WriteLocks,
}

impl Numbers {
    pub(in crate::vonage) fn new(http: Client, lists: Client) -> Self {
        Self {
            http,
            lists,
            begun: Instant::now(),
            effort: tokio::sync::Mutex::default(),
            latest: Mutex::default(),
            locks: WriteLocks::default(),
        }
    }
}
