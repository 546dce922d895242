//! One fault: the requests it falls on, and what it does to their responses.

use std::str::FromStr;
use std::time::SystemTime;

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderValue};
use serde::{Deserialize, Serialize};

use super::pattern::PathPattern;
use super::shape::Shape;
use crate::response::Response;
use crate::span::Span;
use crate::switches::RetryAfterIn;

/// A fault as JSON has it. Fields that are left out do nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fault {
    /// The method of the requests that it falls on; any where it is left out.
    pub method: Option<String>,
    /// Their path: exact, with `{...}` for one segment, or with `*` at its end; any where it is left out.
    pub path: Option<PathPattern>,
    /// How many of them pass untouched before.
    pub skip: u32,
    /// How many it falls on; all where it is left out.
    pub times: Option<u32>,
    /// How long it lasts, from when it was set; without end where it is left out.
    #[serde(rename = "for")]
    pub lasts: Option<Span>,
    /// Whether the request takes effect. Left out: `before` where there is another response or none, else `after`.
    pub at: Option<Moment>,
    /// The connection is reset instead of a response.
    pub reset: bool,
    /// The response's status.
    pub status: Option<u16>,
    /// The response's body, by its shape.
    pub body: Option<Shape>,
    /// The response's body, word for word.
    pub text: Option<String>,
    /// The response's `Content-Type`.
    pub content_type: Option<String>,
    /// The response's `Content-Encoding`; the body does not follow it.
    pub content_encoding: Option<String>,
    /// How many seconds the response asks the client to wait.
    pub retry_after: Option<u32>,
    /// Where it says so.
    pub retry_after_in: RetryAfterIn,
    /// How long the first byte takes to come.
    pub first_byte: Option<Span>,
    /// The body comes in pieces of 16 bytes, with this long before each.
    pub drip: Option<Span>,
    /// Only so many bytes of the body come; then the connection ends.
    pub truncate: Option<usize>,
}

/// When a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moment {
    /// Instead of what was asked for.
    Before,
    /// After it was done.
    After,
}

/// Why JSON is no fault.
#[derive(Debug, thiserror::Error)]
pub enum InvalidFault {
    /// Not an object with these fields and values; the parser says which one is wrong.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// Nothing would go wrong.
    #[error("the fault does nothing: set reset, status, body, text, or what happens to the answer")]
    Nothing,
    /// There would be no response to change.
    #[error(
        "at \"before\" needs reset, status, body or text: there is no other answer where nothing is done"
    )]
    NoAnswer,
    /// Not a status of HTTP.
    #[error("status {0} is not between 200 and 599")]
    Status(u16),
    /// Not fit for a header.
    #[error("{0:?} cannot be sent in a header")]
    Header(String),
}

impl FromStr for Fault {
    type Err = InvalidFault;

    fn from_str(json: &str) -> Result<Self, InvalidFault> {
        Self::from_json(json.as_bytes())
    }
}

impl Fault {
    /// Reads and checks one fault.
    pub fn from_json(json: &[u8]) -> Result<Self, InvalidFault> {
        serde_json::from_slice::<Self>(json)?.checked()
    }

    /// Reads and checks a list of faults.
    pub fn list_from_json(json: &[u8]) -> Result<Vec<Self>, InvalidFault> {
        let faults: Vec<Self> = serde_json::from_slice(json)?;
        faults.into_iter().map(Self::checked).collect()
    }

    fn checked(self) -> Result<Self, InvalidFault> {
        let replaces = self.replaces();
        let alters = self.content_type.is_some()
            || self.content_encoding.is_some()
            || self.retry_after.is_some()
            || self.first_byte.is_some()
            || self.drip.is_some()
            || self.truncate.is_some();
        if !replaces && !alters {
            return Err(InvalidFault::Nothing);
        }
        if !replaces && self.at == Some(Moment::Before) {
            return Err(InvalidFault::NoAnswer);
        }
        if let Some(status) = self.status.filter(|status| !(200..600).contains(status)) {
            return Err(InvalidFault::Status(status));
        }
        for text in [&self.content_type, &self.content_encoding]
            .into_iter()
            .flatten()
        {
            HeaderValue::from_str(text).map_err(|_| InvalidFault::Header(text.clone()))?;
        }
        Ok(self)
    }

    /// Whether there is another response, or none.
    fn replaces(&self) -> bool {
        self.reset || self.status.is_some() || self.body.is_some() || self.text.is_some()
    }

    /// Whether it falls on a request, its counts aside.
    pub(super) fn is_about(&self, method: &str, path: &str) -> bool {
        let method_fits = self
            .method
            .as_ref()
            .is_none_or(|it| it.eq_ignore_ascii_case(method));
        method_fits && self.path.as_ref().is_none_or(|it| it.matches(path))
    }

    /// Whether the request is done before the fault strikes.
    pub(crate) fn strikes_after(&self) -> bool {
        self.at
            .map_or(!self.replaces(), |moment| moment == Moment::After)
    }

    /// Makes of the real response, or of none, what the client gets.
    pub(crate) fn apply(
        &self,
        real: Option<Response>,
        request: &[u8],
        now: SystemTime,
    ) -> Response {
        let mut response = self.content(real, request);
        for (name, text) in [
            (CONTENT_TYPE, &self.content_type),
            (CONTENT_ENCODING, &self.content_encoding),
        ] {
            // The text was checked when the fault was made.
            let value = text
                .as_ref()
                .and_then(|text| HeaderValue::from_str(text).ok());
            response.headers.extend(value.map(|value| (name, value)));
        }
        if let Some(seconds) = self.retry_after {
            response.ask_to_wait(seconds, self.retry_after_in, now);
        }
        response.delivery.reset = self.reset;
        response.delivery.first_byte = self.first_byte.unwrap_or_default().0;
        response.delivery.drip = self.drip.map(|span| span.0);
        response.delivery.truncate = self.truncate;
        response
    }

    /// Status and body. An error without a body of its own has the published form.
    fn content(&self, real: Option<Response>, request: &[u8]) -> Response {
        let was_done = real.is_some();
        let mut response = real.unwrap_or_else(|| Response::empty(StatusCode::OK));
        if let Some(status) = self.status.and_then(|code| StatusCode::from_u16(code).ok()) {
            response.status = status;
        }
        let is_error = response.status.is_client_error() || response.status.is_server_error();
        let default =
            (is_error && (self.status.is_some() || !was_done)).then_some(Shape::Published);
        if let Some(text) = &self.text {
            response.body = None;
            response.raw = Some(Bytes::from(text.clone()));
        } else if let Some(shape) = self.body.or(default) {
            let headers = response.headers;
            response = Response {
                headers,
                ..shape.response(response.status, request)
            };
        }
        response
    }
}
