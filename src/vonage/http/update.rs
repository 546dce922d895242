//! What precedes every update: the object is read, and nothing is sent where somebody else has changed it.

use tokio::time::Instant;

use super::answer::Answer;
use super::client::Client;
use super::error::Error;
use super::locator::Listed;
use super::operation::Operation;
use super::request::Request;
use super::settling::Settling;

/// Why an object was not updated.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UpdateError<T> {
    /// There is no such object; nothing was sent that could have made one.
    #[error("there is no such object")]
    NotFound,
    /// What the plan leaves alone is not as it was when the plan was made, so nothing was sent.
    #[error("the object was changed since the plan was made")]
    Changed(Box<T>),
    /// The update failed; it may have been done if [`Error::may_have_taken_effect`].
    #[error(transparent)]
    Failed(#[from] Error),
}

/// What the plan of an update leaves alone, as it was when the plan was made.
pub(crate) struct LeftAlone<'a, T> {
    /// Tells an object in which it still is.
    pub is_in: &'a (dyn Fn(&T) -> bool + Send + Sync),
    /// How long reads may show an object in which it is not, or no object, before that is believed.
    pub settling: Settling,
}

#[cfg(test)]
impl<T> LeftAlone<'static, T> {
    pub(crate) const NOTHING: Self = Self {
        is_in: &|_| true,
        settling: Settling {
            missing: std::time::Duration::ZERO,
            different: std::time::Duration::ZERO,
        },
    };
}

impl Client {
    /// Reads an object that is to be updated, or of which nothing is to be sent.
    pub(crate) async fn read_unchanged<L: Listed>(
        &self,
        operation: &Operation,
        locator: &L,
        left_alone: &LeftAlone<'_, L::Object>,
    ) -> Result<L::Object, UpdateError<L::Object>> {
        let LeftAlone { is_in, settling } = *left_alone;
        let begun = Instant::now();
        let found = self.read(operation, locator).await?;
        let settled = self
            .until_settled(operation, locator, begun, found, settling, is_in)
            .await?;
        match settled.found {
            None => Err(UpdateError::NotFound),
            Some(found) if is_in(&found) => Ok(found),
            Some(found) => Err(UpdateError::Changed(Box::new(found))),
        }
    }

    /// Sends the update of an object that was there a moment ago.
    pub(crate) async fn send_update<T>(
        &self,
        operation: &Operation,
        request: &Request,
    ) -> Result<Answer, UpdateError<T>> {
        match self.exchange(operation, request).await {
            Err(error) if error.is_not_found() => Err(UpdateError::NotFound),
            answer => Ok(answer?),
        }
    }
}
