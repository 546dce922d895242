//! The client of the Numbers API: what its calls share.

use std::sync::{Arc, Mutex};

use super::list::Snapshot;
use crate::vonage::http::client::Client;
use crate::vonage::http::rate_limit::RateLimit;
use crate::vonage::http::write_locks::WriteLocks;

/// Requests in a second; the host allows three (Vonage support, article 5667853760284).
pub(crate) const REQUESTS: f64 = 2.0;
/// Lists in a second; the host allows one.
const LISTS: f64 = 1.0;

/// The Numbers API of one account.
pub(crate) struct Numbers {
    pub(super) http: Client,
    pub(super) lists: RateLimit,
    /// Held by the one that requests the list; the others wait for what it brings.
    pub(super) fetching: tokio::sync::Mutex<()>,
    pub(super) latest: Mutex<Option<Arc<Snapshot>>>,
    /// By country and number.
    pub(super) locks: WriteLocks,
}

impl Numbers {
    pub(in crate::vonage) fn new(http: Client) -> Self {
        Self {
            http,
            lists: RateLimit::new(LISTS),
            fetching: tokio::sync::Mutex::default(),
            latest: Mutex::default(),
            locks: WriteLocks::default(),
        }
    }
}
