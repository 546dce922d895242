//! Deletes an object, and waits until reads show that it is gone.

use tokio::time::Instant;

use super::client::Client;
use super::error::Error;
use super::list_cache::ListCache;
use super::locator::{Listed, Locator};
use super::operation::{Interrupted, Operation};
use super::polling::Visibility;
use super::request::Request;
use super::write_locks::WriteLock;

/// An object that was deleted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Deleted {
    /// Whether reads show that it is gone.
    pub visibility: Visibility,
    /// Whether the API answered the request with "not found".
    pub was_missing: bool,
}

impl Client {
    /// Deletes an object, and waits until reads show that it is gone. The lock is given up once the delete is answered; whoever
    /// needs one for longer holds it.
    pub(crate) async fn delete<L: Listed>(
        &self,
        operation: &Operation,
        locator: &L,
        request: &Request,
        list: &ListCache,
        lock: Option<WriteLock<'_>>,
    ) -> Result<Deleted, Error> {
        let _pending = list.begin_write();
        let seen = self.send_delete(operation, locator, request).await?;
        drop(lock);
        let visibility = match seen {
            None => self.await_absence(operation, locator, list).await,
            Some(visibility) => visibility,
        };
        Ok(Deleted {
            visibility,
            was_missing: seen.is_some(),
        })
    }

    /// Sends a delete until it is accepted. `Some` where it has been read already, because the API said that
    /// there was nothing to delete.
    async fn send_delete<L: Locator>(
        &self,
        operation: &Operation,
        locator: &L,
        request: &Request,
    ) -> Result<Option<Visibility>, Error> {
        let settling = operation.within(self.timing.visible_within);
        let begun = Instant::now();
        let mut refusals = 0;
        loop {
            let error = match self.exchange(operation, request).await {
                Ok(_) => return Ok(None),
                Err(error) if error.is_not_found() => error,
                Err(error) => return Err(error),
            };
            // The part of the API that answered may not know a new object yet, so one more is asked.
            match self.get(operation, locator, &locator.request()?).await {
                Ok(None) => return Ok(Some(Visibility::Confirmed)),
                Ok(Some(_)) => {}
                Err(Error::Cancelled { .. }) => return Ok(Some(Visibility::Cancelled)),
                Err(_) => {
                    let waited = begun.elapsed();
                    return Ok(Some(Visibility::NotYet { waited }));
                }
            }
            refusals += 1;
            match settling.sleep(self.timing.before_poll(refusals)).await {
                Ok(()) => {}
                Err(Interrupted::Cancelled | Interrupted::OutOfTime) => return Err(error),
            }
        }
    }

    /// Waits until reads show no such object any more.
    pub(crate) async fn await_absence<L: Listed>(
        &self,
        operation: &Operation,
        locator: &L,
        list: &ListCache,
    ) -> Visibility {
        let is_gone = |seen: Option<&L::Object>| seen.is_none();
        self.await_write(operation, locator, list, is_gone).await
    }
}
