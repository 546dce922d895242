//! Lists all domains of the account.

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use serde_json::value::RawValue;

use super::Psip;
use super::{Domain, requests};
use crate::vonage::http::error::Error;
use crate::vonage::http::operation::Operation;
use crate::vonage::http::pages::Distinct;

/// How many domains are read at once where the list does not tell all about them.
const READ_AT_ONCE: usize = 4;

impl Psip {
    /// Listed domains with all their fields. That the rows of a list are whole is documented nowhere: a domain whose row
    /// has no ACL is read by itself, and left out where it is gone by then.
    pub(crate) async fn whole_domains(
        &self,
        operation: &Operation,
        rows: Vec<Domain>,
    ) -> Result<Vec<Domain>, Error> {
        stream::iter(rows)
            .map(|row| self.whole_domain(operation, row))
            .buffered(READ_AT_ONCE)
            .try_filter_map(async |domain| Ok(domain))
            .try_collect()
            .await
    }

    async fn whole_domain(
        &self,
        operation: &Operation,
        row: Domain,
    ) -> Result<Option<Domain>, Error> {
        if row.acl.is_empty() {
            return self.read_domain(operation, &row.name).await;
        }
        Ok(Some(row))
    }

    /// Lists every domain once, as far as its row tells. That there are none is believed only when the API says so twice.
    pub(crate) async fn list_domains(&self, operation: &Operation) -> Result<Vec<Domain>, Error> {
        self.http
            .ask_twice(operation, &requests::list(), Vec::is_empty, || {
                self.listed_domains(operation)
            })
            .await
    }

    async fn listed_domains(&self, operation: &Operation) -> Result<Vec<Domain>, Error> {
        let mut domains = Distinct::default();
        self.http
            .each_row(operation, requests::list(), "a list of domains", |row| {
                take_row(&mut domains, row)
            })
            .await?;
        Ok(domains.objects)
    }
}

fn take_row(domains: &mut Distinct<Domain>, row: &RawValue) -> Result<(), String> {
    let domain =
        Domain::from_listed(row).map_err(|problem| format!("of one of its domains, {problem}"))?;
    domains.add(domain.name.to_ascii_lowercase(), domain);
    Ok(())
}

#[cfg(test)]
mod tests;
