//! Lists all applications of the account.

use serde_json::value::RawValue;

use super::{Application, Applications, requests};
use crate::vonage::http::error::Error;
use crate::vonage::http::object::InvalidObject;
use crate::vonage::http::operation::Operation;

impl Applications {
    /// Lists every application once. That there are none is believed only when the API says so twice.
    pub(crate) async fn list(&self, operation: &Operation) -> Result<Vec<Application>, Error> {
        self.http
            .ask_twice(operation, &requests::list(), Vec::is_empty, || {
                self.list_once(operation)
            })
            .await
    }

    /// The same as the part of the API says that answers first.
    pub(super) async fn list_once(&self, operation: &Operation) -> Result<Vec<Application>, Error> {
        let expected = "a list of applications";
        self.http
            .list(operation, requests::list(), expected, with_id)
            .await
    }
}

fn with_id(row: &RawValue) -> Result<(String, Application), InvalidObject> {
    let application = Application::from_listed(row)?;
    Ok((application.id.to_ascii_lowercase(), application))
}

#[cfg(test)]
mod tests;
