//! What the operations on domains and on users have in common: which object they are about.

use super::ids::SipId;
use super::problem::{self, Problem};
use crate::call::Call;
use crate::json::Object;
use crate::store::Store;
use crate::switches::{DeleteUnknown, PutMode};

/// The object, or the 404 of the domain or the user that is not there.
pub(super) fn existing<'a>(
    store: &'a Store,
    call: &Call,
    id: &SipId,
) -> Result<&'a Object, Problem> {
    if id.key.is_some() {
        existing(store, call, &SipId::domain(&id.domain))?;
    }
    let id = id.id();
    let found = store.get(&id, call.at);
    found.ok_or_else(|| problem::not_found(id.kind.noun))
}

/// The object that a DELETE is about; it may be none, where that counts as deleted.
pub(super) fn to_delete(store: &Store, call: &Call, id: &SipId) -> Result<Option<Object>, Problem> {
    match existing(store, call, id) {
        Err(_) if call.switches.delete_unknown == DeleteUnknown::Succeed => Ok(None),
        found => found.cloned().map(Some),
    }
}

/// The object that a PUT with this body asks for in the place of the old one, if there is one.
pub(super) fn merged(old: Option<&Object>, body: Object, mode: PutMode) -> Object {
    let old = old.filter(|_| mode == PutMode::Merge);
    let mut object = old.cloned().unwrap_or_default();
    object.extend(body);
    object
}

/// Refuses the name or key of another object.
pub(super) fn check_free(store: &Store, call: &Call, id: &SipId) -> Result<(), Problem> {
    let what = if id.key.is_some() {
        "user key"
    } else {
        "domain name"
    };
    match store.get(&id.id(), call.at) {
        Some(_) => Err(problem::taken(call.switches.duplicate_status, what)),
        None => Ok(()),
    }
}
