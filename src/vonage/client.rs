//! The client: the way to the API, and what must be known from one call to the next.

use super::answer::Answer;
use super::error::{Error, Tries};
use super::exchange::Exchange;
use super::operation::{Interrupted, Operation};
use super::pace::Pace;
use super::recently_deleted::RecentlyDeleted;
use super::request::{Request, RequestName};
use super::settings::Settings;
use super::turns::{Turn, Turns};

/// A client of one account. Costs next to nothing until the first request.
pub struct Client {
    exchange: Exchange,
    pub(super) turns: Turns,
    pub(super) deleted: RecentlyDeleted,
    pub(super) pace: Pace,
}

impl Client {
    /// A client with these settings, which names itself so to the API.
    pub fn new(settings: &Settings, user_agent: &str) -> Self {
        Self::with_pace(settings, user_agent, Pace::default())
    }

    pub(super) fn with_pace(settings: &Settings, user_agent: &str, pace: Pace) -> Self {
        Self {
            exchange: Exchange::new(settings, user_agent),
            turns: Turns::default(),
            deleted: RecentlyDeleted::new(pace.name_freed_within),
            pace,
        }
    }

    pub(super) async fn send(
        &self,
        operation: &Operation,
        request: &Request,
    ) -> Result<Answer, Error> {
        self.exchange.send(operation, request, &self.pace).await
    }

    /// The error of a 2xx answer that is not what was expected.
    pub(super) fn unexpected(
        &self,
        request: &Request,
        answer: &Answer,
        expected: &'static str,
        problem: String,
    ) -> Error {
        let body = answer.body.as_ref().map(AsRef::as_ref).unwrap_or_default();
        Error::UnexpectedBody {
            request: request.name.clone(),
            status: answer.status,
            expected,
            problem,
            excerpt: self.exchange.excerpt(body),
        }
    }

    /// Waits until no other write to this domain is under way; `request` is what waits.
    pub(super) async fn turn(
        &self,
        operation: &Operation,
        name: &str,
        request: &RequestName,
    ) -> Result<Turn, Error> {
        self.turns.take(name, operation).await.map_err(|reason| {
            let (request, tries) = (request.clone(), Tries::default());
            match reason {
                Interrupted::Cancelled => Error::Cancelled {
                    request,
                    tries,
                    source: None,
                },
                Interrupted::OutOfTime => Error::OutOfTime {
                    request,
                    tries,
                    wait: self.pace.first_look,
                    left: operation.remaining(),
                    source: None,
                },
            }
        })
    }
}
