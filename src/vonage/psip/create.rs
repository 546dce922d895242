//! Creates a domain: never twice, never over one that exists, and never without knowing what became of it.

use std::time::Duration;

use http::StatusCode;
use tokio::time::Instant;

use super::Psip;
use super::duplicate::{may_mean_duplicate, suggests_name_taken};
use super::read::DomainLocator;
use super::{Domain, requests};
use crate::vonage::Written;
use crate::vonage::http::answer::Answer;
use crate::vonage::http::error::{Error, Seconds};
use crate::vonage::http::locator::Locator;
use crate::vonage::http::object::InvalidObject;
use crate::vonage::http::operation::Operation;
use crate::vonage::http::request::Request;

/// Why a domain was not created.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CreateError {
    /// The account has a domain of this name, which is left alone; with how the create was answered.
    #[error("a domain of this name exists already")]
    AlreadyExists(#[source] Error),
    /// The API refused the name, though the account has no such domain: names are unique over all accounts.
    #[error("the name may belong to another Vonage account")]
    NameTaken(#[source] Error),
    /// The create may have been done or not, and no domain has shown up. It is safe to run again.
    #[error("it is not known whether the domain was created; none showed up within {}", Seconds(*waited))]
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

/// Tells whether a domain is the one that was to be made.
type Same<'a> = &'a (dyn Fn(&Domain) -> bool + Send + Sync);

impl Psip {
    /// Creates a domain, and waits until a read shows it. `same` tells a domain that equals the desired one.
    pub(crate) async fn create_domain(
        &self,
        operation: &Operation,
        desired: &Domain,
        same: Same<'_>,
    ) -> Result<Written<Domain>, CreateError> {
        let request = requests::create(desired);
        let name = &desired.name;
        let _lock = self.locks.take(operation, name, &request.name).await?;
        let _pending = self.domains.begin_write();
        let mut refusals = 0;
        loop {
            let error = match self.http.exchange(operation, &request).await {
                Ok(answer) => {
                    return self
                        .created(operation, desired, same, &request, &answer)
                        .await;
                }
                Err(error) if error.may_have_taken_effect() => {
                    return self.settle(operation, desired, same, error).await;
                }
                Err(error) => error,
            };
            if !self.refused_for_our_own_delete(&error, name) {
                return Err(self.explain_refusal(operation, name, error).await);
            }
            tracing::debug!(domain = name, "the name is not free yet after its delete");
            refusals += 1;
            let wait = self.http.timing.before_poll(refusals);
            if operation.sleep(wait).await.is_err() {
                return Err(self.explain_refusal(operation, name, error).await);
            }
        }
    }

    /// The API said 2xx: the domain exists, unless the body shows that somebody else answered.
    async fn created(
        &self,
        operation: &Operation,
        desired: &Domain,
        same: Same<'_>,
        request: &Request,
        answer: &Answer,
    ) -> Result<Written<Domain>, CreateError> {
        let domain = match desired.merged(answer.body.as_deref().unwrap_or_default()) {
            Ok(domain) => domain,
            Err(InvalidObject::Empty) => desired.clone(),
            Err(problem) => {
                let error =
                    self.http
                        .unexpected_body(request, answer, DomainLocator::EXPECTED, &problem);
                return self.settle(operation, desired, same, error).await;
            }
        };
        self.deleted.forget(&desired.name);
        let locator = DomainLocator(&desired.name);
        let written = self
            .http
            .await_written(operation, &locator, &self.domains, domain, same)
            .await;
        self.created.record(&desired.name);
        Ok(written)
    }

    /// The create may have been done: looks for the domain as long as a new one may take to show.
    async fn settle(
        &self,
        operation: &Operation,
        desired: &Domain,
        same: Same<'_>,
        error: Error,
    ) -> Result<Written<Domain>, CreateError> {
        tracing::warn!(domain = desired.name, %error, "a create has an unclear end; looking for the domain");
        let begun = Instant::now();
        let replaces = self.deleted.contains(&desired.name);
        let found = self
            .http
            .search(operation, &DomainLocator(&desired.name), |found| {
                !replaces || same(found)
            })
            .await;
        match found {
            Some(object) if same(&object) => {
                self.deleted.forget(&desired.name);
                self.created.record(&desired.name);
                Ok(Written::confirmed(object))
            }
            Some(_) => Err(CreateError::AlreadyExists(error)),
            None => Err(CreateError::Unclear {
                waited: begun.elapsed(),
                source: error,
            }),
        }
    }

    /// Whether the refusal may be about the domain that this process has just deleted. Nothing was created then,
    /// so the create can be sent again.
    fn refused_for_our_own_delete(&self, error: &Error, name: &str) -> bool {
        matches!(error, Error::Api { source, .. } if may_mean_duplicate(source, "name"))
            && self.deleted.contains(name)
    }

    /// Nothing was created: finds out whether the name is the reason.
    async fn explain_refusal(
        &self,
        operation: &Operation,
        name: &str,
        error: Error,
    ) -> CreateError {
        let Error::Api { source: api, .. } = &error else {
            return error.into();
        };
        let may_exist = may_mean_duplicate(api, "name");
        let is_taken = suggests_name_taken(api);
        if !may_exist && !is_taken {
            return error.into();
        }
        match self.read_domain(operation, name).await {
            Ok(Some(_)) if may_exist => CreateError::AlreadyExists(error),
            Ok(None) if is_taken => CreateError::NameTaken(error),
            // A foreign domain may be hidden behind any of these.
            Err(refused) if is_taken && hides(&refused) => CreateError::NameTaken(error),
            _ => error.into(),
        }
    }
}

fn hides(error: &Error) -> bool {
    error
        .api()
        .is_some_and(|api| matches!(api.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN))
}

#[cfg(test)]
mod tests;
