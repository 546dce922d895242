//! Deletes a domain, and waits until it is gone, so that its name can be used again.

use super::Psip;
use super::read::DomainLocator;
use super::requests;
use crate::vonage::http::deletion::Deleted;
use crate::vonage::http::error::Error;
use crate::vonage::http::operation::Operation;

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
        let deleted = self
            .http
            .delete(operation, &domain, &request, &self.domains, None)
            .await?;
        self.created.forget(name);
        self.deleted.record(name);
        Ok(deleted)
    }
}

#[cfg(test)]
mod tests;
