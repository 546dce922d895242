//! Decides whether a request is sent again. Pure: the waiting is `exchange`'s.
//!
//! Sent again are 429, 502, 503, 504 and broken connections; never another 4xx, and never a plain 500, which
//! Vonage answers to requests that it cannot digest.

use std::time::{Duration, SystemTime};

use http::StatusCode;

use super::answer::Answer;
use super::api_error::ApiError;
use super::request::Repeat;
use super::transport_error::TransportError;

/// Whether an answer with this status is worth another try.
pub(crate) fn after_status(repeat: Repeat, status: StatusCode) -> bool {
    let refused_unread = status == StatusCode::TOO_MANY_REQUESTS;
    let passing = matches!(
        status,
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT
    );
    match repeat {
        Repeat::Idempotent => refused_unread || passing,
        Repeat::OnlyIfNotDone => refused_unread,
        Repeat::Never => false,
    }
}

/// Whether no answer at all is worth another try.
pub(crate) fn after_failure(repeat: Repeat, error: &TransportError) -> bool {
    match repeat {
        Repeat::Never => false,
        _ if error.is_permanent() => false,
        Repeat::Idempotent => true,
        Repeat::OnlyIfNotDone => !error.may_have_been_sent(),
    }
}

/// The wait that the API asks for: the header `Retry-After`, in seconds or as a date, else the body's `retry_after`.
pub(crate) fn stated_wait(answer: &Answer, error: &ApiError, now: SystemTime) -> Option<Duration> {
    let header = answer.retry_after().and_then(|text| header_wait(text, now));
    header.or(error.retry_after)
}

fn header_wait(text: &str, now: SystemTime) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = httpdate::parse_http_date(text).ok()?;
    Some(at.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::vonage::http::request::Request;
    use crate::vonage::http::secrets::Secrets;

    fn status(code: u16) -> StatusCode {
        StatusCode::from_u16(code).unwrap()
    }

    #[test]
    fn only_passing_troubles_are_tried_again() {
        let repeated = |repeat| -> Vec<u16> {
            (200..600)
                .filter(|code| after_status(repeat, status(*code)))
                .collect()
        };
        assert_eq!(repeated(Repeat::Idempotent), [429, 502, 503, 504]);
        assert_eq!(repeated(Repeat::OnlyIfNotDone), [429]);
        assert_eq!(repeated(Repeat::Never), [0; 0]);
    }

    #[test]
    fn a_create_is_sent_again_only_if_the_connection_never_stood() {
        let refused = TransportError::Connect {
            host: "host".into(),
            cause: "refused".into(),
        };
        let reset = TransportError::Interrupted {
            cause: "reset".into(),
        };
        let late = TransportError::Timeout {
            after: Duration::from_secs(30),
        };
        for (error, create, read) in [
            (&refused, true, true),
            (&reset, false, true),
            (&late, false, true),
        ] {
            assert_eq!(after_failure(Repeat::OnlyIfNotDone, error), create);
            assert_eq!(after_failure(Repeat::Idempotent, error), read);
            assert!(!after_failure(Repeat::Never, error));
        }
    }

    #[test]
    fn what_cannot_change_is_not_tried_again() {
        let certificate = TransportError::Certificate {
            host: "host".into(),
            cause: "unknown issuer".into(),
        };
        assert!(!after_failure(Repeat::Idempotent, &certificate));
    }

    fn wait_of(headers: &[(&'static str, &str)], body: &str, now: SystemTime) -> Option<Duration> {
        let answer = Answer::of(429, headers, body);
        let name = Request::get("/".to_owned()).name;
        stated_wait(
            &answer,
            &ApiError::read(&name, &answer, &Secrets::default()),
            now,
        )
    }

    #[test]
    fn the_stated_wait_is_read_from_header_date_or_body() {
        let now = httpdate::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
        let seconds = |n| Some(Duration::from_secs(n));
        let json = ("content-type", "application/json");
        let body = r#"{"title":"Throttled","retry_after":30}"#;
        assert_eq!(wait_of(&[("retry-after", " 7 ")], "", now), seconds(7));
        let date = ("retry-after", "Sun, 06 Nov 1994 08:50:07 GMT");
        assert_eq!(wait_of(&[date], "", now), seconds(30));
        let past = ("retry-after", "Sun, 06 Nov 1994 08:00:00 GMT");
        assert_eq!(wait_of(&[past], "", now), seconds(0));
        assert_eq!(wait_of(&[json], body, now), seconds(30));
        assert_eq!(
            wait_of(&[json, ("retry-after", "2")], body, now),
            seconds(2)
        );
        assert_eq!(
            wait_of(&[json, ("retry-after", "soon")], body, now),
            seconds(30)
        );
        assert_eq!(
            wait_of(&[json], r#"{"title":"x","retry_after":-1}"#, now),
            None
        );
        assert_eq!(wait_of(&[], "", now), None);
    }

    proptest! {
        #[test]
        fn any_header_text_is_survived(text in "[ -~]{0,40}") {
            let _ = header_wait(&text, SystemTime::UNIX_EPOCH);
        }
    }
}
