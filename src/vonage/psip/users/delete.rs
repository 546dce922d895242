//! Deletes a user, and waits until it is gone, so that its key can be used again.

use super::{User, requests};
use crate::vonage::Client;
use crate::vonage::http::error::Error;
use crate::vonage::http::operation::Operation;
use crate::vonage::psip::Deleted;
use crate::vonage::psip::together::Write;
use crate::vonage::psip::visibility::Awaited;

impl Client {
    /// Deletes a user; that it was gone already, perhaps with its domain, is as good.
    pub async fn delete_user(&self, operation: &Operation, user: &User) -> Result<Deleted, Error> {
        let request = requests::delete(user)?;
        let turn = self
            .turn_to_write(operation, &user.domain, &request.name)
            .await?;
        let writing = self.shared().users.of(&user.domain).begin_write();
        let awaited = Awaited {
            member: user,
            write: Write::Delete,
            writing: &writing,
        };
        let seen = self.send_delete(operation, user, &request).await?;
        // Others of the domain need not wait until this one is gone for reads, too.
        drop(turn);
        let visibility = match seen {
            Some(visibility) => visibility,
            None => self.await_absence(operation, awaited).await,
        };
        self.shared().deleted.record(&user.full_name());
        Ok(Deleted {
            visibility,
            was_missing: seen.is_some(),
        })
    }
}

#[cfg(test)]
mod tests;
