//! Reads one user, which is to see whether it is there.

use std::sync::Arc;

use super::{InvalidUser, User, requests};
use crate::vonage::Client;
use crate::vonage::http::error::Error;
use crate::vonage::http::locator::Locator;
use crate::vonage::http::operation::Operation;
use crate::vonage::http::request::{InvalidPathSegment, Request};
use crate::vonage::psip::settling::{Settled, Settling};
use crate::vonage::psip::together::{Member, SharedList};

impl Locator for User {
    type Object = User;
    type Invalid = InvalidUser;
    const EXPECTED: &'static str = "a user";

    fn request(&self) -> Result<Request, InvalidPathSegment> {
        requests::read(self)
    }

    fn parse(&self, body: &[u8]) -> Result<User, InvalidUser> {
        self.in_body(body)
    }
}

impl Member for User {
    const KEY: &'static str = "key";

    fn key(&self) -> &str {
        &self.key
    }

    fn domain(&self) -> &str {
        &self.domain
    }

    fn list(&self) -> Result<Request, InvalidPathSegment> {
        requests::list(&self.domain)
    }

    fn shared_list(&self, client: &Client) -> Arc<SharedList<User>> {
        client.shared().users.of(&self.domain)
    }

    fn parse_row(&self, key: &str, row: &[u8]) -> Result<User, InvalidUser> {
        let user = Self {
            domain: self.domain.clone(),
            key: key.to_owned(),
        };
        user.in_body(row)
    }

    fn same(one: &User, other: &User) -> bool {
        one == other
    }
}

impl Client {
    /// Reads a user. `None` only when the API itself says twice that there is no such user, or no such domain; a
    /// proxy's 404, like every other trouble, is an error.
    pub async fn read_user(
        &self,
        operation: &Operation,
        user: &User,
    ) -> Result<Option<User>, Error> {
        self.read_among_others(operation, user).await
    }

    /// Reads a user whose creation may not show everywhere yet.
    pub async fn read_settling_user(
        &self,
        operation: &Operation,
        user: &User,
        settling: Settling,
    ) -> Result<Settled<User>, Error> {
        self.read_settling(operation, user, settling, &|_| true)
            .await
    }
}

#[cfg(test)]
mod tests;
