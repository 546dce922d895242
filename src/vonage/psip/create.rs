//! Creates a domain, and tells what has become of a create that had no clear end.

use super::{COLLECTION, Domain, IsSame, Written};
use crate::vonage::answer::Answer;
use crate::vonage::client::Client;
use crate::vonage::error::Error;
use crate::vonage::operation::{Interrupted, Operation};
use crate::vonage::request::Request;

/// Why a domain was not created, or not for certain.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// A domain of this name exists in the account already, and was not touched.
    #[error("the domain exists already")]
    AlreadyExists {
        /// The API's refusal, or the unclear end after which the other domain was found.
        source: Error,
    },
    /// It is not known whether the domain was made.
    #[error("it is not clear whether the domain was created")]
    Unclear {
        /// The unclear end.
        source: Error,
        /// Whether reads said that it is not there; otherwise they failed, too.
        looked_absent: bool,
    },
    /// Refused in words that suggest that another account has the name.
    #[error("the name may be taken by another account")]
    NameTaken {
        /// The API's refusal.
        source: Error,
    },
    /// Nothing was made.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl Client {
    /// Creates the domain and waits until a read shows it. Never takes over one that exists.
    pub async fn create_domain(
        &self,
        operation: &Operation,
        wanted: &Domain,
        same: IsSame<'_>,
    ) -> Result<Written, CreateError> {
        let name = wanted.name.as_str();
        let request = Request::post(COLLECTION, COLLECTION.to_owned(), &wanted.to_json());
        let _turn = self.turn(operation, name, &request.name).await?;
        let mut refusals = 0;
        loop {
            let error = match self.send_create(operation, &request).await {
                Ok(()) => return Ok(self.created(operation, name).await),
                Err(error) => error,
            };
            if error.may_have_taken_effect() {
                return self.settle(operation, wanted, same, error).await;
            }
            if !error
                .api()
                .is_some_and(crate::vonage::ApiError::may_mean_duplicate)
            {
                return Err(refused(error));
            }
            let exists = matches!(self.look_at_domain(operation, name).await, Ok(Some(_)));
            if !self.deleted.contains(name) {
                return Err(if exists {
                    CreateError::AlreadyExists { source: error }
                } else {
                    refused(error)
                });
            }
            // Not every replica knows yet that we deleted the old domain of this name. Nothing was made, so it is safe to
            // ask again.
            refusals += 1;
            if operation
                .sleep(self.pace.before_look(refusals))
                .await
                .is_err()
            {
                return Err(refused(error));
            }
        }
    }

    /// Any 2xx counts, but a body that is no JSON object is not this API's, so nobody knows what it stands for.
    async fn send_create(&self, operation: &Operation, request: &Request) -> Result<(), Error> {
        let answer = self.send(operation, request).await?;
        if is_object_or_empty(&answer) {
            return Ok(());
        }
        Err(self.unexpected(
            request,
            &answer,
            "a domain",
            "it is no JSON object".to_owned(),
        ))
    }

    async fn created(&self, operation: &Operation, name: &str) -> Written {
        self.deleted.forget(name);
        Written {
            visibility: self.await_present(operation, name).await,
        }
    }

    /// Looks for the domain for as long as a new one may take to show. The create is not sent again: it would make a
    /// duplicate of what only does not show yet, or fail because of it.
    async fn settle(
        &self,
        operation: &Operation,
        wanted: &Domain,
        same: IsSame<'_>,
        unclear: Error,
    ) -> Result<Written, CreateError> {
        let mut bounded = operation.within(self.pace.unclear_within);
        if operation.is_over() {
            bounded = Operation::last_word(self.pace.last_look);
        }
        let mut looks = 0;
        loop {
            let looked_absent = match self.look_at_domain(&bounded, &wanted.name).await {
                Ok(Some(found)) if same(&found) => {
                    return Ok(self.created(operation, &wanted.name).await);
                }
                Ok(Some(_)) => return Err(CreateError::AlreadyExists { source: unclear }),
                Ok(None) => true,
                Err(_) => false,
            };
            looks += 1;
            // Whoever interrupts gets one look, not a quarter of a minute of them.
            let interrupted = operation.cancel.is_cancelled();
            let slept = bounded.sleep(self.pace.before_look(looks)).await;
            if interrupted || matches!(slept, Err(Interrupted::Cancelled | Interrupted::OutOfTime))
            {
                return Err(CreateError::Unclear {
                    source: unclear,
                    looked_absent,
                });
            }
        }
    }
}

fn refused(source: Error) -> CreateError {
    if source
        .api()
        .is_some_and(crate::vonage::ApiError::suggests_name_taken)
    {
        return CreateError::NameTaken { source };
    }
    CreateError::Failed(source)
}

fn is_object_or_empty(answer: &Answer) -> bool {
    let body: &[u8] = answer.body.as_ref().map(AsRef::as_ref).unwrap_or_default();
    let body = body.trim_ascii();
    body.is_empty()
        || serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(body).is_ok()
}
