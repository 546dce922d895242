//! Lets writes that are under way at the same time come together, so that one look serves them all.

use super::SharedList;
use crate::vonage::Client;
use crate::vonage::http::operation::Operation;

/// So many requests, which is what Terraform keeps in flight by default, are given the time to gather.
const WAVE: f64 = 10.0;

impl Client {
    /// Waits until all writes that are under way are ready to look, and as many as lately were under way at once, or
    /// have had the time for it: the host begins the next ones when it has seen others end.
    pub(super) async fn gather<T: Send>(&self, operation: &Operation, list: &SharedList<T>) {
        let limit = self.shared().rate_limit.time_for(WAVE);
        let pace = &self.shared().pace;
        let limit = limit.clamp(pace.gather_at_least, pace.gather_at_most);
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
