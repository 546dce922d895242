//! One response, before it becomes HTTP.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::StatusCode;
use http::header::{
    CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE,
};
use serde_json::{Value, json};

use crate::delivery::{self, Delivery};
use crate::switches::RetryAfterIn;

/// Headers that every response of the API carries, as Vonage's own test checks them.
const SECURITY_HEADERS: [(HeaderName, &str); 3] = [
    (
        HeaderName::from_static("strict-transport-security"),
        "max-age=31536000; includeSubDomains",
    ),
    (HeaderName::from_static("x-content-type-options"), "nosniff"),
    (HeaderName::from_static("x-xss-protection"), "1; mode=block"),
];

/// A status with a JSON body, or none.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Response {
    pub(crate) status: StatusCode,
    /// The JSON body; `None` is a body of no bytes.
    pub(crate) body: Option<Value>,
    /// A body that is no JSON, or not as a value writes it; it goes before `body`.
    pub(crate) raw: Option<Bytes>,
    /// What the body is.
    pub(crate) media_type: &'static str,
    /// Headers beside the usual ones, which they replace.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// How it reaches the client.
    pub(crate) delivery: Delivery,
}

impl Response {
    pub(crate) fn json(status: StatusCode, body: impl Into<Value>) -> Self {
        Self {
            body: Some(body.into()),
            ..Self::empty(status)
        }
    }

    /// A response with these very bytes.
    pub(crate) fn raw(
        status: StatusCode,
        media_type: &'static str,
        bytes: impl Into<Bytes>,
    ) -> Self {
        Self {
            raw: Some(bytes.into()),
            media_type,
            ..Self::empty(status)
        }
    }

    pub(crate) fn empty(status: StatusCode) -> Self {
        Self {
            status,
            body: None,
            raw: None,
            media_type: "application/json",
            headers: Vec::new(),
            delivery: Delivery::default(),
        }
    }

    /// Asks the client to wait so many seconds.
    pub(crate) fn ask_to_wait(&mut self, seconds: u32, place: RetryAfterIn, now: SystemTime) {
        let header = match place {
            RetryAfterIn::Header | RetryAfterIn::Both => Some(HeaderValue::from(seconds)),
            RetryAfterIn::Date => {
                let then = now + Duration::from_secs(seconds.into());
                HeaderValue::from_str(&httpdate::fmt_http_date(then)).ok()
            }
            RetryAfterIn::Body | RetryAfterIn::Neither => None,
        };
        self.headers
            .extend(header.map(|value| (RETRY_AFTER, value)));
        if let (RetryAfterIn::Body | RetryAfterIn::Both, Some(Value::Object(body))) =
            (place, &mut self.body)
        {
            body.insert("retry_after".to_owned(), json!(seconds));
        }
    }

    pub(crate) fn into_http(self) -> http::Response<delivery::Body> {
        let body = self
            .raw
            .or_else(|| self.body.map(|body| Bytes::from(body.to_string())));
        let has_body = body.is_some();
        let body = body.unwrap_or_default();
        let length = body.len();
        let mut response = http::Response::new(delivery::body(body, &self.delivery));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        for (name, value) in SECURITY_HEADERS {
            headers.insert(name, HeaderValue::from_static(value));
        }
        if has_body {
            headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(
                WWW_AUTHENTICATE,
                HeaderValue::from_static("Basic realm=\"Vonage\""),
            );
        }
        for (name, value) in self.headers {
            headers.insert(name, value);
        }
        response
    }
}
