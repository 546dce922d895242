//! The control routes over HTTP. Errors are `{"error": "..."}`, unlike any of the API's, so that neither is taken for the other.

use std::error::Error;

use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::edits::{self, EditError};
use crate::faults::{Fault, InvalidFault, Schedule};
use crate::handlers::Request;
use crate::json::{self, Object};
use crate::path;
use crate::persist::FileError;
use crate::reply::Reply;
use crate::state::State;
use crate::switches::{Switches, SwitchesError};

/// Whether a path belongs to the control routes.
pub(crate) fn is_control(path: &str) -> bool {
    path == "/_sandbox" || path.starts_with("/_sandbox/")
}

/// The answer of a control route.
pub(crate) fn answer(state: &State, request: &Request) -> Reply {
    control(state, request).unwrap_or_else(|refusal| {
        let (status, message) = refusal.status_and_message();
        Reply::json(status, json!({ "error": message }))
    })
}

/// Why a control request was refused.
enum Refusal {
    NotAdmitted,
    UnknownRoute,
    MediaType,
    Body(serde_json::Error),
    Switches(SwitchesError),
    Fault(InvalidFault),
    Edit(EditError),
}

impl Refusal {
    fn status_and_message(&self) -> (StatusCode, String) {
        match self {
            Self::NotAdmitted => (
                StatusCode::UNAUTHORIZED,
                "the control routes need the token of the URL that the sandbox printed, as ?token=... or as Authorization: \
                 Bearer, or the API's own credentials, as curl -u \"$VONAGE_API_KEY:$VONAGE_API_SECRET\" sends them"
                    .to_owned(),
            ),
            Self::MediaType => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "the body must be JSON, and the request must say so: curl -H 'Content-Type: application/json'".to_owned(),
            ),
            Self::UnknownRoute => (
                StatusCode::NOT_FOUND,
                "no such control route or method".to_owned(),
            ),
            Self::Body(error) => (StatusCode::BAD_REQUEST, explain(error)),
            Self::Switches(error) => (StatusCode::BAD_REQUEST, explain(error)),
            Self::Fault(error) => (StatusCode::BAD_REQUEST, explain(error)),
            Self::Edit(error @ EditError::NotFound(_)) => (StatusCode::NOT_FOUND, explain(error)),
            Self::Edit(error @ EditError::File(_)) => {
                (StatusCode::INTERNAL_SERVER_ERROR, explain(error))
            }
        }
    }
}

impl From<EditError> for Refusal {
    fn from(error: EditError) -> Self {
        Self::Edit(error)
    }
}

impl From<FileError> for Refusal {
    fn from(error: FileError) -> Self {
        Self::Edit(EditError::File(error))
    }
}

fn control(state: &State, request: &Request) -> Result<Reply, Refusal> {
    let token = request.query_value("token");
    let authorization = request.authorization.as_deref();
    let credentials = state.credentials();
    if !credentials.admit_to_control(authorization, token.as_deref()) {
        return Err(Refusal::NotAdmitted);
    }
    if !request.body.is_empty() && !request.is_json() {
        return Err(Refusal::MediaType);
    }
    let segments = path::segments(&request.path).ok_or(Refusal::UnknownRoute)?;
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match (
        request.method.as_str(),
        segments.get(1..).unwrap_or_default(),
    ) {
        ("GET", ["journal"]) => Ok(ok(records(state))),
        ("DELETE", ["journal"]) => {
            state.journal().clear();
            Ok(done())
        }
        ("POST", ["reset"]) => {
            state.reset()?;
            Ok(done())
        }
        (_, ["switches"]) => switches(state, request),
        (_, ["faults"]) => faults(state, request),
        ("GET", ["domains"]) => Ok(ok(edits::domains(state))),
        (_, ["domains", name]) => domain(state, name, request),
        ("GET", ["domains", name, "users"]) => {
            existing(edits::domain(state, name), "domain")?;
            Ok(ok(edits::users(state, name)))
        }
        (_, ["domains", name, "users", key]) => user(state, name, key, request),
        _ => Err(Refusal::UnknownRoute),
    }
}

fn records(state: &State) -> Value {
    // A record is made of texts and numbers: nothing in it can fail to become JSON.
    serde_json::to_value(state.journal().records()).unwrap_or_default()
}

/// PUT sets all, those left out to their default; POST and PATCH change those that are named.
fn switches(state: &State, request: &Request) -> Result<Reply, Refusal> {
    let changed = match request.method {
        Method::GET => Ok(state.switches()),
        Method::PUT => state.change_switches(|_| Switches::from_json(&request.body)),
        Method::POST | Method::PATCH => {
            let changes = object(request)?;
            state.change_switches(|switches| switches.patched(changes))
        }
        _ => return Err(Refusal::UnknownRoute),
    };
    Ok(ok(changed.map_err(Refusal::Switches)?.to_object()))
}

/// PUT sets all, POST adds one, DELETE takes all away; the answer tells those that are set, and how often each has struck.
fn faults(state: &State, request: &Request) -> Result<Reply, Refusal> {
    match request.method {
        Method::GET => {}
        Method::PUT => {
            let faults = Fault::list_from_json(&request.body).map_err(Refusal::Fault)?;
            *state.faults() = Schedule::new(faults);
        }
        Method::POST => {
            let fault = Fault::from_json(&request.body).map_err(Refusal::Fault)?;
            state.faults().add(fault);
        }
        Method::DELETE => *state.faults() = Schedule::default(),
        _ => return Err(Refusal::UnknownRoute),
    }
    // Texts, numbers and flags: nothing in it can fail to become JSON.
    Ok(ok(
        serde_json::to_value(state.faults().statuses()).unwrap_or_default()
    ))
}

fn domain(state: &State, name: &str, request: &Request) -> Result<Reply, Refusal> {
    Ok(match request.method {
        Method::GET => ok(existing(edits::domain(state, name), "domain")?),
        Method::PUT => ok(edits::put_domain(state, name, object(request)?)?),
        Method::PATCH => ok(edits::patch_domain(state, name, object(request)?)?),
        Method::DELETE => {
            edits::delete_domain(state, name)?;
            done()
        }
        _ => return Err(Refusal::UnknownRoute),
    })
}

fn user(state: &State, domain: &str, key: &str, request: &Request) -> Result<Reply, Refusal> {
    Ok(match request.method {
        Method::GET => ok(existing(edits::user(state, domain, key), "user")?),
        Method::PUT => ok(edits::put_user(state, domain, key, object(request)?)?),
        Method::PATCH => ok(edits::patch_user(state, domain, key, object(request)?)?),
        Method::DELETE => {
            edits::delete_user(state, domain, key)?;
            done()
        }
        _ => return Err(Refusal::UnknownRoute),
    })
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

fn existing(found: Option<Object>, what: &'static str) -> Result<Object, EditError> {
    found.ok_or(EditError::NotFound(what))
}

fn object(request: &Request) -> Result<Object, Refusal> {
    json::object(&request.body).map_err(Refusal::Body)
}

fn ok(body: impl Into<Value>) -> Reply {
    Reply::json(StatusCode::OK, body)
}

fn done() -> Reply {
    Reply::empty(StatusCode::NO_CONTENT)
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
