//! One answer, before it becomes HTTP.

use bytes::Bytes;
use http::header::{ALLOW, CONNECTION, CONTENT_TYPE, HeaderName, HeaderValue, WWW_AUTHENTICATE};
use http::{Response, StatusCode};
use http_body_util::Full;
use serde_json::Value;

/// Headers that every answer of the API carries, as Vonage's own test checks them.
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
pub(super) struct Reply {
    /// The HTTP status.
    pub(super) status: StatusCode,
    /// The JSON body; `None` is a body of no bytes.
    pub(super) body: Option<Value>,
    /// What the body is.
    pub(super) media_type: &'static str,
    /// Methods that the path does know, for a 405.
    pub(super) allow: Option<&'static str>,
    /// Whether what is left of the request is not worth reading.
    pub(super) close: bool,
}

impl Reply {
    /// An answer with a JSON body.
    pub(super) fn json(status: StatusCode, body: impl Into<Value>) -> Self {
        Self {
            body: Some(body.into()),
            ..Self::empty(status)
        }
    }

    /// An answer without a body.
    pub(super) fn empty(status: StatusCode) -> Self {
        Self {
            status,
            body: None,
            media_type: "application/json",
            allow: None,
            close: false,
        }
    }

    /// The answer as hyper sends it.
    pub(super) fn into_response(self) -> Response<Full<Bytes>> {
        let body = self.body.map(|body| Bytes::from(body.to_string()));
        let has_body = body.is_some();
        let mut response = Response::new(Full::new(body.unwrap_or_default()));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        for (name, value) in SECURITY_HEADERS {
            headers.insert(name, HeaderValue::from_static(value));
        }
        if has_body {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        }
        if let Some(methods) = self.allow {
            headers.insert(ALLOW, HeaderValue::from_static(methods));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(
                WWW_AUTHENTICATE,
                HeaderValue::from_static("Basic realm=\"Vonage\""),
            );
        }
        if self.close {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}
