//! Deletes an object, and waits until it is gone, so that its name can be used again.

use tokio::time::Instant;

use super::Psip;
use super::read::DomainLocator;
use super::requests;
use crate::vonage::http::error::Error;
use crate::vonage::http::list_cache::ListCache;
use crate::vonage::http::locator::{Listed, Locator};
use crate::vonage::http::operation::{Interrupted, Operation};
use crate::vonage::http::polling::Visibility;
use crate::vonage::http::request::Request;

/// An object that was deleted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Deleted {
    /// Whether reads show that it is gone.
    pub visibility: Visibility,
    /// Whether the API answered the request with "not found".
    pub was_missing: bool,
}

impl Psip {
    /// Deletes a domain; that it was gone already is as good. With `cascade`, its users go with it.
    pub(crate) async fn delete_domain(
        &self,
        operation: &Operation,
        name: &str,
        cascade: bool,
    ) -> Result<Deleted, Error> {
        let request = requests::delete(name, cascade)?;
        let domain = DomainLocator(name);
        let _lock = self.locks.take(operation, name, &request.name).await?;
        let _pending = self.domains.begin_write();
        let seen = self.send_delete(operation, &domain, &request).await?;
        let visibility = match seen {
            None => self.await_absence(operation, &domain, &self.domains).await,
            Some(visibility) => visibility,
        };
        self.created.forget(name);
        self.deleted.record(name);
        Ok(Deleted {
            visibility,
            was_missing: seen.is_some(),
        })
    }

    /// Waits until reads show no such object any more.
    pub(super) async fn await_absence<L: Listed>(
        &self,
        operation: &Operation,
        locator: &L,
        list: &ListCache,
    ) -> Visibility {
        let is_gone = |seen: Option<&L::Object>| seen.is_none();
        self.http
            .await_write(operation, locator, list, is_gone)
            .await
    }

    /// Sends a delete until it is accepted. `Some` where it has been read already, because the API said that
    /// there was nothing to delete.
    pub(super) async fn send_delete<L: Locator>(
        &self,
        operation: &Operation,
        locator: &L,
        request: &Request,
    ) -> Result<Option<Visibility>, Error> {
        let settling = operation.within(self.http.timing().visible_within);
        let begun = Instant::now();
        let mut refusals = 0;
        loop {
            let error = match self.http.exchange(operation, request).await {
                Ok(_) => return Ok(None),
                Err(error) if error.is_not_found() => error,
                Err(error) => return Err(error),
            };
            // The part of the API that answered may not know a new object yet, so one more is asked.
            match self.http.get(operation, locator, &locator.request()?).await {
                Ok(None) => return Ok(Some(Visibility::Confirmed)),
                Ok(Some(_)) => {}
                Err(Error::Cancelled { .. }) => return Ok(Some(Visibility::Cancelled)),
                Err(_) => {
                    let waited = begun.elapsed();
                    return Ok(Some(Visibility::NotYet { waited }));
                }
            }
            refusals += 1;
            match settling
                .sleep(self.http.timing().before_poll(refusals))
                .await
            {
                Ok(()) => {}
                Err(Interrupted::Cancelled | Interrupted::OutOfTime) => return Err(error),
            }
        }
    }
}

#[cfg(test)]
mod tests;
