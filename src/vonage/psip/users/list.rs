//! Lists the users of a domain.

use super::{User, requests};
use crate::vonage::http::error::Error;
use crate::vonage::http::operation::Operation;
use crate::vonage::http::request::Request;
use crate::vonage::psip::Psip;

impl Psip {
    /// Lists every user of a domain once. `None` only when the API itself says twice that there is no such domain; that there
    /// are no users is believed only then, too.
    pub(crate) async fn list_users(
        &self,
        operation: &Operation,
        domain: &str,
    ) -> Result<Option<Vec<User>>, Error> {
        let has_nothing = |found: &Option<Vec<_>>| found.as_ref().is_none_or(Vec::is_empty);
        self.list_users_twice_if(operation, domain, has_nothing)
            .await
    }

    /// The same for many domains, of which most may have no users: that is believed at once.
    pub(crate) async fn list_users_unconfirmed(
        &self,
        operation: &Operation,
        domain: &str,
    ) -> Result<Option<Vec<User>>, Error> {
        self.list_users_twice_if(operation, domain, Option::is_none)
            .await
    }

    async fn list_users_twice_if(
        &self,
        operation: &Operation,
        domain: &str,
        is_doubted: impl Fn(&Option<Vec<User>>) -> bool,
    ) -> Result<Option<Vec<User>>, Error> {
        let request = requests::list(domain)?;
        self.http
            .ask_twice(operation, &request, is_doubted, || {
                self.rows_of(operation, domain, &request)
            })
            .await
    }

    async fn rows_of(
        &self,
        operation: &Operation,
        domain: &str,
        request: &Request,
    ) -> Result<Option<Vec<User>>, Error> {
        let read = self
            .http
            .list(operation, request.clone(), "a list of users", |row| {
                let user = User::from_row(row, domain)?;
                Ok((user.key.clone(), user))
            });
        match read.await {
            Ok(users) => Ok(Some(users)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests;
