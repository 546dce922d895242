//! An answer as a judgement looks at it.

use http::header::{CONTENT_TYPE, ETAG, RETRY_AFTER};
use serde_json::{Map, Value};

use crate::vonage::Answer;

/// What one request was answered.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) body: Body,
    pub(super) has_etag: bool,
    /// The header that says how long to wait.
    pub(super) retry_after: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Body {
    Nothing,
    Json(Value),
    Html,
    Text,
    /// It broke off, or was too large.
    Unreadable,
}

impl Reply {
    pub(super) fn of(answer: &Answer) -> Self {
        let header = |name| answer.headers.get(name)?.to_str().ok();
        let is_html = header(CONTENT_TYPE).is_some_and(|it| it.starts_with("text/html"));
        let body = match &answer.body {
            Err(_) => Body::Unreadable,
            Ok(bytes) if bytes.is_empty() => Body::Nothing,
            Ok(bytes) => match serde_json::from_slice(bytes) {
                Ok(value) => Body::Json(value),
                Err(_) if is_html => Body::Html,
                Err(_) => Body::Text,
            },
        };
        Self {
            status: answer.status.as_u16(),
            body,
            has_etag: header(ETAG).is_some(),
            retry_after: header(RETRY_AFTER).map(str::to_owned),
        }
    }

    /// An answer of 200 with this body, in the place of several.
    pub(super) fn standing_for(body: Value) -> Self {
        Self {
            status: 200,
            body: Body::Json(body),
            has_etag: false,
            retry_after: None,
        }
    }

    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether the API says no to what was asked. Credentials, the rate and the time are other matters.
    pub(super) fn is_refusal(&self) -> bool {
        (400..500).contains(&self.status) && ![401, 408, 429].contains(&self.status)
    }

    pub(super) fn json(&self) -> &Value {
        match &self.body {
            Body::Json(value) => value,
            _ => &Value::Null,
        }
    }

    /// The body's object.
    pub(super) fn object(&self) -> Option<&Map<String, Value>> {
        self.json().as_object()
    }

    /// A text in the body, by its JSON pointer.
    pub(super) fn text(&self, pointer: &str) -> Option<&str> {
        self.json().pointer(pointer)?.as_str()
    }

    /// The entries of `acl`.
    pub(super) fn acl(&self) -> Vec<&str> {
        let entries = self.json().get("acl").and_then(Value::as_array);
        entries
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }
}
