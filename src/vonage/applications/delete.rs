//! Deletes an application, and waits until it is gone.

use super::read::ApplicationLocator;
use super::{Applications, requests};
use crate::vonage::http::deletion::Deleted;
use crate::vonage::http::error::Error;
use crate::vonage::http::operation::Operation;

impl Applications {
    /// Deletes an application; that it was gone already is as good.
    pub(crate) async fn delete(&self, operation: &Operation, id: &str) -> Result<Deleted, Error> {
        let request = requests::delete(id)?;
        let locator = ApplicationLocator(id);
        let _lock = self.locks.take(operation, id, &request.name).await?;
        self.http
            .delete(operation, &locator, &request, &self.list, None)
            .await
    }
}

#[cfg(test)]
mod tests;
