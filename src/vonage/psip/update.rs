//! Changes a domain in place, with what we do not manage left as it is.

use super::{DOMAIN, Domain, IsSame, Written, domain_path};
use crate::vonage::client::Client;
use crate::vonage::error::Error;
use crate::vonage::operation::Operation;
use crate::vonage::request::Request;

impl Client {
    /// Gives the domain the values wanted and waits until a read shows them.
    ///
    /// Whether PUT replaces or merges is not documented, so the whole object is sent, with the fields that only the API
    /// knows. Whether PUT creates is not documented either, so it is not sent where a read just before finds nothing:
    /// the error is then the read's own 404.
    pub async fn update_domain(
        &self,
        operation: &Operation,
        wanted: &Domain,
        same: IsSame<'_>,
    ) -> Result<Written, Error> {
        let path = domain_path(&wanted.name)?;
        let name = Request::put(DOMAIN, path.clone(), &serde_json::Value::Null).name;
        let _turn = self.turn(operation, &wanted.name, &name).await?;
        let Some(present) = self.look_at_domain(operation, &wanted.name).await? else {
            return Err(Error::Missing { request: name });
        };
        let whole = Domain {
            unmanaged: present.unmanaged,
            ..wanted.clone()
        };
        let request = Request::put(DOMAIN, path, &whole.to_json());
        match self.send(operation, &request).await {
            Ok(_) => Ok(Written {
                visibility: self.await_same(operation, &wanted.name, same).await,
            }),
            Err(error) if error.may_have_taken_effect() => {
                let last = Operation::last_word(self.pace.last_look);
                match self.look_at_domain(&last, &wanted.name).await {
                    Ok(Some(found)) if same(&found) => Ok(Written {
                        visibility: super::Visibility::Confirmed,
                    }),
                    _ => Err(error),
                }
            }
            Err(error) => Err(error),
        }
    }
}
