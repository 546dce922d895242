//! Creates an application: never twice, and never without telling what may have come of it.
//!
//! Names are not unique and the API makes the ID, so after a create without a clear end nothing but a public key that
//! was configured tells the new application from others of its name.

use std::collections::HashSet;
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::application::AN_APPLICATION;
use super::read::ApplicationLocator;
use super::{Application, Applications, requests};
use crate::vonage::Written;
use crate::vonage::http::error::{Error, Seconds};
use crate::vonage::http::operation::Operation;

/// Why it is not known that an application was created.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CreateApplicationError {
    /// The create may have been done or not. Where nothing of the name shows, it is safe to run again.
    #[error("it is not known whether the application was created; looked for it for {}", Seconds(*waited))]
    Unclear {
        /// The applications of this name, of which one may be the new one; `None` where they could not be listed when a new
        /// one would have shown.
        candidates: Option<Vec<Application>>,
        /// How long it was looked for.
        waited: Duration,
        /// How the create ended.
        source: Error,
    },
    /// Nothing was created.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// Tells whether an application is the one that was to be made.
type Same<'a> = &'a (dyn Fn(&Application) -> bool + Send + Sync);

impl Applications {
    /// Creates an application, and waits until a read shows it. `same` tells an application that equals the desired one, its
    /// key included.
    pub(crate) async fn create(
        &self,
        operation: &Operation,
        desired: &Application,
        same: Same<'_>,
    ) -> Result<Written<Application>, CreateApplicationError> {
        let request = requests::create(desired);
        let _pending = self.list.begin_write();
        let before = match &desired.public_key {
            Some(_) => Some(self.of_name(operation, &desired.name).await?),
            None => None,
        };
        let error = match self.http.exchange(operation, &request).await {
            // The API said 2xx: the application exists, and the body has at least its ID, unless somebody else answered.
            Ok(answer) => match desired.merged(answer.body.as_deref().unwrap_or_default()) {
                Ok(application) => return Ok(self.shown(operation, application, same).await),
                Err(problem) => {
                    let http = &self.http;
                    http.unexpected_body(&request, &answer, AN_APPLICATION, &problem)
                }
            },
            Err(error) if error.may_have_taken_effect() => error,
            Err(error) => return Err(error.into()),
        };
        self.settle(operation, desired, same, before, error).await
    }

    async fn of_name(&self, operation: &Operation, name: &str) -> Result<Vec<Application>, Error> {
        let mut listed = self.list_once(operation).await?;
        listed.retain(|application| application.name == name);
        Ok(listed)
    }

    async fn shown(
        &self,
        operation: &Operation,
        object: Application,
        same: Same<'_>,
    ) -> Written<Application> {
        self.created.record(&object.id);
        let id = object.id.clone();
        let locator = ApplicationLocator(&id);
        self.http
            .await_written(operation, &locator, &self.list, object, same)
            .await
    }

    /// The create may have been done: looks for the application as long as a new one may take to show, and once more then, or
    /// where the operation has no time left for that.
    async fn settle(
        &self,
        operation: &Operation,
        desired: &Application,
        same: Same<'_>,
        before: Option<Vec<Application>>,
        error: Error,
    ) -> Result<Written<Application>, CreateApplicationError> {
        tracing::warn!(name = desired.name, %error, "a create has an unclear end; looking for the application");
        let begun = Instant::now();
        let timing = &self.http.timing;
        let search = operation.within(timing.unclear_within);
        let name = &desired.name;
        let is_told_by_key = before.is_some();
        let before = before.unwrap_or_default();
        let ours = |candidates: &[Application]| {
            let mut ours = candidates.iter().filter(|it| is_told_by_key && same(it));
            ours.next().filter(|_| ours.next().is_none()).cloned()
        };
        let mut looks = 0;
        let mut found;
        loop {
            let candidates = self.candidates(&search, name, &before).await;
            found = candidates.ok().as_deref().and_then(ours);
            looks += 1;
            if found.is_some() || search.sleep(timing.before_poll(looks)).await.is_err() {
                break;
            }
        }
        let mut candidates = None;
        if found.is_none() {
            // That an earlier look does not show it says nothing.
            let is_late = operation.sleep(search.remaining()).await.is_ok();
            let last = if operation.is_over() {
                Operation::new(timing.grace_period, CancellationToken::new())
            } else {
                operation.within(timing.grace_period)
            };
            let shown = self.candidates(&last, name, &before).await.ok();
            found = shown.as_deref().and_then(ours);
            candidates = shown.filter(|_| is_late);
        }
        if let Some(object) = found {
            self.created.record(&object.id);
            return Ok(Written::confirmed(object));
        }
        Err(CreateApplicationError::Unclear {
            candidates,
            waited: begun.elapsed(),
            source: error,
        })
    }

    /// The applications of this name that may be the new one: not there before, and not made by another create of this process.
    async fn candidates(
        &self,
        operation: &Operation,
        name: &str,
        before: &[Application],
    ) -> Result<Vec<Application>, Error> {
        let known: HashSet<_> = before.iter().map(|it| it.id.as_str()).collect();
        let mut found = self.of_name(operation, name).await?;
        found.retain(|it| !known.contains(it.id.as_str()) && !self.created.contains(&it.id));
        Ok(found)
    }
}

#[cfg(test)]
mod tests;
