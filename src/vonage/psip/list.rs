//! Lists all domains of the account.

use std::collections::HashSet;

use super::{Domain, requests};
use crate::vonage::Client;
use crate::vonage::error::Error;
use crate::vonage::operation::Operation;

impl Client {
    /// Lists every domain once.
    pub async fn list_domains(&self, operation: &Operation) -> Result<Vec<Domain>, Error> {
        let mut domains = Vec::new();
        let mut names = HashSet::new();
        self.each_row(operation, requests::list(), "a list of domains", |row| {
            let domain = Domain::from_object(row, None)
                .map_err(|problem| format!("of one of its domains, {problem}"))?;
            // While domains come and go, one may stand on two pages.
            if names.insert(domain.name.to_ascii_lowercase()) {
                domains.push(domain);
            }
            Ok(())
        })
        .await?;
        Ok(domains)
    }
}
