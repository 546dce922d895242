//! Errors of the API: the five that specification 1.0.0 publishes word for word, and likely ones for the rest.

use http::StatusCode;
use serde_json::json;

use crate::problem::generic;
pub(super) use crate::problem::{Outcome, Problem, no_such_path, wrong_media_type, wrong_method};

/// Published: 400, with the parser's own words.
pub(super) fn invalid_json(detail: &str) -> Problem {
    psip(
        StatusCode::BAD_REQUEST,
        "InvalidParams",
        "The request body did not contain valid JSON",
        detail,
    )
}

/// Published: 401.
pub(crate) fn unauthorized() -> Problem {
    psip(
        StatusCode::UNAUTHORIZED,
        "Unauthorized",
        "Invalid credentials supplied",
        "You did not provide credentials.",
    )
}

/// Published: 404 of a domain, which is the model for that of a user.
pub(super) fn not_found(what: &str) -> Problem {
    psip(
        StatusCode::NOT_FOUND,
        "NotFound",
        &format!("Invalid {what} selected"),
        &format!("The {what} you're trying to interact with is invalid"),
    )
}

/// Published: 422 of a domain that lacks something. It has no `type`.
pub(super) fn lacks_fields() -> Problem {
    unprocessable("Request lacks domain's name, acl or application id")
}

/// Published: 500.
pub(crate) fn internal() -> Problem {
    psip(
        StatusCode::INTERNAL_SERVER_ERROR,
        "InternalError",
        "Service internal #InternalError",
        "An unknown error encountered",
    )
}

/// The published 422 with another detail: how rules beyond missing fields are reported is unknown.
pub(super) fn unprocessable(detail: &str) -> Problem {
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        json!({ "title": "Unprocessable Entity-Invalid request parameters", "detail": detail }),
    )
}

/// An application that does not exist. Nothing is known of the real response.
pub(super) fn unknown_application(status: u16) -> Problem {
    Problem::new(
        StatusCode::from_u16(status).unwrap_or_default(),
        json!({
            "title": "Invalid application",
            "detail": "The application does not exist, or has no voice capability",
        }),
    )
}

/// A domain that belongs to another account. Nothing is known of the real response.
pub(super) fn foreign(status: StatusCode) -> Problem {
    match status {
        StatusCode::NOT_FOUND => not_found("domain"),
        StatusCode::UNAUTHORIZED => unauthorized(),
        _ => generic(
            status,
            "forbidden",
            "Forbidden",
            "Your account does not have permission to perform this action",
        ),
    }
}

/// A list that this account may not have.
pub(super) fn no_list(status: StatusCode) -> Problem {
    match status {
        StatusCode::INTERNAL_SERVER_ERROR => internal(),
        StatusCode::METHOD_NOT_ALLOWED => wrong_method("POST"),
        StatusCode::NOT_FOUND => no_such_path(),
        _ => foreign(status),
    }
}

/// A write to a domain while another one is under way.
pub(crate) fn busy() -> Problem {
    psip(
        StatusCode::CONFLICT,
        "Conflict",
        "Concurrent modification",
        "The domain is being changed by another request",
    )
}

/// A write without the version that it is about, or with another one.
pub(super) fn precondition(status: StatusCode, detail: &str) -> Problem {
    psip(status, "Precondition", "Precondition failed", detail)
}

/// A rule of users that is broken: one client has seen `error_code` `"5"` with the details used here.
pub(super) fn invalid_user(detail: &str, status: StatusCode) -> Problem {
    Problem::new(
        status,
        json!({
            "title": "Unprocessable Entity-Invalid request parameters",
            "detail": detail,
            "error_code": "5",
        }),
    )
}

/// A POST whose name or key is taken. Only the status 400 is known, not the body.
pub(super) fn taken(status: StatusCode, what: &str) -> Problem {
    psip(
        status,
        "InvalidParams",
        "Invalid request parameters",
        &format!("The {what} is already in use"),
    )
}

/// A DELETE without `cascade` of a domain that has users. Nothing is known of the real response.
pub(super) fn has_users(count: usize, status: StatusCode) -> Problem {
    psip(
        status,
        "Conflict",
        "Domain has dependants",
        &format!("The domain has {count} user(s). Delete them first, or set cascade=true"),
    )
}

/// The form of the API's own specification: a `type` under www.nexmo.com, and no `instance`.
fn psip(status: StatusCode, kind: &str, title: &str, detail: &str) -> Problem {
    Problem::new(
        status,
        json!({
            "type": format!("https://www.nexmo.com/messages/Errors#{kind}"),
            "title": title,
            "detail": detail,
        }),
    )
}
