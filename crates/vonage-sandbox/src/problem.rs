//! Error responses, and the ones that all of Vonage's APIs share.

use std::time::SystemTime;

use http::StatusCode;
use http::header::{ALLOW, CONNECTION, HeaderName, HeaderValue};
use serde_json::json;

use crate::response::Response;
use crate::switches::RetryAfterIn;

/// A response of the API, or its error.
pub(crate) type Outcome = Result<Response, Problem>;

/// An error response of the API.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Problem(Box<Response>);

impl From<Problem> for Response {
    fn from(problem: Problem) -> Self {
        *problem.0
    }
}

impl Problem {
    pub(crate) fn new(status: StatusCode, body: serde_json::Value) -> Self {
        Self(Box::new(Response::json(status, body)))
    }

    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }
}

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

pub(crate) fn no_such_path() -> Problem {
    generic(
        StatusCode::NOT_FOUND,
        "not-found",
        "Resource not found",
        "The requested resource does not exist, or you do not have access to it",
    )
}

pub(crate) fn wrong_method(allow: &'static str) -> Problem {
    let problem = generic(
        StatusCode::METHOD_NOT_ALLOWED,
        "wrong-verb",
        "Invalid verb",
        "The HTTP verb is not supported for this resource",
    );
    problem.with_header(ALLOW, HeaderValue::from_static(allow))
}

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
    let problem = generic(status, "bad-request", "Bad request", detail);
    problem.with_header(CONNECTION, HeaderValue::from_static("close"))
}

/// The form that all Vonage APIs share, with an `instance` and the media type of RFC 9457.
pub(crate) fn generic(status: StatusCode, kind: &str, title: &str, detail: &str) -> Problem {
    let mut problem = Problem::new(
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
