//! Deletes a domain, and waits until its name is free.

use super::{DOMAIN, Written, domain_path};
use crate::vonage::client::Client;
use crate::vonage::error::Error;
use crate::vonage::operation::Operation;
use crate::vonage::request::Request;

impl Client {
    /// Deletes the domain, with its users where `cascade` is set, and waits until a read no longer shows it, so that another
    /// of the same name can be created. One that is gone already counts as deleted.
    pub async fn delete_domain(
        &self,
        operation: &Operation,
        name: &str,
        cascade: bool,
    ) -> Result<Written, Error> {
        let mut request = Request::delete(DOMAIN, domain_path(name)?);
        if cascade {
            request = request.with_query("cascade=true");
        }
        let _turn = self.turn(operation, name, &request.name).await?;
        match self.send(operation, &request).await {
            Ok(_) => {}
            Err(error) if error.is_not_found() => {}
            Err(error) if error.may_have_taken_effect() => {
                let last = Operation::last_word(self.pace.last_look);
                match self.look_at_domain(&last, name).await {
                    Ok(None) => {}
                    _ => return Err(error),
                }
            }
            Err(error) => return Err(error),
        }
        self.deleted.record(name);
        Ok(Written {
            visibility: self.await_gone(operation, name).await,
        })
    }
}
