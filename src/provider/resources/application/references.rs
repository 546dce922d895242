//! What else of the account refers to an application.

use std::time::Duration;

use crate::vonage::psip::Psip;
use crate::vonage::{Error, Operation};

/// How long reads may still show a reference that has just been given up.
const SETTLING: Duration = Duration::from_secs(10);
const BETWEEN_LOOKS: Duration = Duration::from_secs(2);

/// What refers to an application.
pub(super) enum References {
    /// SIP domains, by name.
    Domains(Vec<String>),
    /// The API does not list them for this account, as where it has no Programmable SIP.
    Refused(Error),
}

impl References {
    /// Looks for references, and where there are some, whether they last.
    pub(super) async fn find(psip: &Psip, operation: &Operation, id: &str) -> Result<Self, Error> {
        let settling = operation.within(SETTLING);
        loop {
            let found = match domains(psip, operation, id).await {
                Ok(found) => found,
                Err(error) if is_refusal(&error) => return Ok(Self::Refused(error)),
                Err(error) => return Err(error),
            };
            if found.is_empty() || settling.sleep(BETWEEN_LOOKS).await.is_err() {
                return Ok(Self::Domains(found));
            }
        }
    }
}

/// Whether to ask again later, or with other credentials, would lead to no other answer.
fn is_refusal(error: &Error) -> bool {
    let passes = error.is_unauthorized() || error.is_rate_limited();
    let answer = error.api().filter(|_| !passes);
    answer.is_some_and(|answer| answer.status.is_client_error())
}

async fn domains(psip: &Psip, operation: &Operation, id: &str) -> Result<Vec<String>, Error> {
    let rows = psip.list_domains(operation).await?;
    let listed = psip.whole_domains(operation, rows).await?.into_iter();
    let refers = |found: &Option<String>| {
        found
            .as_deref()
            .is_some_and(|found| found.eq_ignore_ascii_case(id))
    };
    let domains = listed.filter(|domain| refers(&domain.application_id));
    Ok(domains.map(|domain| domain.name).collect())
}
