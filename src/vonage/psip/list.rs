//! Lists all domains of the account.

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};

use serde_json::value::RawValue;

use super::Psip;
use super::{Domain, requests};
use crate::vonage::http::error::Error;
use crate::vonage::http::object::InvalidObject;
use crate::vonage::http::operation::Operation;

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
                let expected = "a list of domains";
                self.http
                    .list(operation, requests::list(), expected, with_name)
            })
            .await
    }
}

fn with_name(row: &RawValue) -> Result<(String, Domain), InvalidObject> {
    let domain = Domain::from_listed(row)?;
    Ok((domain.name.to_ascii_lowercase(), domain))
}

#[cfg(test)]
mod tests;
