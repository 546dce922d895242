//! Reads one user, which is to see whether it is there.

use tokio::time::Instant;

use super::{User, requests};
use crate::vonage::http::error::Error;
use crate::vonage::http::locator::{Listed, Locator};
use crate::vonage::http::object::InvalidObject;
use crate::vonage::http::operation::Operation;
use crate::vonage::http::request::{InvalidPathSegment, Request};
use crate::vonage::http::settling::{Settled, Settling};
use crate::vonage::psip::Psip;

impl Locator for User {
    type Object = User;
    const EXPECTED: &'static str = "a user";

    fn request(&self) -> Result<Request, InvalidPathSegment> {
        requests::read(self)
    }

    fn parse(&self, body: &[u8]) -> Result<User, InvalidObject> {
        self.in_body(body)
    }
}

impl Listed for User {
    const KEY: &'static str = "key";

    fn key(&self) -> &str {
        &self.key
    }

    fn list(&self) -> Result<Request, InvalidPathSegment> {
        requests::list(&self.domain)
    }

    fn parse_row(&self, row: &[u8]) -> Result<User, InvalidObject> {
        self.in_body(row)
    }
}

impl Psip {
    /// Reads a user. `None` only when the API itself says twice that there is no such user, or no such domain; a
    /// proxy's 404, like every other trouble, is an error.
    pub(crate) async fn read_user(
        &self,
        operation: &Operation,
        user: &User,
    ) -> Result<Option<User>, Error> {
        let list = self.users_of(&user.domain);
        self.read(operation, user, &user.domain, &list).await
    }

    /// Reads a user whose creation may not show everywhere yet.
    pub(crate) async fn read_settling_user(
        &self,
        operation: &Operation,
        user: &User,
        settling: Settling,
    ) -> Result<Settled<User>, Error> {
        let begun = Instant::now();
        let found = self.read_user(operation, user).await?;
        self.http
            .until_settled(operation, user, begun, found, settling, &|_| true)
            .await
    }
}

#[cfg(test)]
mod tests;
