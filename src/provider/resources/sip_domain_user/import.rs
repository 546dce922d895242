//! What names a user that is to be imported.

use tfplugin::diagnostics::Diagnostics;
use tfplugin::resource::ImportTarget;
use tfplugin::value::Value;

use super::model::{UserKey, UserModel};
use super::schema::{DOMAIN, KEY};
use crate::provider::domain_name::DomainName;
use crate::vonage::psip::User;

/// The user that is named, of which nothing else is known: its secret stays unknown.
pub(super) fn named(target: &ImportTarget) -> Result<UserModel, Diagnostics> {
    let named = match target {
        ImportTarget::Id(id) => id.split_once('/'),
        ImportTarget::Identity(identity) => identity
            .string_field(DOMAIN)
            .known()
            .zip(identity.string_field(KEY).known()),
    };
    let is_right = |(domain, key): &(&str, &str)| {
        DomainName::from(*domain).mistakes().is_empty() && UserKey::from(*key).check().is_empty()
    };
    let (domain, key) = named.filter(is_right).ok_or_else(|| refusal(target))?;
    let [domain, key] = [domain, key].map(ToOwned::to_owned);
    Ok(UserModel::from(&User { domain, key }))
}

fn refusal(target: &ImportTarget) -> Diagnostics {
    let text = match target {
        ImportTarget::Id(id) => id.clone(),
        ImportTarget::Identity(identity) => identity_text(identity),
    };
    let shown: String = text.chars().take(110).collect();
    let more = if shown.len() < text.len() { "…" } else { "" };
    Diagnostics::from_error(
        "Invalid import ID",
        format!(
            "{shown:?}{more} does not name a user of a SIP domain. The import ID is \"<domain>/<key>\", such as \
             \"yourcompany/alice\": the name of the domain, 5 to 32 letters, digits or dashes, and the key of the user, 1 to \
             64 of the lower-case letters a-z, digits or dashes. An identity has the same two as `domain` and `key`."
        ),
    )
}

fn identity_text(identity: &Value) -> String {
    let part = |name| identity.string_field(name).known().unwrap_or_default();
    format!("{}/{}", part(DOMAIN), part(KEY))
}

#[cfg(test)]
mod tests;
