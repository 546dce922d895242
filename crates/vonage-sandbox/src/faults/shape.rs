//! Bodies that a fault puts in the place of the real one.

use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::problem::generic;
use crate::response::Response;

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
    /// The form of the Numbers API: `error-code` and `error-code-label`. The code is the status, or 420 for one of success.
    Label,
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
    /// A response with this status to a request with this body.
    pub(super) fn response(self, status: StatusCode, request: &[u8]) -> Response {
        let json = "application/json";
        let title = status.canonical_reason().unwrap_or("Unknown");
        let detail = "The sandbox was told to fail";
        let published = json!({
            "type": "https://www.nexmo.com/messages/Errors#Scripted", "title": title, "detail": detail,
        });
        match self {
            Self::Published => Response::json(status, published),
            Self::Generic => generic(status, "scripted", title, detail).into(),
            Self::Nested => Response::json(status, json!({ "error": published })),
            Self::Label => {
                let code = if status.is_success() {
                    "420"
                } else {
                    status.as_str()
                };
                let label = "method failed";
                Response::json(
                    status,
                    json!({ "error-code": code, "error-code-label": label }),
                )
            }
            Self::Html => Response::raw(status, "text/html", page(status, title)),
            Self::Text => Response::raw(status, "text/plain", "upstream connect error\n"),
            Self::Empty => Response::raw(status, json, ""),
            Self::Null => Response::json(status, Value::Null),
            Self::Array => Response::json(status, json!([published])),
            Self::CutJson => Response::raw(status, json, r#"{"title": "Not the who"#),
            Self::Twice => {
                let twice =
                    r#"{"name": "one-name", "name": "another", "title": "a", "title": "b"}"#;
                Response::raw(status, json, twice)
            }
            Self::InvalidUtf8 => {
                let bytes: &[u8] = b"{\"title\": \"\xff\xfe\xc3(\"}";
                Response::raw(status, json, bytes)
            }
            Self::Huge => Response::raw(status, "text/html", vec![b'x'; HUGE]),
            Self::Echo => {
                let detail = format!("cannot process {}", String::from_utf8_lossy(request));
                Response::json(status, json!({ "title": title, "detail": detail }))
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
