//! Direct edits: what somebody does to an account behind Terraform's back. No rule is checked, and every read shows them at once.

use serde_json::Value;

use crate::json::Object;
use crate::state::State;
use crate::state_file::WriteError;
use crate::store::{Kind, ObjectId, Store};
use crate::timeline::{Effect, WRITTEN};

/// Why a direct edit was not made.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// There is no such object.
    #[error("there is no {0} to edit")]
    NotFound(&'static str),
    /// The state file was not written, so nothing changed.
    #[error("the edit was not kept")]
    File(#[from] WriteError),
}

/// The objects of a kind whose key begins like this, as written, secrets included.
pub(crate) fn list(state: &State, kind: &'static Kind, within: &[String]) -> Vec<Object> {
    let objects = |store: &Store| store.list(kind, within, WRITTEN).cloned().collect();
    state.storage.read(objects)
}

/// The object as written.
pub(crate) fn get(state: &State, id: &ObjectId) -> Result<Object, EditError> {
    state.storage.read(|store| existing(store, id).cloned())
}

/// Makes an object or replaces it as a whole; a part needs what it is part of.
pub(crate) fn put(state: &State, id: ObjectId, object: Object) -> Result<Object, EditError> {
    state.storage.write_now(move |store| {
        if let Some(parent) = id.parent() {
            existing(store, &parent)?;
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

/// Deletes an object with its parts.
pub(crate) fn delete(state: &State, id: ObjectId) -> Result<(), EditError> {
    state.storage.write_now(move |store| {
        existing(store, &id)?;
        store.delete(&id, Effect::Overwrite);
        Ok(())
    })
}

fn existing<'a>(store: &'a Store, id: &ObjectId) -> Result<&'a Object, EditError> {
    store
        .get(id, WRITTEN)
        .ok_or(EditError::NotFound(id.kind.noun))
}

/// Stores an object as `id`, whatever it calls itself.
fn overwrite(store: &mut Store, id: ObjectId, mut object: Object) -> Object {
    let key = id.kind.key.iter().zip(&id.key);
    object.extend(key.map(|(field, value)| ((*field).to_owned(), value.as_str().into())));
    store.put(id, object.clone(), Effect::Overwrite);
    object
}
