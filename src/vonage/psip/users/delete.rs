//! Deletes a user, and waits until it is gone, so that its key can be used again.

use super::{User, requests};
use crate::vonage::http::deletion::Deleted;
use crate::vonage::http::error::Error;
use crate::vonage::http::operation::Operation;
use crate::vonage::psip::Psip;

impl Psip {
    /// Deletes a user; that it was gone already, perhaps with its domain, is as good.
    pub(crate) async fn delete_user(
        &self,
        operation: &Operation,
        user: &User,
    ) -> Result<Deleted, Error> {
        let request = requests::delete(user)?;
        let lock = self
            .locks
            .take(operation, &user.domain, &request.name)
            .await?;
        let list = self.users_of(&user.domain);
        // Others of the domain need not wait until this one is gone for reads, too.
        let deleted = self
            .http
            .delete(operation, user, &request, &list, Some(lock))
            .await?;
        self.deleted.record(&user.full_name());
        Ok(deleted)
    }
}

#[cfg(test)]
mod tests;
