//! Reads one domain.

use tokio::time::Instant;

use super::domain::A_DOMAIN;
use super::{Domain, Psip, requests};
use crate::vonage::http::error::Error;
use crate::vonage::http::locator::{Listed, Locator};
use crate::vonage::http::object::InvalidObject;
use crate::vonage::http::operation::Operation;
use crate::vonage::http::request::{InvalidPathSegment, Request};
use crate::vonage::http::settling::{Settled, Settling};

/// The domain of this name.
pub(super) struct DomainLocator<'a>(pub(super) &'a str);

impl Locator for DomainLocator<'_> {
    type Object = Domain;
    const EXPECTED: &'static str = A_DOMAIN;

    fn request(&self) -> Result<Request, InvalidPathSegment> {
        requests::read(self.0)
    }

    fn parse(&self, body: &[u8]) -> Result<Domain, InvalidObject> {
        Domain::from_body(body, self.0)
    }
}

impl Listed for DomainLocator<'_> {
    const KEY: &'static str = "name";

    fn key(&self) -> &str {
        self.0
    }

    fn list(&self) -> Result<Request, InvalidPathSegment> {
        Ok(requests::list())
    }

    fn parse_row(&self, row: &[u8]) -> Result<Domain, InvalidObject> {
        Domain::from_row(row, self.0)
    }
}

impl Psip {
    /// Reads a domain. `None` only when the API itself says twice that there is none; a proxy's 404, like every
    /// other trouble, is an error.
    pub(crate) async fn read_domain(
        &self,
        operation: &Operation,
        name: &str,
    ) -> Result<Option<Domain>, Error> {
        self.read(operation, &DomainLocator(name), name, &self.domains)
            .await
    }

    /// Reads a domain whose last write may not show everywhere yet: until it is shown `as_written`, or the write has
    /// settled.
    pub(crate) async fn read_settling_domain(
        &self,
        operation: &Operation,
        name: &str,
        settling: Settling,
        as_written: &(dyn Fn(&Domain) -> bool + Send + Sync),
    ) -> Result<Settled<Domain>, Error> {
        let begun = Instant::now();
        let found = self.read_domain(operation, name).await?;
        let locator = DomainLocator(name);
        self.http
            .until_settled(operation, &locator, begun, found, settling, as_written)
            .await
    }
}

#[cfg(test)]
mod tests;
