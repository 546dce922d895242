//! The fuzz target of the API's answers: any status and body, read as everything that the API may send, in which no secret of
//! ours may come to light.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};

use super::domain::Domain;
use super::users::User;
use crate::vonage::http::answer::Answer;
use crate::vonage::http::api_error::ApiError;
use crate::vonage::http::pages;
use crate::vonage::http::request::Request;
use crate::vonage::http::secrets::Secrets;

/// The account's secret: letters only, so that no way to quote it changes it.
const API_SECRET: &str = "AccountSecret";
/// A user's secret, and spellings of it that an echo may have.
const USER_SECRET: &str = "Us3r \"S\"/%";
const SPELLINGS: [&str; 3] = [USER_SECRET, r#"Us3r \"S\"/%"#, "Us3r%20%22S%22%2F%25"];
/// Base64 of `key:` and the account's secret.
const BASIC: &str = "a2V5OkFjY291bnRTZWNyZXQ";
const CONTENT_TYPES: [&str; 4] = [
    "application/json",
    "application/problem+json",
    "text/html",
    "",
];

/// Reads an answer whose first byte chooses the status and the second the content type.
///
/// # Panics
/// Where a secret shows in what would be told, or a domain that was read does not survive being written.
pub fn api_body(bytes: &[u8]) {
    let (head, body) = bytes.split_at(bytes.len().min(2));
    let [status, content_type] = [0, 1].map(|at| usize::from(head.get(at).copied().unwrap_or(0)));
    let secrets = Secrets::default();
    secrets.register_pair("key", API_SECRET);
    secrets.register(USER_SECRET);
    let request = Request::get("/v1/psip".to_owned());
    let answer = answer(status, content_type, body);
    let error = ApiError::read(&request.name, &answer, &secrets);
    shows_no_secret(&error.to_string());
    shows_no_secret(&format!("{error:?}"));
    shows_no_secret(&secrets.shown(&String::from_utf8_lossy(body)));
    domain(body);
    list(body);
    let user = User {
        domain: "office".to_owned(),
        key: "alice".to_owned(),
    };
    if let Ok(read) = user.in_body(body) {
        assert_eq!(read, user);
    }
}

fn answer(status: usize, content_type: usize, body: &[u8]) -> Answer {
    const STATUSES: [StatusCode; 6] = [
        StatusCode::BAD_REQUEST,
        StatusCode::UNAUTHORIZED,
        StatusCode::NOT_FOUND,
        StatusCode::TOO_MANY_REQUESTS,
        StatusCode::BAD_GATEWAY,
        StatusCode::TEMPORARY_REDIRECT,
    ];
    let pick = |list: &[&'static str], at: usize| list.iter().cycle().nth(at).copied();
    let content_type = pick(&CONTENT_TYPES, content_type).unwrap_or_default();
    let headers: HeaderMap = [(CONTENT_TYPE, HeaderValue::from_static(content_type))]
        .into_iter()
        .collect();
    Answer {
        status: STATUSES
            .iter()
            .cycle()
            .nth(status)
            .copied()
            .unwrap_or_default(),
        headers,
        body: Ok(Bytes::copy_from_slice(body)),
        asked: tokio::time::Instant::now(),
    }
}

/// A domain keeps every field on its way back to the API, those that nobody knows included.
fn domain(body: &[u8]) {
    let sent = Domain {
        name: "office".to_owned(),
        ..Domain::default()
    };
    if let Err(problem) = sent.merged(body) {
        shows_no_secret(&problem.to_string());
    }
    match Domain::from_body(body, "office") {
        Ok(domain) => {
            let json = domain.to_json(&domain.unmanaged);
            assert_eq!(Domain::from_object(json, Some("office")), Ok(domain));
        }
        Err(problem) => shows_no_secret(&problem.to_string()),
    }
}

fn list(body: &[u8]) {
    let text = std::str::from_utf8(body).unwrap_or_default();
    let read = pages::parse(text).and_then(|page| {
        page.each_row(|row| {
            let _ = User::from_row(row, "office");
            Domain::from_listed(row)
                .map(drop)
                .map_err(|problem| problem.to_string())
        })
    });
    if let Err(problem) = read {
        shows_no_secret(&problem);
    }
}

fn shows_no_secret(text: &str) {
    for secret in [API_SECRET, BASIC].iter().chain(&SPELLINGS) {
        assert!(!text.contains(secret), "{secret:?} is shown: {text}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "is shown")]
    fn a_secret_that_shows_is_told() {
        shows_no_secret("Authorization: Basic a2V5OkFjY291bnRTZWNyZXQ=");
    }
}
