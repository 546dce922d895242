//! The control routes over HTTP. Errors are `{"error": "..."}`, unlike any of the API's, so that neither is taken for the other.

use std::error::Error;
use std::sync::Arc;

use http::header::AUTHORIZATION;
use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::edits::{self, EditError};
use crate::apis::KINDS;
use crate::faults::{Fault, Schedule};
use crate::json::{self, Object};
use crate::path;
use crate::request::{Request, header, is_json, query_value};
use crate::response::Response;
use crate::state::State;
use crate::store::{Kind, ObjectId};
use crate::switches::Switches;

pub(crate) fn is_control(path: &str) -> bool {
    path == "/_sandbox" || path.starts_with("/_sandbox/")
}

pub(crate) fn respond(state: &State, request: &Request) -> Response {
    control(state, request).unwrap_or_else(|Refusal(status, message)| {
        Response::json(status, json!({ "error": message }))
    })
}

/// Why a control request was refused.
struct Refusal(StatusCode, String);

impl From<EditError> for Refusal {
    fn from(error: EditError) -> Self {
        let status = match error {
            EditError::NotFound(_) => StatusCode::NOT_FOUND,
            EditError::File(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self(status, explain(&error))
    }
}

fn bad_request(error: &(dyn Error + 'static)) -> Refusal {
    Refusal(StatusCode::BAD_REQUEST, explain(error))
}

fn refused(status: StatusCode, message: &str) -> Refusal {
    Refusal(status, message.to_owned())
}

fn unknown_route() -> Refusal {
    refused(StatusCode::NOT_FOUND, "no such control route or method")
}

fn admit(state: &State, request: &Request) -> Result<(), Refusal> {
    let token = query_value(request, "token");
    let authorization = header(request.headers(), &AUTHORIZATION);
    if !state
        .credentials
        .admit_to_control(authorization, token.as_deref())
    {
        let message = "the control routes need the token of the URL that the sandbox printed, as ?token=... or as \
                       Authorization: Bearer, or the API's own credentials, as curl -u \
                       \"$VONAGE_API_KEY:$VONAGE_API_SECRET\" sends them";
        return Err(refused(StatusCode::UNAUTHORIZED, message));
    }
    if !request.body().is_empty() && !is_json(request) {
        let message = "the body must be JSON, and the request must say so: curl -H 'Content-Type: application/json'";
        return Err(refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    }
    Ok(())
}

fn control(state: &State, request: &Request) -> Result<Response, Refusal> {
    admit(state, request)?;
    let segments = path::segments(request.uri().path()).ok_or_else(unknown_route)?;
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match (
        request.method().as_str(),
        segments.get(1..).unwrap_or_default(),
    ) {
        ("GET", ["journal"]) => Ok(ok(records(state))),
        ("DELETE", ["journal"]) => {
            state.journal().clear();
            Ok(done())
        }
        ("POST", ["reset"]) => {
            state.reset().map_err(EditError::from)?;
            Ok(done())
        }
        (_, ["switches"]) => switches(state, request),
        (_, ["faults"]) => faults(state, request),
        (_, place) => objects(state, id(place).ok_or_else(unknown_route)?, request),
    }
}

/// What a path such as `domains/NAME/users/KEY` names. A list is an ID that lacks the end of its key.
fn id(path: &[&str]) -> Option<ObjectId> {
    let mut id: Option<ObjectId> = None;
    let mut segments = path.iter();
    while let Some(list) = segments.next() {
        let parent = id.as_ref().map(|id| id.kind);
        let is_this = |kind: &&Kind| kind.list == *list && kind.parent == parent;
        let kind = KINDS.into_iter().find(is_this)?;
        let mut key = id.map(|id| id.key).unwrap_or_default();
        let missing = kind.key.len() - key.len();
        key.extend(segments.by_ref().take(missing).map(|it| (*it).to_owned()));
        id = Some(ObjectId { kind, key });
    }
    id
}

fn objects(state: &State, id: ObjectId, request: &Request) -> Result<Response, Refusal> {
    if id.key.len() == id.kind.key.len() {
        return object(state, id, request);
    }
    if request.method() != Method::GET {
        return Err(unknown_route());
    }
    if let Some(parent) = id.parent() {
        edits::get(state, &parent)?;
    }
    Ok(ok(edits::list(state, id.kind, &id.key)))
}

fn records(state: &State) -> Value {
    // A record is made of texts and numbers: nothing in it can fail to become JSON.
    serde_json::to_value(state.journal().records()).unwrap_or_default()
}

/// PUT sets all, those left out to their default; POST and PATCH change those that are named.
fn switches(state: &State, request: &Request) -> Result<Response, Refusal> {
    let mut switches = state.lock_switches();
    let changed = match *request.method() {
        Method::GET => return Ok(ok(switches.to_object())),
        Method::PUT => Switches::from_json(request.body()),
        Method::POST | Method::PATCH => switches.patched(body(request)?),
        _ => return Err(unknown_route()),
    };
    *switches = Arc::new(changed.map_err(|error| bad_request(&error))?);
    Ok(ok(switches.to_object()))
}

/// PUT sets all, POST adds one, DELETE takes all away; the response has those that are set, and how often each has struck.
fn faults(state: &State, request: &Request) -> Result<Response, Refusal> {
    match *request.method() {
        Method::GET => {}
        Method::PUT => {
            let faults =
                Fault::list_from_json(request.body()).map_err(|error| bad_request(&error))?;
            *state.faults() = Schedule::new(faults);
        }
        Method::POST => {
            let fault = Fault::from_json(request.body()).map_err(|error| bad_request(&error))?;
            state.faults().add(fault);
        }
        Method::DELETE => *state.faults() = Schedule::default(),
        _ => return Err(unknown_route()),
    }
    // Texts, numbers and flags: nothing in it can fail to become JSON.
    let mut statuses = serde_json::to_value(state.faults().statuses()).unwrap_or_default();
    let objects = statuses.as_array_mut().into_iter().flatten();
    for object in objects.filter_map(Value::as_object_mut) {
        object.retain(|_, value| !value.is_null());
    }
    Ok(ok(statuses))
}

fn object(state: &State, id: ObjectId, request: &Request) -> Result<Response, Refusal> {
    Ok(ok(match *request.method() {
        Method::GET => edits::get(state, &id)?,
        Method::PUT => edits::put(state, id, body(request)?)?,
        Method::PATCH => edits::patch(state, id, body(request)?)?,
        Method::DELETE => {
            edits::delete(state, id)?;
            return Ok(done());
        }
        _ => return Err(unknown_route()),
    }))
}

/// An error with its causes in one line, with what a terminal would obey escaped.
fn explain(error: &(dyn Error + 'static)) -> String {
    let first: Option<&dyn Error> = Some(error);
    let chain = std::iter::successors(first, |error| Error::source(*error));
    let line = chain
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ");
    let escaped = line.chars().map(|letter| match letter {
        // `escape_debug` would escape them, too.
        '"' | '\'' | '\\' => letter.to_string(),
        _ => letter.escape_debug().to_string(),
    });
    escaped.collect()
}

fn body(request: &Request) -> Result<Object, Refusal> {
    json::object(request.body()).map_err(|error| bad_request(&error))
}

fn ok(body: impl Into<Value>) -> Response {
    Response::json(StatusCode::OK, body)
}

fn done() -> Response {
    Response::empty(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_told_with_its_causes_in_one_harmless_line() {
        #[derive(Debug, thiserror::Error)]
        #[error("\"outer\"")]
        struct Outer(#[source] std::io::Error);
        let error = Outer(std::io::Error::other("in\u{1b}[2J\nn\u{202e}ér"));
        assert_eq!(explain(&error), r#""outer": in\u{1b}[2J\nn\u{202e}ér"#);
    }
}
