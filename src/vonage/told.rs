//! All that can be told of an answer, for a fuzz target that looks for secrets in it.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};

use super::http::answer::Answer;
use super::http::api_error::ApiError;
use super::http::request::Request;
use super::http::secrets::Secrets;
use super::{applications, psip};

/// What errors and logs may say of an answer, read as everything that the APIs send, with this API secret of the key `key` and
/// this user's secret.
///
/// # Panics
/// Where an object that was read does not survive being written, or a private key does.
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
    let mut told = vec![
        error.to_string(),
        format!("{error:?}"),
        secrets.shown(&String::from_utf8_lossy(body)),
    ];
    told.extend(psip::problems(body, answer.text()));
    told.extend(applications::problems(body, answer.text()));
    told
}
