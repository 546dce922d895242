//! Sends the calls to a number somewhere else: all that it has is read first and sent back, and a list then shows the outcome.

use std::time::Duration;

use tokio::time::Instant;

use super::outcome::{Outcome, outcome};
use super::settling::Test;
use super::{Number, NumberKey, Numbers, Target, requests};
use crate::vonage::http::error::Error;
use crate::vonage::http::operation::Operation;
use crate::vonage::http::polling::Visibility;

/// Why the calls to a number do not go where they should.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LinkError {
    /// The account does not own it.
    #[error("the account does not own this number")]
    NotOwned,
    /// They go somewhere else, which is left alone.
    #[error("the number leads somewhere else")]
    Elsewhere(Box<Number>),
    /// The request failed, and it may have been done all the same.
    #[error(transparent)]
    Unclear(Error),
    /// The request failed.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// What is to become of a number.
pub(crate) struct Change<'a> {
    /// Where its calls are to go; `None` for nowhere.
    pub target: Option<&'a Target>,
    /// Tells a number whose calls go there, however that is spelled.
    pub is_there: Test<'a>,
    /// Tells a number that may be changed. Others are left alone.
    pub allowed: Test<'a>,
    /// How long lists may show a number that may not be changed before that is believed.
    pub settling: Duration,
}

/// A number after a change.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Linked {
    /// As the last list showed it.
    pub number: Number,
    pub visibility: Visibility,
}

impl Numbers {
    /// Sees that the calls to a number of which nothing is to be sent still go where they went.
    pub(crate) async fn check(
        &self,
        operation: &Operation,
        key: &NumberKey,
        settling: Duration,
        is_there: Test<'_>,
    ) -> Result<(), LinkError> {
        let found = self
            .look_settling(operation, key, settling, is_there)
            .await?;
        match found {
            None => Err(LinkError::NotOwned),
            Some(number) if is_there(&number) => Ok(()),
            Some(number) => Err(LinkError::Elsewhere(Box::new(number))),
        }
    }

    /// Sends the calls to a number somewhere else, and waits until a list shows it.
    pub(crate) async fn lead(
        &self,
        operation: &Operation,
        key: &NumberKey,
        change: &Change<'_>,
    ) -> Result<Linked, LinkError> {
        let name = requests::update_name();
        let _lock = self.locks.take(operation, &key.to_string(), &name).await?;
        let may_change = |number: &Number| {
            let is_known = !matches!(number.target(), Some(Target::Unknown(_)));
            is_known && (change.allowed)(number)
        };
        let found = self
            .look_settling(operation, key, change.settling, &may_change)
            .await?;
        let number = found.ok_or(LinkError::NotOwned)?;
        if !may_change(&number) {
            return Err(LinkError::Elsewhere(Box::new(number)));
        }
        if (change.is_there)(&number) {
            let visibility = Visibility::Confirmed;
            return Ok(Linked { number, visibility });
        }
        let failure = self.send(operation, &number, change.target).await.err();
        let expected = number.target_after(change.target);
        let is_there = |seen: &Number| (change.is_there)(seen) || seen.target() == expected;
        let limit = self.shows_within(failure.as_ref());
        let begun = Instant::now();
        let looking = operation.within(limit);
        let (shown, any_look) = self.await_change(&looking, key, &is_there).await;
        match (shown, failure) {
            (Some(number), _) => Ok(Linked {
                number,
                visibility: Visibility::Confirmed,
            }),
            (None, Some(error)) => {
                let is_unclear = is_method_failed(&error) && !any_look;
                Err(if is_unclear || error.may_have_taken_effect() {
                    LinkError::Unclear(error)
                } else {
                    LinkError::Failed(error)
                })
            }
            (None, None) if operation.cancel.is_cancelled() => Ok(Linked {
                number,
                visibility: Visibility::Cancelled,
            }),
            (None, None) => Ok(Linked {
                number,
                visibility: Visibility::NotYet {
                    waited: begun.elapsed(),
                },
            }),
        }
    }

    async fn send(
        &self,
        operation: &Operation,
        number: &Number,
        target: Option<&Target>,
    ) -> Result<(), Error> {
        let request = requests::update(number, target);
        let answer = self.http.exchange(operation, &request).await?;
        match outcome(answer.text()) {
            Outcome::Success => Ok(()),
            Outcome::Refused(code) => Err(self.http.refused(&request, &answer, &code)),
            Outcome::Untold => Err(self.http.unexpected_body(
                &request,
                &answer,
                "the outcome of an update",
                &"it has no `error-code`",
            )),
        }
    }

    /// How long lists may take to show an update that ended so.
    fn shows_within(&self, failure: Option<&Error>) -> Duration {
        let timing = &self.http.timing;
        match failure {
            None => timing.visible_within,
            // What failed may have been done all the same: the API has been seen to refuse what it did.
            Some(error) if error.may_have_taken_effect() || is_method_failed(error) => {
                timing.unclear_within
            }
            Some(_) => Duration::ZERO,
        }
    }

    /// Looks until a list shows the number as it should be. Also whether any list showed it at all.
    async fn await_change(
        &self,
        operation: &Operation,
        key: &NumberKey,
        is_there: Test<'_>,
    ) -> (Option<Number>, bool) {
        let (mut looks, mut any) = (0, false);
        while !operation.is_over() {
            if let Ok(Some(number)) = self.look(operation, key).await {
                any = true;
                if is_there(&number) {
                    return (Some(number), any);
                }
            }
            looks += 1;
            let wait = self.http.timing.before_poll(looks);
            if operation.sleep(wait).await.is_err() {
                break;
            }
        }
        (None, any)
    }
}

/// The API's word for whatever went wrong, which has been seen after a success, too.
fn is_method_failed(error: &Error) -> bool {
    error
        .api()
        .is_some_and(|answer| answer.status.as_u16() == 420)
}
