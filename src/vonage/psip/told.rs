//! All that can be told of an answer, for a fuzz target that looks for secrets in it.

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

/// What errors and logs may say of an answer, read as everything that the API sends, with this API secret of the key `key` and
/// this user's secret.
///
/// # Panics
/// Where a domain that was read does not survive being written.
#[must_use]
pub fn told_of_answer(
    (status, content_type): (u16, &'static str),
    body: &[u8],
    api_secret: &str,
    user_secret: &str,
) -> Vec<String> {
    let secrets = Secrets::default();
    secrets.register_pair("key", api_secret);
    secrets.register(user_secret);
    let answer = Answer {
        status: StatusCode::from_u16(status).unwrap_or_default(),
        headers: HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(content_type))]),
        body: Ok(Bytes::copy_from_slice(body)),
        asked: tokio::time::Instant::now(),
    };
    let request = Request::get("/v1/psip".to_owned());
    let error = ApiError::read(&request.name, &answer, &secrets);
    let user = User {
        domain: "office".to_owned(),
        key: "alice".to_owned(),
    };
    let sent = Domain {
        name: "office".to_owned(),
        ..Domain::default()
    };
    let problems = [
        domain(body).err(),
        sent.merged(body).err().map(|problem| problem.to_string()),
        list(answer.text()).err(),
        user.in_body(body).err().map(|problem| problem.to_string()),
    ];
    let mut told = vec![
        error.to_string(),
        format!("{error:?}"),
        secrets.shown(&String::from_utf8_lossy(body)),
    ];
    told.extend(problems.into_iter().flatten());
    told
}

/// A domain keeps every field on its way back to the API, those that nobody knows included.
fn domain(body: &[u8]) -> Result<(), String> {
    let domain = Domain::from_body(body, "office").map_err(|problem| problem.to_string())?;
    let json = domain.to_json().to_string();
    assert_eq!(Domain::from_body(json.as_bytes(), "office"), Ok(domain));
    Ok(())
}

fn list(body: &str) -> Result<(), String> {
    pages::parse(body)?.each_row(|row| {
        let read = User::from_row(row, "office").and(Domain::from_listed(row));
        read.map(drop).map_err(|problem| problem.to_string())
    })
}
