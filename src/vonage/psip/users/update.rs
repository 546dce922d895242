//! Gives a user another secret.

use secrecy::SecretString;

use super::{User, requests};
use crate::vonage::http::error::Error;
use crate::vonage::http::operation::Operation;
use crate::vonage::http::settling::Settling;
use crate::vonage::http::update::{LeftAlone, UpdateError};
use crate::vonage::psip::Psip;

impl Psip {
    /// Sees that a user of which nothing is to be sent is there.
    pub(crate) async fn check_user(
        &self,
        operation: &Operation,
        user: &User,
        settling: Settling,
    ) -> Result<(), UpdateError<User>> {
        let read = self.read_settling_user(operation, user, settling).await?;
        read.found.map(drop).ok_or(UpdateError::NotFound)
    }

    /// Replaces a user's secret. There is nothing to await afterwards: no read shows a secret.
    ///
    /// The user is read first: a PUT of a key that does not exist might create it.
    pub(crate) async fn update_user(
        &self,
        operation: &Operation,
        user: &User,
        secret: &SecretString,
        settling: Settling,
    ) -> Result<(), UpdateError<User>> {
        let request = requests::update(user, secret).map_err(Error::from)?;
        let _lock = self
            .locks
            .take(operation, &user.domain, &request.name)
            .await?;
        let is_in = &|_: &User| true;
        let left_alone = LeftAlone { is_in, settling };
        self.http
            .read_unchanged(operation, user, &left_alone)
            .await?;
        self.http.send_update(operation, &request).await.map(drop)
    }
}

#[cfg(test)]
mod tests;
