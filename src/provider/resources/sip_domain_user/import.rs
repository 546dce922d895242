//! What names a user that is to be imported.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::resource::ImportTarget;

use super::model::{UserKey, UserModel};
use super::schema::{DOMAIN, KEY};
use crate::provider::domain_name::DomainName;
use crate::provider::instance::{import_id, invalid_import};
use crate::vonage::psip::User;

/// The user that is named, of which nothing else is known: its secret stays unknown.
pub(super) fn named(target: &ImportTarget) -> Result<UserModel, Diagnostics> {
    let id = import_id(target, &[DOMAIN, KEY]);
    let is_right = |(domain, key): &(&str, &str)| {
        DomainName::from(*domain).mistakes().is_empty() && UserKey::from(*key).check().is_empty()
    };
    let Some((domain, key)) = id.split_once('/').filter(is_right) else {
        return Err(invalid_import(
            &id,
            "does not name a user of a SIP domain. The import ID is \"<domain>/<key>\", such as \"yourcompany/alice\": the \
             name of the domain, 5 to 32 letters, digits or dashes, and the key of the user, 1 to 64 of the lower-case letters \
             a-z, digits or dashes. An identity has the same two as `domain` and `key`.",
        ));
    };
    let [domain, key] = [domain, key].map(ToOwned::to_owned);
    Ok(UserModel::from(&User { domain, key }))
}

#[cfg(test)]
mod tests;
