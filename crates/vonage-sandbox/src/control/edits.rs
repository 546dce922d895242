//! Direct edits: what somebody does to an account behind Terraform's back. No rule is checked, and every read shows them at once.

use serde_json::Value;

use crate::json::Object;
use crate::persist::FileError;
use crate::state::State;
use crate::store::{Effect, Store};

/// Why a direct edit was not made.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// There is no such domain or user.
    #[error("there is no {0} to edit")]
    NotFound(&'static str),
    /// The state file was not written, so nothing changed.
    #[error("the edit was not kept")]
    File(#[from] FileError),
}

/// All domains as written.
pub(crate) fn domains(state: &State) -> Vec<Object> {
    state.ledger().read(|store| store.contents().domains)
}

/// The domain's users as written, secrets included.
pub(crate) fn users(state: &State, domain: &str) -> Vec<Object> {
    state
        .ledger()
        .read(|store| store.users(domain).into_iter().cloned().collect())
}

/// The domain as written.
pub(crate) fn domain(state: &State, name: &str) -> Option<Object> {
    state.ledger().read(|store| store.domain(name).cloned())
}

/// The user as written, its secret included.
pub(crate) fn user(state: &State, domain: &str, key: &str) -> Option<Object> {
    state
        .ledger()
        .read(|store| store.user(domain, key).cloned())
}

/// Makes a domain or replaces it as a whole. `name` wins over a name in the object.
pub(crate) fn put_domain(
    state: &State,
    name: &str,
    mut domain: Object,
) -> Result<Object, EditError> {
    domain.insert("name".into(), name.into());
    state.ledger().write_now(move |store| {
        store.put_domain(domain.clone(), Effect::Overwrite);
        Ok(domain)
    })
}

/// Sets the fields in `changes`; null takes a field away.
pub(crate) fn patch_domain(
    state: &State,
    name: &str,
    changes: Object,
) -> Result<Object, EditError> {
    let name = name.to_owned();
    state.ledger().write_now(move |store| {
        let mut domain = patched(existing_domain(store, &name)?, changes);
        domain.insert("name".into(), name.into());
        store.put_domain(domain.clone(), Effect::Overwrite);
        Ok(domain)
    })
}

/// Deletes a domain with its users.
pub(crate) fn delete_domain(state: &State, name: &str) -> Result<(), EditError> {
    let name = name.to_owned();
    state.ledger().write_now(move |store| {
        existing_domain(store, &name)?;
        store.delete_domain(&name, Effect::Overwrite);
        Ok(())
    })
}

/// Makes a user or replaces it as a whole, in a domain that is there.
pub(crate) fn put_user(
    state: &State,
    domain: &str,
    key: &str,
    mut user: Object,
) -> Result<Object, EditError> {
    user.insert("domain".into(), domain.into());
    user.insert("key".into(), key.into());
    let domain = domain.to_owned();
    state.ledger().write_now(move |store| {
        existing_domain(store, &domain)?;
        store.put_user(user.clone(), Effect::Overwrite);
        Ok(user)
    })
}

/// Sets the fields in `changes`; null takes a field away.
pub(crate) fn patch_user(
    state: &State,
    domain: &str,
    key: &str,
    changes: Object,
) -> Result<Object, EditError> {
    let (domain, key) = (domain.to_owned(), key.to_owned());
    state.ledger().write_now(move |store| {
        let mut user = patched(existing_user(store, &domain, &key)?, changes);
        user.insert("domain".into(), domain.into());
        user.insert("key".into(), key.into());
        store.put_user(user.clone(), Effect::Overwrite);
        Ok(user)
    })
}

/// Deletes a user.
pub(crate) fn delete_user(state: &State, domain: &str, key: &str) -> Result<(), EditError> {
    let (domain, key) = (domain.to_owned(), key.to_owned());
    state.ledger().write_now(move |store| {
        existing_user(store, &domain, &key)?;
        store.delete_user(&domain, &key, Effect::Overwrite);
        Ok(())
    })
}

fn existing_domain<'a>(store: &'a Store, name: &str) -> Result<&'a Object, EditError> {
    store.domain(name).ok_or(EditError::NotFound("domain"))
}

fn existing_user<'a>(store: &'a Store, domain: &str, key: &str) -> Result<&'a Object, EditError> {
    store.user(domain, key).ok_or(EditError::NotFound("user"))
}

fn patched(object: &Object, changes: Object) -> Object {
    let mut object = object.clone();
    object.extend(changes);
    object.retain(|_, value| *value != Value::Null);
    object
}
