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
        let _pending = self.domains.begin_write();
        let seen = self.http.send_delete(operation, &domain, &request).await?;
        let visibility = match seen {
            None => {
                self.http
                    .await_absence(operation, &domain, &self.domains)
                    .await
            }
            Some(visibility) => visibility,
        };
        self.created.forget(name);
        self.deleted.record(name);
        Ok(Deleted {
            visibility,
            was_missing: seen.is_some(),
        })
    }
}

#[cfg(test)]
mod tests;
