//! Sends the calls to a number somewhere else: all that it has is read first and sent back, and a list then shows the outcome.

use std::time::Duration;

use tokio::time::Instant;

use super::outcome::refusal;
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
    /// The request failed; it may have been done if [`Error::may_have_taken_effect`].
    #[error(transparent)]
    Failed(#[from] Error),
}

/// A number after an update.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Linked {
    /// As the last list showed it.
    pub number: Number,
    pub visibility: Visibility,
}

impl Numbers {
    /// Sends the calls to a number to `target`, or nowhere. `may_change` tells a number that may be changed, of which the
    /// others are left alone.
    pub(crate) async fn lead(
        &self,
        operation: &Operation,
        key: &NumberKey,
        target: Option<&Target>,
        may_change: &(dyn Fn(&Number) -> bool + Send + Sync),
    ) -> Result<Linked, LinkError> {
        let name = requests::update_name();
        let _lock = self.locks.take(operation, &key.to_string(), &name).await?;
        let Some(number) = self.look(operation, key).await? else {
            return Err(LinkError::NotOwned);
        };
        if matches!(number.target(), Some(Target::Unknown(_))) || !may_change(&number) {
            return Err(LinkError::Elsewhere(Box::new(number)));
        }
        if number.target().as_ref() == target {
            let visibility = Visibility::Confirmed;
            return Ok(Linked { number, visibility });
        }
        let request = requests::update(&number, target);
        let failure = match self.http.exchange(operation, &request).await {
            Ok(answer) if refusal(answer.text()).is_some() => {
                Some(self.http.refused(&request, &answer))
            }
            Ok(_) => None,
            Err(error) => Some(error),
        };
        let limit = match &failure {
            None => self.http.timing.visible_within,
            // What failed may have been done all the same: the API has been seen to refuse what it did.
            Some(error) if error.may_have_taken_effect() || is_method_failed(error) => {
                self.http.timing.unclear_within
            }
            Some(_) => Duration::ZERO,
        };
        let begun = Instant::now();
        let expected = number.target_after(target);
        let looking = operation.within(limit);
        let seen = self.await_target(&looking, key, expected.as_ref()).await;
        match (seen, failure) {
            (Some(number), _) => Ok(Linked {
                number,
                visibility: Visibility::Confirmed,
            }),
            (None, Some(error)) => Err(error.into()),
            (None, None) => Ok(Linked {
                number,
                visibility: Visibility::NotYet {
                    waited: begun.elapsed(),
                },
            }),
        }
    }

    /// Looks until a list shows the number leading there.
    async fn await_target(
        &self,
        operation: &Operation,
        key: &NumberKey,
        target: Option<&Target>,
    ) -> Option<Number> {
        let mut looks = 0;
        while !operation.is_over() {
            if let Ok(Some(number)) = self.look(operation, key).await
                && number.target().as_ref() == target
            {
                return Some(number);
            }
            looks += 1;
            let wait = self.http.timing.before_poll(looks);
            operation.sleep(wait).await.ok()?;
        }
        None
    }
}

/// The API's word for whatever went wrong, which has been seen after a success, too.
fn is_method_failed(error: &Error) -> bool {
    error
        .api()
        .is_some_and(|answer| answer.status.as_u16() == 420)
}
