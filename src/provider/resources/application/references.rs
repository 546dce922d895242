//! What else of the account refers to an application.

use std::time::Duration;

use crate::vonage::numbers::Numbers;
use crate::vonage::psip::Psip;
use crate::vonage::{Api, Error, Operation};

/// How long reads may still show a reference that has just been given up.
const SETTLING: Duration = Duration::from_secs(10);
const BETWEEN_LOOKS: Duration = Duration::from_secs(2);

/// What refers to an application.
pub(super) struct References {
    /// SIP domains, by name.
    pub(super) domains: Told,
    /// Numbers, by country and digits.
    pub(super) numbers: Told,
}

/// What the API lists, or why it does not for this account, as where that has no Programmable SIP.
pub(super) type Told = Result<Vec<String>, Error>;

impl References {
    /// Looks for references, and where there are some, whether they last.
    pub(super) async fn find(api: &Api, operation: &Operation, id: &str) -> Result<Self, Error> {
        let settling = operation.within(SETTLING);
        let mut is_first = true;
        loop {
            let found = Self {
                domains: domains(&api.psip, operation, id).await,
                numbers: numbers(&api.numbers, operation, id, is_first).await,
            };
            let found = match found {
                Self {
                    domains: Err(error),
                    ..
                }
                | Self {
                    numbers: Err(error),
                    ..
                } if !is_refusal(&error) => return Err(error),
                found => found,
            };
            if !found.are_there() || settling.sleep(BETWEEN_LOOKS).await.is_err() {
                return Ok(found);
            }
            is_first = false;
        }
    }

    pub(super) fn are_there(&self) -> bool {
        let [domains, numbers] = self.named();
        !domains.is_empty() || !numbers.is_empty()
    }

    /// Domains and numbers.
    pub(super) fn named(&self) -> [&[String]; 2] {
        [&self.domains, &self.numbers].map(|told| told.as_deref().unwrap_or_default())
    }
}

/// Whether to ask again later, or with other credentials, would lead to no other answer.
fn is_refusal(error: &Error) -> bool {
    let passes = error.is_unauthorized() || error.is_rate_limited();
    let answer = error.api().filter(|_| !passes);
    answer.is_some_and(|answer| answer.status.is_client_error())
}

async fn domains(psip: &Psip, operation: &Operation, id: &str) -> Told {
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

/// The list of a moment ago will do, unless a reference that it shows has to last.
async fn numbers(numbers: &Numbers, operation: &Operation, id: &str, is_first: bool) -> Told {
    let listed = if is_first {
        numbers.list(operation).await?
    } else {
        numbers.list_anew(operation).await?
    };
    let refers = |found: Option<&str>| found.is_some_and(|found| found.eq_ignore_ascii_case(id));
    let linked = listed.iter().filter(|it| refers(it.application()));
    Ok(linked.map(|number| number.key.to_string()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_another_try_would_not_change_is_a_refusal() {
        let is_refused = |status| is_refusal(&Error::of_answer(status, "{}"));
        let refusals: Vec<u16> = [400, 401, 403, 404, 422, 429, 500, 503]
            .into_iter()
            .filter(|status| is_refused(*status))
            .collect();
        assert_eq!(refusals, [400, 403, 404, 422]);
    }

    #[test]
    fn what_is_told_is_there_whatever_else_is_refused() {
        let refused = || Error::of_answer(403, "{}");
        let office = || vec!["office".to_owned()];
        for (domains, numbers, named) in [
            (Ok(vec![]), Ok(vec![]), [&[][..], &[]]),
            (Err(refused()), Err(refused()), [&[], &[]]),
            (Ok(office()), Err(refused()), [&["office".to_owned()], &[]]),
            (Ok(vec![]), Ok(office()), [&[], &["office".to_owned()]]),
        ] {
            let found = References { domains, numbers };
            assert_eq!(found.named(), named);
            assert_eq!(found.are_there(), !named.concat().is_empty());
        }
    }
}
