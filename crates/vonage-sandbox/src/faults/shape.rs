//! Bodies that a fault puts in the place of the real one.

use bytes::Bytes;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// How large the largest body is: more than a client should keep of an error.
const HUGE: usize = 10 << 20;

/// A body that is not the API's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// The published error form: `type`, `title`, `detail`.
    Published,
    /// The form that all Vonage APIs share, with `instance`, as `application/problem+json`.
    Generic,
    /// An error below the key `error`.
    Nested,
    /// What a proxy shows people.
    Html,
    /// A line of plain text.
    Text,
    /// No byte.
    Empty,
    /// The JSON value `null`.
    Null,
    /// A JSON array.
    Array,
    /// JSON that ends in the middle, though all bytes that were promised come.
    CutJson,
    /// JSON in which a key comes twice.
    Twice,
    /// Bytes that are no UTF-8.
    InvalidUtf8,
    /// A page of 10 MiB.
    Huge,
    /// The request's own body, secrets included, inside an error.
    Echo,
}

impl Shape {
    /// Media type and bytes for a response with this status to a request with this body.
    pub(super) fn render(self, status: StatusCode, request: &[u8]) -> (&'static str, Bytes) {
        let json = "application/json";
        let title = status.canonical_reason().unwrap_or("Unknown");
        let detail = "The sandbox was told to fail";
        let error = |json: serde_json::Value| Bytes::from(json.to_string());
        let published = json!({
            "type": "https://www.nexmo.com/messages/Errors#Scripted", "title": title, "detail": detail,
        });
        match self {
            Self::Published => (json, error(published)),
            Self::Generic => {
                let body = json!({
                    "type": "https://developer.vonage.com/api-errors#scripted", "title": title, "detail": detail,
                    "instance": "sandbox",
                });
                ("application/problem+json", error(body))
            }
            Self::Nested => (json, error(json!({ "error": published }))),
            Self::Html => ("text/html", Bytes::from(page(status, title))),
            Self::Text => (
                "text/plain",
                Bytes::from_static(b"upstream connect error\n"),
            ),
            Self::Empty => (json, Bytes::new()),
            Self::Null => (json, Bytes::from_static(b"null")),
            Self::Array => (json, error(json!([published]))),
            Self::CutJson => (json, Bytes::from_static(b"{\"title\": \"Not the who")),
            Self::Twice => (
                json,
                Bytes::from_static(
                    br#"{"name": "one-name", "name": "another", "title": "a", "title": "b"}"#,
                ),
            ),
            Self::InvalidUtf8 => (json, Bytes::from_static(b"{\"title\": \"\xff\xfe\xc3(\"}")),
            Self::Huge => ("text/html", Bytes::from(vec![b'x'; HUGE])),
            Self::Echo => {
                let request = String::from_utf8_lossy(request);
                (
                    json,
                    error(json!({ "title": title, "detail": format!("cannot process {request}") })),
                )
            }
        }
    }
}

fn page(status: StatusCode, title: &str) -> String {
    let code = status.as_u16();
    format!(
        "<!DOCTYPE html>\n<html><head><title>{code} {title}</title></head><body><h1>{title}</h1></body></html>\n"
    )
}
