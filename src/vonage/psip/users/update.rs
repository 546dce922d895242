//! Gives a user another secret.

use secrecy::SecretString;
use tokio::time::Instant;

use super::{User, requests};
use crate::vonage::http::error::Error;
use crate::vonage::http::operation::Operation;
use crate::vonage::http::settling::Settling;
use crate::vonage::psip::Psip;

/// Why a user was not updated.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UpdateUserError {
    /// There is no such user; nothing was sent that could have made one.
    #[error("there is no user {:?} of the SIP domain {:?}", .0.key, .0.domain)]
    NotFound(User),
    /// The update failed; it may have been done if [`Error::may_have_taken_effect`].
    #[error(transparent)]
    Failed(#[from] Error),
}

impl Psip {
    /// Sees that a user of which nothing is to be sent is there.
    pub(crate) async fn check_user(
        &self,
        operation: &Operation,
        user: &User,
        settling: Settling,
    ) -> Result<(), UpdateUserError> {
        let read = self.read_settling_user(operation, user, settling).await?;
        match read.found {
            Some(_) => Ok(()),
            None => Err(UpdateUserError::NotFound(user.clone())),
        }
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
    ) -> Result<(), UpdateUserError> {
        let request = requests::update(user, secret).map_err(Error::from)?;
        let _lock = self
            .locks
            .take(operation, &user.domain, &request.name)
            .await?;
        let not_found = || UpdateUserError::NotFound(user.clone());
        let begun = Instant::now();
        let found = self.http.read(operation, user).await?;
        self.http
            .until_settled(operation, user, begun, found, settling, &|_| true)
            .await?
            .found
            .ok_or_else(not_found)?;
        match self.http.exchange(operation, &request).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_not_found() => Err(not_found()),
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests;
