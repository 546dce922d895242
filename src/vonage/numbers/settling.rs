//! Looks at a number again, when a list may still show what was before the last write.

use std::time::Duration;

use tokio::time::Instant;

use super::client::LISTS;
use super::{Number, NumberKey, Numbers, requests};
use crate::vonage::http::error::Error;
use crate::vonage::http::exchange::unsent;
use crate::vonage::http::operation::{Interrupted, Operation};
use crate::vonage::http::settling::Settled;

/// Tells some numbers from the others.
pub(super) type Test<'a> = &'a (dyn Fn(&Number) -> bool + Send + Sync);

impl Numbers {
    /// Reads a number until a list shows it `as_written`, or for so long as it may be shown as it was before.
    pub(crate) async fn read_settling(
        &self,
        operation: &Operation,
        key: &NumberKey,
        settling: Duration,
        as_written: Test<'_>,
    ) -> Result<Settled<Number>, Error> {
        let begun = Instant::now();
        let found = self.read(operation, key).await?;
        self.until_settled(operation, key, (begun, settling), found, as_written)
            .await
    }

    /// The same before a write: by lists that are requested from now on. `None` only when it is missing twice.
    pub(super) async fn look_settling(
        &self,
        operation: &Operation,
        key: &NumberKey,
        settling: Duration,
        as_expected: Test<'_>,
    ) -> Result<Option<Number>, Error> {
        // The plan was made by another process, which may have listed a moment ago.
        let earliest = self.begun + Duration::from_secs(1).div_f64(LISTS);
        let wait = earliest.saturating_duration_since(Instant::now());
        let name = requests::list(1).name;
        let waited = operation.sleep(wait).await;
        waited.map_err(|reason| unsent(reason, &name, operation))?;
        let begun = Instant::now();
        let found = self.read_anew(operation, key).await?;
        let settled = self
            .until_settled(operation, key, (begun, settling), found, as_expected)
            .await?;
        Ok(settled.found)
    }

    async fn until_settled(
        &self,
        operation: &Operation,
        key: &NumberKey,
        (begun, settling): (Instant, Duration),
        mut found: Option<Number>,
        as_expected: Test<'_>,
    ) -> Result<Settled<Number>, Error> {
        let doubted = Instant::now();
        let looking = operation.within(settling.saturating_sub(begun.elapsed()));
        let mut look = 1;
        while found.as_ref().is_some_and(|found| !as_expected(found)) {
            let wait = self.lists.timing.before_poll(look);
            match looking.sleep(wait).await {
                Ok(()) => {}
                Err(Interrupted::OutOfTime) => break,
                Err(Interrupted::Cancelled) => {
                    let name = requests::list(1).name;
                    return Err(unsent(Interrupted::Cancelled, &name, operation));
                }
            }
            look += 1;
            // One that fails shows nothing new.
            if let Ok(Some(number)) = self.look(&looking, key).await {
                found = Some(number);
            }
        }
        let waited = if look == 1 {
            Duration::ZERO
        } else {
            doubted.elapsed()
        };
        Ok(Settled { found, waited })
    }
}
