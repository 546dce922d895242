//! Reads one domain.

use std::time::Duration;

use super::locator::Locator;
use super::{Domain, InvalidDomain, requests};
use crate::vonage::Client;
use crate::vonage::error::Error;
use crate::vonage::operation::Operation;
use crate::vonage::request::{InvalidPathSegment, Request};

/// The domain of this name.
pub(super) struct DomainName<'a>(pub(super) &'a str);

impl Locator for DomainName<'_> {
    type Object = Domain;
    type Invalid = InvalidDomain;
    const EXPECTED: &'static str = "a domain";

    fn request(&self) -> Result<Request, InvalidPathSegment> {
        requests::read(self.0)
    }

    fn parse(&self, body: &[u8]) -> Result<Domain, InvalidDomain> {
        Domain::from_body(body, self.0)
    }
}

impl Client {
    /// Reads a domain. `None` only when the API itself says twice that there is none; a proxy's 404, like every
    /// other trouble, is an error.
    pub async fn read_domain(
        &self,
        operation: &Operation,
        name: &str,
    ) -> Result<Option<Domain>, Error> {
        self.read(operation, &DomainName(name)).await
    }

    /// Reads a domain that was created a moment ago and that no read has shown yet: it is waited for, for at most
    /// `within`, before it is taken for gone.
    pub async fn read_new_domain(
        &self,
        operation: &Operation,
        name: &str,
        within: Duration,
    ) -> Result<Option<Domain>, Error> {
        self.read_new(operation, &DomainName(name), within).await
    }
}

#[cfg(test)]
mod tests;
