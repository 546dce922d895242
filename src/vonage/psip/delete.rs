//! Deletes a domain, and waits until it is gone, so that its name can be used again.

use tokio::time::Instant;

use super::requests;
use super::watch::Visibility;
use crate::vonage::Client;
use crate::vonage::error::Error;
use crate::vonage::operation::{Interrupted, Operation};

/// A domain that was deleted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Deleted {
    /// Whether reads show that it is gone.
    pub visibility: Visibility,
}

impl Client {
    /// Deletes a domain; that it was gone already is as good. With `cascade`, its users go with it.
    pub async fn delete_domain(
        &self,
        operation: &Operation,
        name: &str,
        cascade: bool,
    ) -> Result<Deleted, Error> {
        let request = requests::delete(name, cascade)?;
        let _turn = self.turn_to_write(operation, name, &request.name).await?;
        let settling = operation.within(self.shared().pace.visible_within);
        let begun = Instant::now();
        let mut refusals = 0;
        loop {
            let error = match self.exchange(operation, &request).await {
                Ok(_) => break,
                Err(error) if error.is_not_found() => error,
                Err(error) => return Err(error),
            };
            // The part of the API that answered may not know a new domain yet, so one more is asked.
            match self
                .get_domain(operation, name, &requests::read(name)?)
                .await
            {
                Ok(None) => return Ok(self.gone(name, Visibility::Confirmed)),
                Ok(Some(_)) => {}
                Err(Error::Cancelled { .. }) => {
                    return Ok(self.gone(name, Visibility::Cancelled));
                }
                Err(_) => {
                    let waited = begun.elapsed();
                    return Ok(self.gone(name, Visibility::NotYet { waited }));
                }
            }
            refusals += 1;
            match settling
                .sleep(self.shared().pace.before_look(refusals))
                .await
            {
                Ok(()) => {}
                Err(Interrupted::Cancelled | Interrupted::OutOfTime) => return Err(error),
            }
        }
        let visibility = self
            .await_visibility(operation, name, |seen| seen.is_none())
            .await;
        Ok(self.gone(name, visibility))
    }

    fn gone(&self, name: &str, visibility: Visibility) -> Deleted {
        self.shared().deleted.record(name);
        Deleted { visibility }
    }
}

#[cfg(test)]
mod tests;
