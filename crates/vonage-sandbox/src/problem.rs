//! Error bodies: the five that specification 1.0.0 publishes word for word, Vonage's generic ones, and likely ones for the rest.

use std::time::SystemTime;

use http::StatusCode;
use http::header::{ALLOW, CONNECTION, HeaderValue};
use serde_json::json;

use crate::error_body;
use crate::response::Response;
use crate::switches::{ErrorBody, RetryAfterIn};

/// An error answer of the API.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Problem(Box<Response>);

impl From<Problem> for Response {
    fn from(problem: Problem) -> Self {
        *problem.0
    }
}

impl Problem {
    /// The problem as the answer to a request with this body.
    pub(crate) fn formatted(self, shape: ErrorBody, request: &[u8]) -> Response {
        let mut response = *self.0;
        error_body::format(&mut response, shape, request);
        response
    }
}

/// Published: 400, with the parser's own words.
pub(crate) fn invalid_json(detail: &str) -> Problem {
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

/// Published: 404 of a domain.
pub(crate) fn domain_not_found() -> Problem {
    psip(
        StatusCode::NOT_FOUND,
        "NotFound",
        "Invalid domain selected",
        "The domain you're trying to interact with is invalid",
    )
}

/// Published: 422 of a domain that lacks something. It has no `type`.
pub(crate) fn lacks_fields() -> Problem {
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
pub(crate) fn unprocessable(detail: &str) -> Problem {
    problem(
        StatusCode::UNPROCESSABLE_ENTITY,
        json!({ "title": "Unprocessable Entity-Invalid request parameters", "detail": detail }),
    )
}

/// An application that does not exist. Nothing is known of the real answer.
pub(crate) fn unknown_application(status: u16) -> Problem {
    problem(
        StatusCode::from_u16(status).unwrap_or_default(),
        json!({
            "title": "Invalid application",
            "detail": "The application does not exist, or has no voice capability",
        }),
    )
}

/// A domain that belongs to another account. Nothing is known of the real answer.
pub(crate) fn foreign(status: StatusCode) -> Problem {
    match status {
        StatusCode::NOT_FOUND => domain_not_found(),
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
pub(crate) fn no_list(status: StatusCode) -> Problem {
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

/// A write without the version that it is about, or with an old one.
pub(crate) fn wrong_version(is_told: bool) -> Problem {
    let (status, detail) = if is_told {
        (
            StatusCode::PRECONDITION_FAILED,
            "The domain has changed since",
        )
    } else {
        (
            StatusCode::PRECONDITION_REQUIRED,
            "The header If-Match is missing",
        )
    };
    psip(status, "Precondition", "Precondition failed", detail)
}

/// Generic: more requests than are allowed.
pub(crate) fn too_many_requests(place: RetryAfterIn) -> Problem {
    let mut problem = generic(
        StatusCode::TOO_MANY_REQUESTS,
        "throttled",
        "Rate Limit Hit",
        "Please wait, then retry your request",
    );
    problem.0.ask_to_wait(1, place, SystemTime::now());
    problem
}

/// A rule of users that is broken: one client has seen `error_code` `"5"` with the details used here.
pub(crate) fn invalid_user(detail: &str, status: StatusCode) -> Problem {
    problem(
        status,
        json!({
            "title": "Unprocessable Entity-Invalid request parameters",
            "detail": detail,
            "error_code": "5",
        }),
    )
}

/// 404 of a user, after the model of the domain's.
pub(crate) fn user_not_found() -> Problem {
    psip(
        StatusCode::NOT_FOUND,
        "NotFound",
        "Invalid user selected",
        "The user you're trying to interact with is invalid",
    )
}

/// A POST whose name or key is taken. Only the status 400 is known, not the body.
pub(crate) fn taken(status: StatusCode, what: &str) -> Problem {
    psip(
        status,
        "InvalidParams",
        "Invalid request parameters",
        &format!("The {what} is already in use"),
    )
}

/// A DELETE without `cascade` of a domain that has users. Nothing is known of the real answer.
pub(crate) fn has_users(count: usize, status: StatusCode) -> Problem {
    psip(
        status,
        "Conflict",
        "Domain has dependants",
        &format!("The domain has {count} user(s). Delete them first, or set cascade=true"),
    )
}

/// Generic: a path that the API does not have.
pub(crate) fn no_such_path() -> Problem {
    generic(
        StatusCode::NOT_FOUND,
        "not-found",
        "Resource not found",
        "The requested resource does not exist, or you do not have access to it",
    )
}

/// Generic: a path that does not know this method.
pub(crate) fn wrong_method(allow: &'static str) -> Problem {
    let mut problem = generic(
        StatusCode::METHOD_NOT_ALLOWED,
        "wrong-verb",
        "Invalid verb",
        "The HTTP verb is not supported for this resource",
    );
    let allow = HeaderValue::from_static(allow);
    problem.0.headers.push((ALLOW, allow));
    problem
}

/// Generic: a body that is not said to be JSON.
pub(crate) fn wrong_media_type() -> Problem {
    generic(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "content-type-header",
        "Invalid Content-Type header",
        "The Content-Type header must be application/json",
    )
}

/// What the sandbox itself refuses before the API would see it. The connection ends: what is left of the request is not read.
pub(crate) fn closing(status: StatusCode, detail: &str) -> Problem {
    let mut problem = generic(status, "bad-request", "Bad request", detail);
    let close = HeaderValue::from_static("close");
    problem.0.headers.push((CONNECTION, close));
    problem
}

/// The form of the API's own specification: a `type` under www.nexmo.com, and no `instance`.
fn psip(status: StatusCode, kind: &str, title: &str, detail: &str) -> Problem {
    problem(
        status,
        json!({
            "type": format!("https://www.nexmo.com/messages/Errors#{kind}"),
            "title": title,
            "detail": detail,
        }),
    )
}

/// The form that all Vonage APIs share, with an `instance` and the media type of RFC 9457.
fn generic(status: StatusCode, kind: &str, title: &str, detail: &str) -> Problem {
    let mut problem = problem(
        status,
        json!({
            "type": format!("https://developer.vonage.com/api-errors#{kind}"),
            "title": title,
            "detail": detail,
            "instance": "sandbox",
        }),
    );
    problem.0.media_type = "application/problem+json";
    problem
}

fn problem(status: StatusCode, body: serde_json::Value) -> Problem {
    Problem(Box::new(Response::json(status, body)))
}

/// The detail of a problem, for tests of the rules behind it.
#[cfg(test)]
pub(crate) fn detail(problem: &Problem) -> &str {
    problem
        .0
        .body
        .as_ref()
        .and_then(|body| body["detail"].as_str())
        .unwrap()
}
