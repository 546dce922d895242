//! The responses to writes that worked.

use http::StatusCode;
use serde_json::Value;

use crate::json::Object;
use crate::response::Response;
use crate::switches::{DeleteBody, WriteBody};

pub(super) fn written(status: StatusCode, body: WriteBody, object: Value) -> Response {
    match body {
        _ if status == StatusCode::NO_CONTENT => Response::empty(status),
        WriteBody::Object => Response::json(status, object),
        WriteBody::Empty => Response::empty(status),
        WriteBody::Text => Response::raw(status, "text/plain", "Success"),
        WriteBody::Braces => Response::json(status, Object::new()),
    }
}

pub(super) fn deleted(status: StatusCode, body: DeleteBody, object: Value) -> Response {
    match body {
        _ if status == StatusCode::NO_CONTENT => Response::empty(status),
        DeleteBody::Empty => Response::empty(status),
        DeleteBody::Object => Response::json(status, Object::new()),
        DeleteBody::Deleted => Response::json(status, object),
        DeleteBody::Text => Response::raw(status, "text/plain", "Deleted"),
    }
}
