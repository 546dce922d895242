//! Updates a domain as a whole, without dropping what is not ours.

use tokio::time::Instant;

use super::Psip;
use super::read::DomainLocator;
use super::{Domain, Written, requests};
use crate::vonage::http::error::Error;
use crate::vonage::http::operation::Operation;
use crate::vonage::http::settling::Settling;

/// Why a domain was not updated.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UpdateError {
    /// There is no such domain; nothing was sent that could have made one.
    #[error("there is no SIP domain named {name:?}")]
    NotFound {
        /// The name.
        name: String,
    },
    /// What the plan leaves alone is not as it was when the plan was made, so nothing was sent.
    #[error("the SIP domain {:?} was changed since the plan was made", .0.name)]
    Changed(Box<Domain>),
    /// The update failed; it may have been done if [`Error::may_have_taken_effect`].
    #[error(transparent)]
    Failed(#[from] Error),
}

/// What the plan of an update leaves alone, as it was when the plan was made.
pub(crate) struct LeftAlone<'a> {
    /// Tells a domain in which it still is.
    pub is_in: &'a (dyn Fn(&Domain) -> bool + Send + Sync),
    /// How long reads may show a domain in which it is not, or no domain, before that is believed.
    pub settling: Settling,
}

#[cfg(test)]
pub(super) const NOTHING_LEFT_ALONE: LeftAlone<'static> = LeftAlone {
    is_in: &|_| true,
    settling: Settling {
        missing: std::time::Duration::ZERO,
        different: std::time::Duration::ZERO,
    },
};

impl Psip {
    /// Sees that a domain of which nothing is to be sent is there, and unchanged.
    pub(crate) async fn check_domain(
        &self,
        operation: &Operation,
        name: &str,
        left_alone: &LeftAlone<'_>,
    ) -> Result<(), UpdateError> {
        let name = DomainLocator(name);
        let begun = Instant::now();
        let found = self.http.read(operation, &name).await?;
        self.unchanged(operation, &name, begun, found, left_alone)
            .await?;
        Ok(())
    }

    /// The domain as it is now, unless somebody changed what the plan leaves alone.
    async fn unchanged(
        &self,
        operation: &Operation,
        name: &DomainLocator<'_>,
        begun: Instant,
        found: Option<Domain>,
        left_alone: &LeftAlone<'_>,
    ) -> Result<Domain, UpdateError> {
        let LeftAlone { is_in, settling } = *left_alone;
        let fresh = self
            .http
            .until_settled(operation, name, begun, found, settling, is_in)
            .await?
            .found
            .ok_or_else(|| not_found(name.0))?;
        if is_in(&fresh) {
            Ok(fresh)
        } else {
            Err(UpdateError::Changed(Box::new(fresh)))
        }
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
        left_alone: &LeftAlone<'_>,
        same: &(dyn Fn(&Domain) -> bool + Send + Sync),
    ) -> Result<Written, UpdateError> {
        let name = &desired.name;
        let request = requests::update_name(name).map_err(Error::from)?;
        let _lock = self.locks.take(operation, name, &request).await?;
        let _pending = self.domains.begin_write();
        let begun = Instant::now();
        let found = self.http.read(operation, &DomainLocator(name)).await?;
        let fresh = self
            .unchanged(operation, &DomainLocator(name), begun, found, left_alone)
            .await?;
        let body = desired.to_json(&fresh.unmanaged);
        let request = requests::update(name, body).map_err(Error::from)?;
        let answer = match self.http.exchange(operation, &request).await {
            Ok(answer) => answer,
            Err(error) if error.is_not_found() => return Err(not_found(name)),
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
        let locator = DomainLocator(name);
        let shows = |seen: Option<&Domain>| seen.is_some_and(same);
        let visibility = self
            .http
            .await_write(operation, &locator, &self.domains, shows)
            .await;
        Ok(Written { domain, visibility })
    }
}

fn not_found(name: &str) -> UpdateError {
    UpdateError::NotFound {
        name: name.to_owned(),
    }
}

#[cfg(test)]
mod tests;
