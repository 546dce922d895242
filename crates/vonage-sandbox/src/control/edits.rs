//! Direct edits: what somebody does to an account behind Terraform's back. No rule is checked, and every read shows them at once.

use serde_json::Value;

use crate::json::Object;
use crate::psip::{ObjectId, Store};
use crate::state::State;
use crate::state_file::WriteError;
use crate::timeline::{Effect, WRITTEN};

/// Why a direct edit was not made.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// There is no such domain or user.
    #[error("there is no {0} to edit")]
    NotFound(&'static str),
    /// The state file was not written, so nothing changed.
    #[error("the edit was not kept")]
    File(#[from] WriteError),
}

/// All domains as written.
pub(crate) fn domains(state: &State) -> Vec<Object> {
    state.storage.read(|store| store.contents().domains)
}

/// The domain's users as written, secrets included.
pub(crate) fn users(state: &State, domain: &str) -> Vec<Object> {
    state
        .storage
        .read(|store| store.users(domain, WRITTEN).cloned().collect())
}

/// The object as written.
pub(crate) fn get(state: &State, id: &ObjectId) -> Result<Object, EditError> {
    state.storage.read(|store| existing(store, id).cloned())
}

/// Makes an object or replaces it as a whole; a user needs its domain.
pub(crate) fn put(state: &State, id: ObjectId, object: Object) -> Result<Object, EditError> {
    state.storage.write_now(move |store| {
        if id.key.is_some() {
            existing(store, &ObjectId::domain(&id.domain))?;
        }
        Ok(overwrite(store, id, object))
    })
}

/// Sets the fields in `changes`; null takes a field away.
pub(crate) fn patch(state: &State, id: ObjectId, changes: Object) -> Result<Object, EditError> {
    state.storage.write_now(move |store| {
        let mut object = existing(store, &id)?.clone();
        object.extend(changes);
        object.retain(|_, value| *value != Value::Null);
        Ok(overwrite(store, id, object))
    })
}

/// Deletes a user, or a domain with its users.
pub(crate) fn delete(state: &State, id: ObjectId) -> Result<(), EditError> {
    state.storage.write_now(move |store| {
        existing(store, &id)?;
        store.delete(&id, Effect::Overwrite);
        Ok(())
    })
}

fn existing<'a>(store: &'a Store, id: &ObjectId) -> Result<&'a Object, EditError> {
    store.get(id, WRITTEN).ok_or(EditError::NotFound(id.kind()))
}

/// Stores an object as `id`, whatever it calls itself.
fn overwrite(store: &mut Store, id: ObjectId, mut object: Object) -> Object {
    let domain = id.domain.as_str().into();
    if let Some(key) = &id.key {
        object.insert("domain".into(), domain);
        object.insert("key".into(), key.as_str().into());
    } else {
        object.insert("name".into(), domain);
    }
    store.put(id, object.clone(), Effect::Overwrite);
    object
}
