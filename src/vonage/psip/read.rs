//! Reads one domain, and believes that it is gone only on good evidence.

use tracing::warn;

use super::{Domain, get_domain};
use crate::vonage::client::Client;
use crate::vonage::error::{Error, Tries};
use crate::vonage::operation::{Interrupted, Operation};

impl Client {
    /// The domain of this name; `None` only after the API's own 404, twice.
    ///
    /// Replicas of the API may lag behind, and a proxy's 404 says nothing about the domain: to drop it from state on
    /// either would lose it.
    pub async fn read_domain(
        &self,
        operation: &Operation,
        name: &str,
    ) -> Result<Option<Domain>, Error> {
        if let Some(domain) = self.look_at_domain(operation, name).await? {
            return Ok(Some(domain));
        }
        let wait = self.pace.second_opinion;
        operation
            .sleep(wait)
            .await
            .map_err(|reason| not_asked_again(name, reason, operation))?;
        let second = self.look_at_domain(operation, name).await?;
        if second.is_none() {
            warn!("the API says twice that a SIP domain does not exist; it is taken for deleted");
        }
        Ok(second)
    }

    /// One look: the domain, or `None` for the API's own 404.
    pub(super) async fn look_at_domain(
        &self,
        operation: &Operation,
        name: &str,
    ) -> Result<Option<Domain>, Error> {
        let request = get_domain(name)?;
        let answer = match self.send(operation, &request).await {
            Ok(answer) => answer,
            Err(error) if error.is_not_found() => return Ok(None),
            Err(error) => return Err(error),
        };
        let body = answer.body.as_ref().map(AsRef::as_ref).unwrap_or_default();
        let unexpected = |problem| self.unexpected(&request, &answer, "a domain", problem);
        let domain = Domain::read(body).map_err(unexpected)?;
        if !domain.name.eq_ignore_ascii_case(name) {
            return Err(unexpected(format!("it is about {:?}", domain.name)));
        }
        Ok(Some(domain))
    }
}

fn not_asked_again(name: &str, reason: Interrupted, operation: &Operation) -> Error {
    let request = match get_domain(name) {
        Ok(request) => request.name,
        Err(error) => return error,
    };
    let tries = Tries {
        count: 1,
        elapsed: std::time::Duration::ZERO,
    };
    match reason {
        Interrupted::Cancelled => Error::Cancelled {
            request,
            tries,
            source: None,
        },
        Interrupted::OutOfTime => {
            let left = operation.remaining();
            Error::OutOfTime {
                request,
                tries,
                wait: left,
                left,
                source: None,
            }
        }
    }
}
