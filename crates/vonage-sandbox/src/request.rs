//! A request that has been read whole, and what is asked of it in several places.

use bytes::Bytes;
use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderName};

pub(crate) type Request = http::Request<Bytes>;

/// A header as text, where it is text.
pub(crate) fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Whether the body is said to be JSON.
pub(crate) fn is_json(request: &Request) -> bool {
    is_of(request, "application/json")
}

fn is_of(request: &Request, expected: &str) -> bool {
    let content_type = header(request.headers(), &CONTENT_TYPE).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default();
    media_type.trim().eq_ignore_ascii_case(expected)
}

/// Whether the client takes JSON. One that does not say what it takes, takes anything.
pub(crate) fn accepts_json(request: &Request) -> bool {
    header(request.headers(), &ACCEPT).is_none_or(|accept| {
        let ranges = accept
            .split(',')
            .filter_map(|range| range.split(';').next());
        let mut ranges = ranges.map(|range| range.trim().to_ascii_lowercase());
        ranges.any(|range| ["application/json", "application/*", "*/*"].contains(&range.as_str()))
    })
}

/// The first value of this name in the query.
pub(crate) fn query_value(request: &Request, name: &str) -> Option<String> {
    let mut pairs = query_pairs(request).into_iter();
    pairs.find(|(key, _)| key == name).map(|(_, value)| value)
}

/// The names and values in the query.
pub(crate) fn query_pairs(request: &Request) -> Vec<(String, String)> {
    let query = request.uri().query().unwrap_or_default();
    url::form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

/// The names and values in the body, where it is said to be a form.
pub(crate) fn form_pairs(request: &Request) -> Option<Vec<(String, String)>> {
    let is_form = is_of(request, "application/x-www-form-urlencoded");
    let pairs = || url::form_urlencoded::parse(request.body()).into_owned();
    is_form.then(|| pairs().collect())
}
