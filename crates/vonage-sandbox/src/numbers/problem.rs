//! Errors of the API: a code, which is the status too, and a label in words.

use http::StatusCode;
use serde_json::json;

use crate::problem::Problem;

/// What the API answers to nearly all that it does not do. No standard has this status.
const METHOD_FAILED: u16 = 420;

/// Published: 401.
pub(crate) fn unauthorized() -> Problem {
    problem(StatusCode::UNAUTHORIZED, "authentication failed")
}

/// Published: 420, with a reason of any length.
pub(super) fn failed(reason: &str) -> Problem {
    let status = StatusCode::from_u16(METHOD_FAILED).unwrap_or(StatusCode::BAD_REQUEST);
    problem(status, &format!("method failed: {reason}"))
}

/// An update of a number while another one is under way. Nothing is known of the real response.
pub(crate) fn busy() -> Problem {
    failed("the number is being changed by another request")
}

/// The real API would answer in XML, which the sandbox does not play.
pub(super) fn wrong_accept() -> Problem {
    let label = "the sandbox answers in JSON alone: the Accept header must allow application/json";
    problem(StatusCode::NOT_ACCEPTABLE, label)
}

pub(crate) fn internal() -> Problem {
    problem(StatusCode::INTERNAL_SERVER_ERROR, "internal error")
}

fn problem(status: StatusCode, label: &str) -> Problem {
    Problem::new(
        status,
        json!({ "error-code": status.as_str(), "error-code-label": label }),
    )
}
