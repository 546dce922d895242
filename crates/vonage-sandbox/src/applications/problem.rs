//! Errors of the API, in the forms that its specification and one live answer have.

use http::header::{ALLOW, HeaderValue};
use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::problem::Problem;

/// The ID of an error. The real one has another for each.
const INSTANCE: &str = "797a51e2-0000-4000-8000-000000000400";

/// A value that breaks a rule: where it is, by names with dots between, and what is wrong with it.
#[derive(Debug, PartialEq)]
pub(super) struct Invalid {
    pub(super) name: String,
    pub(super) reason: String,
}

/// Published: 400 of a body.
pub(super) fn invalid_payload(parameters: &[Invalid]) -> Problem {
    validation("payload-validation", parameters)
}

/// Published: 400 of a list.
pub(super) fn invalid_list(name: &str, reason: &str) -> Problem {
    let (name, reason) = (name.to_owned(), reason.to_owned());
    validation("list-validation", &[Invalid { name, reason }])
}

fn validation(kind: &str, parameters: &[Invalid]) -> Problem {
    let parameters = parameters
        .iter()
        .map(|it| json!({ "name": it.name, "reason": it.reason }));
    Problem::new(
        StatusCode::BAD_REQUEST,
        json!({
            "type": format!("https://developer.vonage.com/api-errors/application#{kind}"),
            "title": "Bad Request",
            "detail": "The request failed due to validation errors",
            "invalid_parameters": parameters.collect::<Vec<Value>>(),
            "instance": INSTANCE,
        }),
    )
}

/// A member that nobody knows. The one live answer of this kind is in several lines, and has no `invalid_parameters`.
pub(super) fn unknown_member<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Problem {
    let known: Vec<String> = known.map(|name| format!("\"{name}\"")).collect();
    let detail = format!(
        "\"{name}\" is no JSON property that is known here.\nKnown here are {}: {}.\nAll are described at \
         https://developer.vonage.com/api/application.v2",
        known.len(),
        known.join(", ")
    );
    Problem::new(
        StatusCode::BAD_REQUEST,
        json!({
            "type": "https://developer.nexmo.com/api-errors/application#payload-validation",
            "title": "Bad Request",
            "detail": detail,
            "instance": INSTANCE,
        }),
    )
}

/// A body that is no JSON object, in the parser's own words.
pub(super) fn invalid_json(detail: &str) -> Problem {
    generic(
        StatusCode::BAD_REQUEST,
        "invalid-json",
        "Invalid JSON",
        detail,
    )
}

/// Published: 401.
pub(crate) fn unauthorized() -> Problem {
    generic(
        StatusCode::UNAUTHORIZED,
        "unauthorized",
        "Invalid credentials supplied",
        "You did not provide correct credentials.",
    )
}

/// An application that cannot be used, such as one that is disabled.
pub(super) fn forbidden() -> Problem {
    generic(
        StatusCode::FORBIDDEN,
        "forbidden",
        "Forbidden",
        "Your account does not have permission to perform this action.",
    )
}

/// Published: 404, with the ID as it was sent.
pub(super) fn not_found(id: &str) -> Problem {
    generic(
        StatusCode::NOT_FOUND,
        "not-found",
        "Not Found",
        &format!("ID '{id}' does not exist, or you do not have access"),
    )
}

/// Published: 405.
pub(super) fn wrong_verb(method: &Method, allow: &'static str) -> Problem {
    let problem = generic(
        StatusCode::METHOD_NOT_ALLOWED,
        "wrong-verb",
        "Request method not allowed",
        &format!("Request method '{method}' not supported"),
    );
    problem.with_header(ALLOW, HeaderValue::from_static(allow))
}

/// Published: 406.
pub(super) fn wrong_accept() -> Problem {
    generic(
        StatusCode::NOT_ACCEPTABLE,
        "accept-header",
        "Invalid Accept header",
        "The Accept header must allow one of: application/json",
    )
}

/// Published: 415.
pub(super) fn wrong_content_type() -> Problem {
    generic(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "content-type-header",
        "Unsupported Content-Type header",
        "The Content-Type header must be one of: application/json",
    )
}

/// A write while another one is under way, or of something that others need. Nothing is known of the real response.
pub(super) fn conflict(detail: &str) -> Problem {
    generic(StatusCode::CONFLICT, "conflict", "Conflict", detail)
}

/// A write to an application while another one is under way.
pub(crate) fn busy() -> Problem {
    conflict("The application is being changed by another request")
}

/// What an array in the place of `capabilities` gets. Only the status is known.
pub(crate) fn internal() -> Problem {
    generic(
        StatusCode::INTERNAL_SERVER_ERROR,
        "internal-error",
        "Internal Server Error",
        "An unknown error occurred",
    )
}

fn generic(status: StatusCode, kind: &str, title: &str, detail: &str) -> Problem {
    Problem::new(
        status,
        json!({
            "type": format!("https://developer.vonage.com/api-errors#{kind}"),
            "title": title,
            "detail": detail,
            "instance": INSTANCE,
        }),
    )
}
