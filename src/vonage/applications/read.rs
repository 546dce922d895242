//! Reads one application.

use tokio::time::Instant;

use super::application::{AN_APPLICATION, ID};
use super::{Application, Applications, requests};
use crate::vonage::http::error::Error;
use crate::vonage::http::locator::{Listed, Locator};
use crate::vonage::http::object::InvalidObject;
use crate::vonage::http::operation::Operation;
use crate::vonage::http::request::{InvalidPathSegment, Request};
use crate::vonage::http::settling::{Settled, Settling};

/// The application with this ID.
pub(super) struct ApplicationLocator<'a>(pub(super) &'a str);

impl Locator for ApplicationLocator<'_> {
    type Object = Application;
    const EXPECTED: &'static str = AN_APPLICATION;

    fn request(&self) -> Result<Request, InvalidPathSegment> {
        requests::read(self.0)
    }

    fn parse(&self, body: &[u8]) -> Result<Application, InvalidObject> {
        Application::from_body(body, self.0)
    }
}

impl Listed for ApplicationLocator<'_> {
    const KEY: &'static str = ID;

    fn key(&self) -> &str {
        self.0
    }

    fn list(&self) -> Result<Request, InvalidPathSegment> {
        Ok(requests::list())
    }

    fn parse_row(&self, row: &[u8]) -> Result<Application, InvalidObject> {
        Application::from_body(row, self.0)
    }
}

impl Applications {
    /// Reads an application. `None` only when the API itself says twice that there is none; a proxy's 404, like every
    /// other trouble, is an error.
    pub(crate) async fn read(
        &self,
        operation: &Operation,
        id: &str,
    ) -> Result<Option<Application>, Error> {
        let locator = ApplicationLocator(id);
        let lock = (&self.locks, id);
        self.http
            .read_cached(operation, &locator, &self.list, lock)
            .await
    }

    /// Reads an application whose last write may not show everywhere yet: until it is shown `as_written`, or the write has
    /// settled.
    pub(crate) async fn read_settling(
        &self,
        operation: &Operation,
        id: &str,
        settling: Settling,
        as_written: &(dyn Fn(&Application) -> bool + Send + Sync),
    ) -> Result<Settled<Application>, Error> {
        let begun = Instant::now();
        let found = self.read(operation, id).await?;
        let locator = ApplicationLocator(id);
        self.http
            .until_settled(operation, &locator, begun, found, settling, as_written)
            .await
    }
}

#[cfg(test)]
mod tests;
