//! Creates a user: never twice, never over one that exists, and never without knowing what became of it.

use std::time::Duration;

use secrecy::SecretString;
use tokio::time::Instant;

use super::{User, requests};
use crate::vonage::Visibility;
use crate::vonage::http::answer::Answer;
use crate::vonage::http::error::{Error, Seconds};
use crate::vonage::http::list_cache::ListCache;
use crate::vonage::http::locator::Locator;
use crate::vonage::http::operation::Operation;
use crate::vonage::http::request::Request;
use crate::vonage::psip::Psip;
use crate::vonage::psip::duplicate::may_mean_duplicate;
use crate::vonage::psip::read::DomainLocator;

/// Why a user was not created.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CreateUserError {
    /// The domain has a user with this key, which is left alone; with how the create was answered, where it was sent.
    #[error("a user with this key exists already")]
    AlreadyExists(#[source] Option<Error>),
    /// There is no such domain.
    #[error("there is no such domain")]
    NoDomain(#[source] Error),
    /// The create may have been done or not, and no user has shown up. It is safe to run again.
    #[error("it is not known whether the user was created; none showed up within {}", Seconds(*waited))]
    Unclear {
        /// How long it was looked for.
        waited: Duration,
        /// How the create ended.
        source: Error,
    },
    /// Nothing was created.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// What a create comes to that the API has refused.
enum Refusal {
    /// The part of the API that answered is behind the others.
    MayPass(Error),
    Final(CreateUserError),
}

impl Psip {
    /// Creates a user, and waits until a read shows it.
    ///
    /// Whether the key exists is looked at first: a read shows no secret, so after a create without a clear end
    /// nothing else tells the user that it made from one that was there before.
    pub(crate) async fn create_user(
        &self,
        operation: &Operation,
        user: &User,
        secret: &SecretString,
    ) -> Result<Visibility, CreateUserError> {
        let request = requests::create(user, secret).map_err(Error::from)?;
        let list = self.users_of(&user.domain);
        let _pending = list.begin_write();
        self.refuse_existing(operation, user, &list).await?;
        let settling = operation.within(self.http.timing.visible_within);
        let mut refusals = 0;
        loop {
            let error = match self.send_locked(operation, user, &request).await {
                Ok(_) => break,
                Err(error) if error.may_have_taken_effect() => {
                    return self.settle_user(operation, user, error).await;
                }
                Err(error) => error,
            };
            let error = match self.judge_refusal(operation, user, error).await {
                Refusal::MayPass(error) => error,
                Refusal::Final(error) => return Err(error),
            };
            tracing::debug!(%error, "a create is refused by a part of the API that is behind the others");
            refusals += 1;
            let wait = self.http.timing.before_poll(refusals);
            if settling.sleep(wait).await.is_err() {
                return Err(error.into());
            }
        }
        self.deleted.forget(&user.full_name());
        let shows = |seen: Option<&User>| seen.is_some();
        let visibility = self.http.await_write(operation, user, &list, shows);
        Ok(visibility.await)
    }

    /// Sends a write when no other one to the same domain is under way; what follows it needs no lock.
    async fn send_locked(
        &self,
        operation: &Operation,
        user: &User,
        request: &Request,
    ) -> Result<Answer, Error> {
        let _lock = self
            .locks
            .take(operation, &user.domain, &request.name)
            .await?;
        self.http.exchange(operation, request).await
    }

    async fn refuse_existing(
        &self,
        operation: &Operation,
        user: &User,
        list: &ListCache,
    ) -> Result<(), CreateUserError> {
        let read = user.request().map_err(Error::from)?;
        let exists = match self.http.get(operation, user, &read).await? {
            None => false,
            // After our own delete a stale read may show the old user.
            Some(_) if self.deleted.contains(&user.full_name()) => {
                self.http.await_absence(operation, user, list).await != Visibility::Confirmed
            }
            Some(_) => true,
        };
        if exists {
            return Err(CreateUserError::AlreadyExists(None));
        }
        Ok(())
    }

    /// The create may have been done. The user did not exist before, so one that shows now is the new one.
    async fn settle_user(
        &self,
        operation: &Operation,
        user: &User,
        error: Error,
    ) -> Result<Visibility, CreateUserError> {
        tracing::warn!(%error, "a create has an unclear end; looking for the user");
        let begun = Instant::now();
        if self.http.search(operation, user, |_| true).await.is_some() {
            self.deleted.forget(&user.full_name());
            return Ok(Visibility::Confirmed);
        }
        Err(CreateUserError::Unclear {
            waited: begun.elapsed(),
            source: error,
        })
    }

    /// Nothing was created: finds out why, and whether another try may go better.
    async fn judge_refusal(&self, operation: &Operation, user: &User, error: Error) -> Refusal {
        if error.is_not_found() {
            return self.judge_missing_domain(operation, user, error).await;
        }
        let may_exist = matches!(
            &error,
            Error::Api { source, .. } if may_mean_duplicate(source, "key")
        );
        if !may_exist {
            return Refusal::Final(error.into());
        }
        if self.deleted.contains(&user.full_name()) {
            return Refusal::MayPass(error);
        }
        match self.http.read(operation, user).await {
            Ok(Some(_)) => Refusal::Final(CreateUserError::AlreadyExists(Some(error))),
            _ => Refusal::Final(error.into()),
        }
    }

    /// The part of the API that answered knows no such domain; another one may.
    async fn judge_missing_domain(
        &self,
        operation: &Operation,
        user: &User,
        error: Error,
    ) -> Refusal {
        if self.created.contains(&user.domain) {
            return Refusal::MayPass(error);
        }
        match self
            .http
            .read(operation, &DomainLocator(&user.domain))
            .await
        {
            Ok(Some(_)) => Refusal::MayPass(error),
            Ok(None) => Refusal::Final(CreateUserError::NoDomain(error)),
            Err(_) => Refusal::Final(error.into()),
        }
    }
}

#[cfg(test)]
mod tests;
