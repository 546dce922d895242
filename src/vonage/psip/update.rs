//! Updates a domain as a whole, without dropping what is not ours.

use super::Psip;
use super::read::DomainLocator;
use super::{Domain, requests};
use crate::vonage::Written;
use crate::vonage::http::error::Error;
use crate::vonage::http::operation::Operation;
use crate::vonage::http::update::{LeftAlone, UpdateError};

impl Psip {
    /// Sees that a domain of which nothing is to be sent is there, and unchanged.
    pub(crate) async fn check_domain(
        &self,
        operation: &Operation,
        name: &str,
        left_alone: &LeftAlone<'_, Domain>,
    ) -> Result<(), UpdateError<Domain>> {
        let locator = DomainLocator(name);
        let read = self.http.read_unchanged(operation, &locator, left_alone);
        read.await.map(drop)
    }

    /// Replaces a domain's managed fields, and waits until a read shows them. `same` tells a domain that equals
    /// the desired one.
    ///
    /// The domain is read first: a PUT of a name that does not exist might create it, and what the API holds
    /// beyond the managed fields goes back unchanged. Nothing is sent where somebody has changed what the plan leaves alone.
    pub(crate) async fn update_domain(
        &self,
        operation: &Operation,
        desired: &Domain,
        left_alone: &LeftAlone<'_, Domain>,
        same: &(dyn Fn(&Domain) -> bool + Send + Sync),
    ) -> Result<Written<Domain>, UpdateError<Domain>> {
        let locator = DomainLocator(&desired.name);
        let request = requests::update_name(&desired.name).map_err(Error::from)?;
        let _lock = self.locks.take(operation, &desired.name, &request).await?;
        let _pending = self.domains.begin_write();
        let fresh = self
            .http
            .read_unchanged(operation, &locator, left_alone)
            .await?;
        let sent = Domain {
            unmanaged: fresh.unmanaged,
            ..desired.clone()
        };
        let request = requests::update(&sent).map_err(Error::from)?;
        let answer = self.http.send_update(operation, &request).await?;
        // Whatever the body is, the status says that it was done, and the reads that follow show what.
        let object = sent
            .merged(answer.body.as_deref().unwrap_or_default())
            .unwrap_or(sent);
        Ok(self
            .http
            .await_written(operation, &locator, &self.domains, object, same)
            .await)
    }
}

#[cfg(test)]
mod tests;
