//! How one object of the API is read, whatever it is, and that its absence is not believed too soon.

use std::future::Future;

use super::client::Client;
use super::error::Error;
use super::exchange::unsent;
use super::object::InvalidObject;
use super::operation::Operation;
use super::request::{InvalidPathSegment, Request};

/// Where an object is, and what an answer from there should be.
pub(crate) trait Locator: Sync {
    type Object: Send;
    /// Names the object in messages, for example `a domain`.
    const EXPECTED: &'static str;

    fn request(&self) -> Result<Request, InvalidPathSegment>;

    /// Reads a body that should hold this very object.
    fn parse(&self, body: &[u8]) -> Result<Self::Object, InvalidObject>;
}

/// An object that a list shows, too.
pub(crate) trait Listed: Locator {
    /// The field that tells the rows of the list apart.
    const KEY: &'static str;

    /// The value of that field.
    fn key(&self) -> &str;

    /// The request for the list.
    fn list(&self) -> Result<Request, InvalidPathSegment>;

    /// Reads this object's row.
    fn parse_row(&self, row: &[u8]) -> Result<Self::Object, InvalidObject>;
}

impl Client {
    /// Reads an object. `None` only when the API itself says twice that there is none; a proxy's 404, like every
    /// other trouble, is an error.
    pub(crate) async fn read<L: Locator>(
        &self,
        operation: &Operation,
        locator: &L,
    ) -> Result<Option<L::Object>, Error> {
        let request = locator.request()?;
        self.ask_twice(operation, &request, Option::is_none, || {
            self.get(operation, locator, &request)
        })
        .await
    }

    /// One GET with its retries; `None` for this API's own 404.
    pub(crate) async fn get<L: Locator>(
        &self,
        operation: &Operation,
        locator: &L,
        request: &Request,
    ) -> Result<Option<L::Object>, Error> {
        let answer = match self.exchange(operation, request).await {
            Ok(answer) => answer,
            Err(error) if error.is_not_found() => return Ok(None),
            Err(error) => return Err(error),
        };
        let body = answer.body.as_deref().unwrap_or_default();
        locator
            .parse(body)
            .map(Some)
            .map_err(|problem| self.unexpected_body(request, &answer, L::EXPECTED, &problem))
    }

    /// Asks a second time where the first answer has nothing: the part of the API that gave it may not know yet what
    /// another one has stored.
    pub(crate) async fn ask_twice<T, Asking>(
        &self,
        operation: &Operation,
        request: &Request,
        has_nothing: impl Fn(&T) -> bool,
        ask: impl Fn() -> Asking,
    ) -> Result<T, Error>
    where
        Asking: Future<Output = Result<T, Error>>,
    {
        let found = ask().await?;
        if !has_nothing(&found) {
            return Ok(found);
        }
        operation
            .sleep(self.timing.before_second_read)
            .await
            .map_err(|reason| unsent(reason, &request.name, operation))?;
        let confirmed = ask().await?;
        if has_nothing(&confirmed) {
            let path = request.name.path.as_str();
            tracing::warn!(path, "the API answered twice that there is nothing");
        }
        Ok(confirmed)
    }
}
