//! What writes to domains and users have in common: what a PUT makes of an object, names that are taken, responses.

use http::StatusCode;
use serde_json::Value;

use super::operations::Call;
use super::problem::{self, Problem};
use super::store::{ObjectId, Store};
use crate::json::Object;
use crate::response::Response;
use crate::switches::{DeleteBody, PutMode, WriteBody};

/// The object that a PUT with this body asks for in the place of the old one, if there is one.
pub(super) fn merged(old: Option<&Object>, body: Object, mode: PutMode) -> Object {
    let old = old.filter(|_| mode == PutMode::Merge);
    let mut object = old.cloned().unwrap_or_default();
    object.extend(body);
    object
}

/// Refuses the name or key of another object.
pub(super) fn check_free(store: &Store, call: &Call, id: &ObjectId) -> Result<(), Problem> {
    let what = if id.key.is_some() {
        "user key"
    } else {
        "domain name"
    };
    match store.get(id, call.at) {
        Some(_) => Err(problem::taken(call.switches.duplicate_status, what)),
        None => Ok(()),
    }
}

/// The response to a POST or PUT that worked.
pub(super) fn written(status: StatusCode, body: WriteBody, object: Value) -> Response {
    match body {
        _ if status == StatusCode::NO_CONTENT => Response::empty(status),
        WriteBody::Object => Response::json(status, object),
        WriteBody::Empty => Response::empty(status),
        WriteBody::Text => Response::text(status, "Success"),
        WriteBody::Braces => Response::json(status, Object::new()),
    }
}

/// The response to a DELETE that worked.
pub(super) fn deleted(status: StatusCode, body: DeleteBody, object: Value) -> Response {
    match body {
        _ if status == StatusCode::NO_CONTENT => Response::empty(status),
        DeleteBody::Empty => Response::empty(status),
        DeleteBody::Object => Response::json(status, Object::new()),
        DeleteBody::Deleted => Response::json(status, object),
        DeleteBody::Text => Response::text(status, "Deleted"),
    }
}
