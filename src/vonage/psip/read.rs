//! Reads one domain, and is slow to believe that it is gone.

use std::ops::ControlFlow;
use std::time::Duration;

use super::watch::Unseen;
use super::{Domain, requests};
use crate::vonage::client::{Client, unsent};
use crate::vonage::error::Error;
use crate::vonage::operation::{Interrupted, Operation};
use crate::vonage::request::Request;

impl Client {
    /// Reads a domain. `None` only when the API itself says twice that there is none; a proxy's 404, like every
    /// other trouble, is an error.
    pub async fn read_domain(
        &self,
        operation: &Operation,
        name: &str,
    ) -> Result<Option<Domain>, Error> {
        let request = requests::read(name)?;
        if let Some(domain) = self.get_domain(operation, name, &request).await? {
            return Ok(Some(domain));
        }
        operation
            .sleep(self.shared().pace.second_opinion)
            .await
            .map_err(|reason| unsent(reason, &request.name, operation))?;
        let confirmed = self.get_domain(operation, name, &request).await?;
        if confirmed.is_none() {
            tracing::warn!(
                domain = name,
                "the API answered twice that this SIP domain does not exist"
            );
        }
        Ok(confirmed)
    }

    /// Reads a domain that was created a moment ago and that no read has shown yet: it is waited for, for at most
    /// `within`, before it is taken for gone.
    pub async fn read_new_domain(
        &self,
        operation: &Operation,
        name: &str,
        within: Duration,
    ) -> Result<Option<Domain>, Error> {
        let judge = |seen| match seen {
            Some(domain) => ControlFlow::Break(domain),
            None => ControlFlow::Continue(()),
        };
        match self.watch(operation, name, within, judge).await {
            Ok(domain) => Ok(Some(domain)),
            // Why it does not show, or cannot be looked at, is what a plain read says.
            Err(Unseen::NotYet { .. }) => self.read_domain(operation, name).await,
            Err(Unseen::Cancelled) => {
                let request = requests::read(name)?;
                Err(unsent(Interrupted::Cancelled, &request.name, operation))
            }
        }
    }

    /// One GET with its retries; `None` for this API's own 404.
    pub(super) async fn get_domain(
        &self,
        operation: &Operation,
        name: &str,
        request: &Request,
    ) -> Result<Option<Domain>, Error> {
        let answer = match self.exchange(operation, request).await {
            Ok(answer) => answer,
            Err(error) if error.is_not_found() => return Ok(None),
            Err(error) => return Err(error),
        };
        let body = answer.body.as_deref().unwrap_or_default();
        Domain::from_body(body, name)
            .map(Some)
            .map_err(|problem| self.unexpected_body(&request.name, &answer, "a domain", &problem))
    }
}

#[cfg(test)]
mod tests;
