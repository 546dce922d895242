//! What names a user that is to be imported.

use tfplugin::diagnostics::{Diagnostics, Outcome};
use tfplugin::resource::{ImportTarget, Stored};
use tfplugin::value::Value;

use super::{model, validate};
use crate::provider::private_data::PrivateData;
use crate::provider::session::Session;

/// The state that an import begins with; a read follows that sees whether the user is there. Its secret stays unknown.
pub(super) fn import(session: &Session, target: &ImportTarget) -> Outcome<Stored> {
    let named = match target {
        ImportTarget::Id(id) => id.split_once('/'),
        ImportTarget::Identity(identity) => identity
            .string_field("domain")
            .known()
            .zip(identity.string_field("key").known()),
    };
    let (domain, key) = named
        .filter(|(domain, key)| is_right(domain, key))
        .ok_or_else(|| refusal(target))?;
    let private = PrivateData::default().with_key(session.api_key());
    Ok(Stored {
        private: private.to_bytes(),
        ..imported(domain, key)
    }
    .into())
}

/// A user that exists, as an import has it: its names alone.
pub(in crate::provider) fn imported(domain: &str, key: &str) -> Stored {
    let mut state = super::schema::schema().empty_config();
    state.set_attribute("domain", domain.into());
    state.set_attribute("key", key.into());
    state.set_attribute("id", model::id(&state));
    Stored {
        state,
        private: Vec::new(),
    }
}

fn is_right(domain: &str, key: &str) -> bool {
    !validate::validate_domain(domain).has_errors() && !validate::validate_key(key).has_errors()
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
    format!("{}/{}", part("domain"), part("key"))
}

#[cfg(test)]
mod tests;
