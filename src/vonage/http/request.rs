//! Requests as plain values: what to send is decided and tested here, sending is `transport`'s.

use std::fmt;

use bytes::Bytes;
use http::Method;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::SecretString;
use serde_json::Value;
use zeroize::Zeroizing;

/// Answers to one object, and error bodies, are read up to this many bytes.
pub(crate) const OBJECT_LIMIT: usize = 1024 * 1024;
/// A list is read up to this many bytes over all its pages: some 30,000 domains of 500 bytes.
pub(crate) const LIST_LIMIT: usize = 16 * 1024 * 1024;

/// What RFC 3986 does not call unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A request as people and logs may see it: without its query, and without its body, which may hold a secret.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) struct RequestName {
    /// The HTTP method.
    pub method: Method,
    /// Encoded, beginning with `/`: for example `/v1/psip/office`.
    pub path: String,
}

impl fmt::Display for RequestName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// When a request may be sent again.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Repeat {
    /// Sending twice does what sending once does: after 429, 502–504 and any broken connection.
    Idempotent,
    /// Only when it cannot have taken effect: after 429, and when the connection never stood.
    OnlyIfNotDone,
    /// The caller repeats by itself.
    Never,
}

/// What a request carries.
#[derive(Clone)]
pub(crate) struct Body {
    pub(crate) media_type: &'static str,
    pub(crate) bytes: Bytes,
}

/// One request, complete but for host and credentials.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) name: RequestName,
    pub(crate) query: Option<String>,
    pub(crate) body: Option<Body>,
    pub(crate) repeat: Repeat,
    /// The most bytes of an answer that are read.
    pub(crate) answer_limit: usize,
    /// What the body holds: once it is sent, nothing that repeats it is shown.
    pub(crate) secret: Option<SecretString>,
    /// Whether it says that it is about any version of its object (`If-Match: *`).
    pub(crate) any_version: bool,
}

impl Request {
    pub(crate) fn get(path: String) -> Self {
        Self::new(Method::GET, path, Repeat::Idempotent)
    }

    pub(crate) fn put(path: String, body: &Value) -> Self {
        Self::new(Method::PUT, path, Repeat::Idempotent).with_body(body)
    }

    pub(crate) fn post(path: String, body: &Value) -> Self {
        Self::new(Method::POST, path, Repeat::OnlyIfNotDone).with_body(body)
    }

    /// A form, as HTML has it. Sending it twice does what sending it once does.
    pub(crate) fn post_form(path: String, fields: &[(&str, &str)]) -> Self {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let mut request = Self::new(Method::POST, path, Repeat::Idempotent);
        request.body = Some(Body {
            media_type: "application/x-www-form-urlencoded",
            bytes: form.into(),
        });
        request
    }

    pub(crate) fn delete(path: String) -> Self {
        Self::new(Method::DELETE, path, Repeat::Idempotent)
    }

    pub(crate) fn with_query(mut self, query: &str) -> Self {
        self.query = Some(query.to_owned());
        self
    }

    pub(crate) fn with_answer_limit(mut self, bytes: usize) -> Self {
        self.answer_limit = bytes;
        self
    }

    pub(crate) fn with_secret(mut self, secret: &SecretString) -> Self {
        self.secret = Some(secret.clone());
        self
    }

    pub(crate) fn sent_once(mut self) -> Self {
        self.repeat = Repeat::Never;
        self
    }

    pub(crate) fn sent_again_if_not_done(mut self) -> Self {
        self.repeat = Repeat::OnlyIfNotDone;
        self
    }

    /// Whether breaking off in the middle leaves it open what happened.
    pub(crate) fn is_write(&self) -> bool {
        self.name.method != Method::GET
    }

    fn new(method: Method, path: String, repeat: Repeat) -> Self {
        Self {
            name: RequestName { method, path },
            query: None,
            body: None,
            repeat,
            answer_limit: OBJECT_LIMIT,
            secret: None,
            any_version: false,
        }
    }

    fn with_body(mut self, body: &Value) -> Self {
        // It may hold a secret: this copy is cleared from memory with the request.
        let text = Zeroizing::new(body.to_string().into_bytes());
        self.body = Some(Body {
            media_type: "application/json",
            bytes: Bytes::from_owner(text),
        });
        self
    }
}

/// A name that has no place in a path.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{0:?} cannot stand in a URL path")]
pub(crate) struct InvalidPathSegment(pub String);

/// Percent-encodes a name for use between two slashes.
///
/// An empty name would address the collection above it, and `.` and `..` are taken for steps in the path even
/// when encoded, so these three are refused.
pub(crate) fn path_segment(name: &str) -> Result<String, InvalidPathSegment> {
    if matches!(name, "" | "." | "..") {
        return Err(InvalidPathSegment(name.to_owned()));
    }
    Ok(percent_encoded(name))
}

/// Everything but RFC 3986's unreserved characters as `%` and two upper-case digits.
pub(crate) fn percent_encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use super::*;

    #[test]
    fn names_that_would_leave_their_folder_are_refused() {
        for name in ["", ".", ".."] {
            assert_eq!(path_segment(name), Err(InvalidPathSegment(name.to_owned())));
        }
    }

    #[test]
    fn everything_but_unreserved_characters_is_encoded() {
        assert_eq!(path_segment("my-domain.x_~9").unwrap(), "my-domain.x_~9");
        assert_eq!(
            path_segment("a/b?c#d%2e é").unwrap(),
            "a%2Fb%3Fc%23d%252e%20%C3%A9"
        );
    }

    proptest! {
        #[test]
        fn a_segment_stays_one_segment_of_the_url(name in ".{1,20}") {
            prop_assume!(name != "." && name != "..");
            let segment = path_segment(&name).unwrap();
            let mut url = Url::parse("https://host/").unwrap();
            url.set_path(&format!("/v1/psip/{segment}"));
            let segments: Vec<_> = url.path_segments().unwrap().collect();
            prop_assert_eq!(segments.len(), 3);
            prop_assert_eq!(segments[2], segment.as_str());
            prop_assert!(url.query().is_none() && url.fragment().is_none());
        }
    }
}
