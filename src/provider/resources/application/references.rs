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
    /// They could not be listed.
    Unknown(Error),
}

impl References {
    /// Looks for references, and where there are some, whether they last.
    pub(super) async fn find(psip: &Psip, operation: &Operation, id: &str) -> Self {
        let settling = operation.within(SETTLING);
        loop {
            let found = match domains(psip, operation, id).await {
                Ok(found) => found,
                Err(error) => return Self::Unknown(error),
            };
            if found.is_empty() || settling.sleep(BETWEEN_LOOKS).await.is_err() {
                return Self::Domains(found);
            }
        }
    }
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
