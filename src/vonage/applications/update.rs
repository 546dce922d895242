//! Updates an application as a whole, without dropping what is not ours.

use super::read::ApplicationLocator;
use super::{Application, Applications, requests};
use crate::vonage::Written;
use crate::vonage::http::error::Error;
use crate::vonage::http::operation::Operation;
use crate::vonage::http::update::{LeftAlone, UpdateError};

impl Applications {
    /// Sees that an application of which nothing is to be sent is there, and unchanged.
    pub(crate) async fn check(
        &self,
        operation: &Operation,
        id: &str,
        left_alone: &LeftAlone<'_, Application>,
    ) -> Result<(), UpdateError<Application>> {
        let locator = ApplicationLocator(id);
        let read = self.http.read_unchanged(operation, &locator, left_alone);
        read.await.map(drop)
    }

    /// Replaces what is managed of an application, and waits until a read shows it. `same` tells an application that equals
    /// the desired one.
    ///
    /// The application is read first: what the API holds beyond what is managed goes back unchanged, and nothing is sent where
    /// somebody has changed what the plan leaves alone.
    pub(crate) async fn update(
        &self,
        operation: &Operation,
        desired: &Application,
        left_alone: &LeftAlone<'_, Application>,
        same: &(dyn Fn(&Application) -> bool + Send + Sync),
    ) -> Result<Written<Application>, UpdateError<Application>> {
        let id = desired.id.as_str();
        let locator = ApplicationLocator(id);
        let name = requests::update_name(id).map_err(Error::from)?;
        let _lock = self.locks.take(operation, id, &name).await?;
        let _pending = self.list.begin_write();
        let fresh = self
            .http
            .read_unchanged(operation, &locator, left_alone)
            .await?;
        let sent = desired.clone().over(fresh);
        let request = requests::update(&sent).map_err(Error::from)?;
        let answer = self.http.send_update(operation, &request).await?;
        // Whatever the body is, the status says that it was done, and the reads that follow show what.
        let body = answer.body.as_deref().unwrap_or_default();
        let object = Application::from_body(body, id).unwrap_or(sent);
        Ok(self
            .http
            .await_written(operation, &locator, &self.list, object, same)
            .await)
    }
}

#[cfg(test)]
mod tests;
