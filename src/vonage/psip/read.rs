//! Reads one domain.

use std::sync::Arc;

use super::settling::{Settled, Settling};
use super::together::{Member, SharedList};
use super::{Domain, InvalidDomain, requests};
use crate::vonage::Client;
use crate::vonage::http::error::Error;
use crate::vonage::http::locator::Locator;
use crate::vonage::http::operation::Operation;
use crate::vonage::http::request::{InvalidPathSegment, Request};

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

impl Member for DomainName<'_> {
    const KEY: &'static str = "name";

    fn key(&self) -> &str {
        self.0
    }

    fn domain(&self) -> &str {
        self.0
    }

    fn list(&self) -> Result<Request, InvalidPathSegment> {
        Ok(requests::list())
    }

    fn shared_list(&self, client: &Client) -> Arc<SharedList<Domain>> {
        client.shared().domains.clone()
    }

    fn parse_row(&self, key: &str, row: &[u8]) -> Result<Domain, InvalidDomain> {
        Domain::from_row(row, key)
    }

    /// Whatever the order of the ACL: the API may give it in another one each time.
    fn same(one: &Domain, other: &Domain) -> bool {
        let ordered = |domain: &Domain| {
            let mut domain = domain.clone();
            domain.acl.sort_unstable();
            domain.name.make_ascii_lowercase();
            domain
        };
        ordered(one) == ordered(other)
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
        self.read_among_others(operation, &DomainName(name)).await
    }

    /// Reads a domain whose last write may not show everywhere yet: until it is shown `as_written`, or the write has
    /// settled.
    pub async fn read_settling_domain(
        &self,
        operation: &Operation,
        name: &str,
        settling: Settling,
        as_written: &(dyn Fn(&Domain) -> bool + Send + Sync),
    ) -> Result<Settled<Domain>, Error> {
        self.read_settling(operation, &DomainName(name), settling, as_written)
            .await
    }
}

#[cfg(test)]
mod tests;
