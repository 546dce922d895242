//! Updates a domain as a whole, without dropping what is not ours.

use super::read::DomainName;
use super::together::Write;
use super::visibility::Awaited;
use super::{Domain, Written, requests};
use crate::vonage::Client;
use crate::vonage::error::Error;
use crate::vonage::operation::Operation;

/// Why a domain was not updated.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// There is no such domain; nothing was sent that could have made one.
    #[error("there is no SIP domain named {name:?}")]
    NotFound {
        /// The name.
        name: String,
    },
    /// The update failed; it may have been done if [`Error::may_have_taken_effect`].
    #[error(transparent)]
    Failed(#[from] Error),
}

impl Client {
    /// Replaces a domain's managed fields, and waits until a read shows them. `same` tells a domain that equals
    /// the desired one.
    ///
    /// The domain is read first: a PUT of a name that does not exist might create it, and what the API holds
    /// beyond the managed fields goes back unchanged.
    pub async fn update_domain(
        &self,
        operation: &Operation,
        desired: &Domain,
        same: &(dyn Fn(&Domain) -> bool + Send + Sync),
    ) -> Result<Written, UpdateError> {
        let name = &desired.name;
        let request = requests::update_name(name).map_err(Error::from)?;
        let _turn = self.turn_to_write(operation, name, &request).await?;
        let writing = self.shared().domains.begin_write();
        let not_found = || UpdateError::NotFound { name: name.clone() };
        let fresh = self
            .read_before_write(operation, &DomainName(name))
            .await?
            .ok_or_else(not_found)?;
        let body = desired.to_json(&fresh.unmanaged);
        let request = requests::update(name, body).map_err(Error::from)?;
        let answer = match self.exchange(operation, &request).await {
            Ok(answer) => answer,
            Err(error) if error.is_not_found() => return Err(not_found()),
            Err(error) => return Err(error.into()),
        };
        let sent = Domain {
            unmanaged: fresh.unmanaged,
            ..desired.clone()
        };
        // Whatever the body is, the status says that it was done, and the reads that follow show what.
        let domain = sent
            .merged(answer.body.as_deref().unwrap_or_default())
            .unwrap_or(sent);
        let awaited = Awaited {
            member: &DomainName(name),
            write: Write::Update,
            writing: &writing,
        };
        let shows = |seen: Option<&Domain>| seen.is_some_and(same);
        let visibility = self.await_visibility(operation, awaited, shows).await;
        Ok(Written { domain, visibility })
    }
}

#[cfg(test)]
mod tests;
