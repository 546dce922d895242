//! An answer as plain values: status, the headers that mean something to us, and the body.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, StatusCode};
use tokio::time::Instant;

use super::secrets::Secrets;
use super::transport_error::TransportError;

/// What one attempt was answered. The status counts even where the body could not be read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Result<Bytes, TransportError>,
    /// When the request was sent: what happened later need not be in it.
    pub(crate) asked: Instant,
}

impl Answer {
    /// Whether the body claims to be JSON: `application/json`, `application/problem+json` and their like.
    pub(crate) fn is_json(&self) -> bool {
        let essence = self.content_type().unwrap_or_default().to_ascii_lowercase();
        essence == "application/json"
            || (essence.starts_with("application/") && essence.ends_with("+json"))
    }

    /// The body as text; empty where it is none, or could not be read.
    pub(crate) fn text(&self) -> &str {
        let body = self.body.as_deref().unwrap_or_default();
        std::str::from_utf8(body).unwrap_or_default()
    }

    /// What may be told of a body whose words are not known: its type and length.
    pub(crate) fn form(&self, secrets: &Secrets) -> String {
        let content_type = match self.content_type() {
            Some(content_type) => secrets.shown(content_type),
            None => "no content type".to_owned(),
        };
        match &self.body {
            Ok(body) if body.is_empty() => "no body".to_owned(),
            Ok(body) => format!("{content_type}, {} bytes", body.len()),
            Err(problem) => format!("{content_type}; {problem}"),
        }
    }

    fn content_type(&self) -> Option<&str> {
        let content_type = self.header(CONTENT_TYPE.as_str())?;
        content_type.split(';').next().map(str::trim)
    }

    pub(crate) fn request_id(&self) -> Option<&str> {
        self.header("x-request-id")
    }

    pub(crate) fn retry_after(&self) -> Option<&str> {
        self.header(RETRY_AFTER.as_str())
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

#[cfg(test)]
impl Answer {
    /// An answer out of nothing, for tests of what is made of answers.
    pub(crate) fn of(status: u16, headers: &[(&'static str, &str)], body: &str) -> Self {
        Self {
            status: StatusCode::from_u16(status).unwrap(),
            headers: headers
                .iter()
                .map(|(name, value)| {
                    (
                        http::HeaderName::from_static(name),
                        http::HeaderValue::from_str(value).unwrap(),
                    )
                })
                .collect(),
            body: Ok(Bytes::from(body.to_owned())),
            asked: Instant::now(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_told_by_the_content_type() {
        for (content_type, expected) in [
            ("application/json", true),
            ("Application/JSON; charset=utf-8", true),
            ("application/problem+json", true),
            ("text/html", false),
            ("text/json-ish", false),
            ("text/problem+json", false),
            ("application/xml", false),
        ] {
            let answer = Answer::of(404, &[("content-type", content_type)], "");
            assert_eq!(answer.is_json(), expected, "{content_type}");
        }
        assert!(!Answer::of(404, &[], "{}").is_json());
    }
}
