//! Lets writes that are under way at the same time come together, so that one look serves them all.

use std::time::Duration;

use super::SharedList;
use crate::vonage::Client;
use crate::vonage::operation::Operation;

/// The shortest time in which writes gather for one look, however fast requests may follow each other.
const AT_LEAST: Duration = Duration::from_secs(1);
/// The longest.
const AT_MOST: Duration = Duration::from_secs(5);
/// So many requests, which is what Terraform keeps in flight by default, are given the time to gather.
const WAVE: f64 = 10.0;

impl Client {
    /// Waits until all writes that are under way are ready to look, and as many as lately were under way at once, or
    /// have had the time for it: the host begins the next ones when it has seen others end.
    pub(super) async fn gather<T: Send>(&self, operation: &Operation, list: &SharedList<T>) {
        let limit = self.shared().rate_limit.time_for(WAVE);
        let limit = limit.clamp(AT_LEAST, AT_MOST);
        let gathering = async {
            loop {
                let gathered = list.gathered.notified();
                tokio::pin!(gathered);
                gathered.as_mut().enable();
                if list.all_are_looking() {
                    return;
                }
                gathered.await;
            }
        };
        // Whether all have come or the time is up: now somebody looks.
        let _ = operation.within(limit).bound(gathering).await;
        list.look_now();
    }
}
