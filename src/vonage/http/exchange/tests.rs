//! Tests of retries, cancellation, deadlines and the log, against a server that misbehaves as told.

use tokio_util::sync::CancellationToken;

use super::*;
use crate::causes::explain;
use crate::vonage::http::timing::Timing;
use crate::vonage::test_log::Log;
use crate::vonage::test_server::{Reply, SECRET, Server, operation};

fn get() -> Request {
    Request::get("/v1/psip/office".to_owned())
}

fn post() -> Request {
    let body = serde_json::json!({"name": "office"});
    Request::post("/v1/psip".to_owned(), &body)
}

fn ok() -> Reply {
    Reply::json(200, r#"{"name":"office"}"#)
}

fn throttled(seconds: &str) -> Reply {
    let headers = vec![("retry-after", seconds.to_owned())];
    Reply::WithHeaders(429, headers, String::new())
}

#[tokio::test]
async fn a_read_survives_passing_troubles() {
    let truncated = Reply::Truncated(200, "{".to_owned());
    for trouble in [
        Reply::html(502),
        Reply::html(503),
        Reply::html(504),
        Reply::HangUp,
        truncated,
        throttled("0"),
    ] {
        let server = Server::script(vec![trouble.clone(), trouble.clone(), ok()]).await;
        let answer = server.client().exchange(&operation(), &get()).await;
        assert!(answer.is_ok(), "{trouble:?}: {answer:?}");
        assert_eq!(server.count("GET"), 3, "{trouble:?}");
    }
}

#[tokio::test]
async fn retries_end_and_the_error_says_how_many_there_were() {
    let server = Server::script(vec![Reply::html(503)]).await;
    let error = server
        .client()
        .exchange(&operation(), &get())
        .await
        .unwrap_err();
    assert_eq!(server.count("GET"), 4);
    let text = error.to_string();
    assert!(
        text.starts_with(
            "GET /v1/psip/office answered 503 Service Unavailable (tried 4 times over "
        ),
        "{text}"
    );
    assert!(error.may_have_taken_effect());
}

#[tokio::test]
async fn no_retries_means_one_try() {
    let server = Server::script(vec![Reply::html(503)]).await;
    let client = server.client_with(|settings, _| settings.max_retries = 0);
    client.exchange(&operation(), &get()).await.unwrap_err();
    assert_eq!(server.count("GET"), 1);
}

#[tokio::test]
async fn other_refusals_are_final() {
    for status in [302, 400, 401, 403, 404, 405, 409, 415, 422, 500, 501] {
        let server = Server::script(vec![Reply::json(status, r#"{"title":"No"}"#), ok()]).await;
        let error = server
            .client()
            .exchange(&operation(), &get())
            .await
            .unwrap_err();
        assert_eq!(server.count("GET"), 1, "{status}");
        assert_eq!(error.api().unwrap().status.as_u16(), status);
        assert_eq!(error.is_unauthorized(), status == 401);
        assert_eq!(error.is_forbidden(), status == 403);
        assert_eq!(error.is_not_found(), status == 404);
        assert!(!error.is_cancelled());
    }
}

#[tokio::test]
async fn a_create_is_not_sent_again_when_it_may_have_been_done() {
    for trouble in [
        Reply::HangUp,
        Reply::html(502),
        Reply::html(503),
        Reply::html(504),
        Reply::html(500),
    ] {
        let server = Server::script(vec![trouble.clone(), ok()]).await;
        let error = server
            .client()
            .exchange(&operation(), &post())
            .await
            .unwrap_err();
        assert_eq!(server.count("POST"), 1, "{trouble:?}");
        assert!(error.may_have_taken_effect(), "{trouble:?}");
    }
}

#[tokio::test]
async fn a_refusal_says_nothing_of_the_tries_before_it() {
    let request = Request::put("/x".to_owned(), &serde_json::json!({}));
    for (trouble, unclear) in [
        (Reply::HangUp, true),
        (Reply::html(504), true),
        (throttled("0"), false),
    ] {
        let server =
            Server::script(vec![trouble.clone(), Reply::json(404, r#"{"title":"No"}"#)]).await;
        let outcome = server.client().exchange(&operation(), &request).await;
        let error = outcome.unwrap_err();
        assert!(error.is_not_found());
        assert_eq!(error.may_have_taken_effect(), unclear, "{trouble:?}");
    }
}

#[tokio::test]
async fn a_create_is_sent_again_after_429() {
    let server = Server::script(vec![throttled("0"), ok()]).await;
    server
        .client()
        .exchange(&operation(), &post())
        .await
        .unwrap();
    assert_eq!(server.count("POST"), 2);
}

#[tokio::test]
async fn a_broken_body_does_not_undo_a_write() {
    let server = Server::script(vec![Reply::Truncated(201, "{".to_owned())]).await;
    let answer = server
        .client()
        .exchange(&operation(), &post())
        .await
        .unwrap();
    assert!(answer.body.is_err());
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_fails_at_once_and_says_both() {
    let server = Server::script(vec![throttled("120"), ok()]).await;
    let error = server
        .client()
        .exchange(&operation(), &get())
        .await
        .unwrap_err();
    assert_eq!(server.count("GET"), 1);
    assert!(matches!(error, Error::OutOfTime { .. }));
    assert!(error.is_rate_limited() && !error.may_have_taken_effect());
    let text = explain(&error);
    assert!(text.contains("needs a wait of 120 s, but only "), "{text}");
    assert!(text.contains("answered 429 Too Many Requests"), "{text}");
}

#[tokio::test]
async fn a_429_holds_back_the_requests_that_follow() {
    let server = Server::script(vec![throttled("120"), ok()]).await;
    let client = server.client();
    client.exchange(&operation(), &get()).await.unwrap_err();
    let error = client.exchange(&operation(), &get()).await.unwrap_err();
    assert!(
        matches!(error, Error::OutOfTime { tries, .. } if tries.count == 0),
        "{error:?}"
    );
    assert_eq!(server.count("GET"), 1);
}

#[tokio::test]
async fn after_the_deadline_nothing_is_sent() {
    let server = Server::script(vec![ok()]).await;
    let over = Operation::new(Duration::ZERO, CancellationToken::new());
    let error = server.client().exchange(&over, &post()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "POST /v1/psip was not sent: the time for this operation has run out"
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn after_ctrl_c_nothing_is_sent() {
    let server = Server::script(vec![ok()]).await;
    let operation = operation();
    operation.cancel.cancel();
    let error = server
        .client()
        .exchange(&operation, &post())
        .await
        .unwrap_err();
    assert!(error.is_cancelled() && !error.may_have_taken_effect());
    assert_eq!(error.to_string(), "cancelled before POST /v1/psip was sent");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn ctrl_c_breaks_off_a_read() {
    let server = Server::script(vec![Reply::Silence]).await;
    let operation = operation();
    let client = server.client();
    let request = get();
    let (outcome, ()) = tokio::join!(client.exchange(&operation, &request), async {
        server.arrival().await;
        operation.cancel.cancel();
    });
    assert!(outcome.unwrap_err().is_cancelled());
}

#[tokio::test]
async fn ctrl_c_lets_a_write_finish_and_stops_its_retry() {
    for (reply, succeeds) in [(ok(), true), (Reply::html(503), false)] {
        let server = Server::script(vec![Reply::Held(Box::new(reply))]).await;
        let operation = operation();
        let client = server.client();
        let request = Request::put("/x".to_owned(), &serde_json::json!({}));
        let (outcome, ()) = tokio::join!(client.exchange(&operation, &request), async {
            server.arrival().await;
            operation.cancel.cancel();
            server.release();
        });
        assert_eq!(server.count("PUT"), 1);
        match outcome {
            Ok(_) => assert!(succeeds),
            Err(error) => {
                assert!(!succeeds && error.is_cancelled());
                assert!(error.may_have_taken_effect());
            }
        }
    }
}

#[tokio::test]
async fn a_refused_connection_is_tried_again_even_for_a_create() {
    let server = Server::script(vec![ok()]).await;
    let client = server.client_with(|settings, _| {
        // Port 0 cannot be connected to.
        settings.base_url.set_port(Some(0)).unwrap();
    });
    let error = client.exchange(&operation(), &post()).await.unwrap_err();
    assert!(
        matches!(&error, Error::Transport { tries, .. } if tries.count == 4),
        "{error:?}"
    );
    assert!(!error.may_have_taken_effect());
}

#[tokio::test]
async fn each_attempt_is_one_log_line_without_secrets() {
    let (log, _guard) = Log::of_this_thread();
    let echo = Reply::json(500, &format!(r#"{{"title":{SECRET:?}}}"#));
    let script = vec![Reply::HangUp, Reply::html(503), echo];
    let warm_up = Server::script(script.clone()).await;
    let _ = warm_up.client().exchange(&operation(), &get()).await;
    log.begin();

    let server = Server::script(script).await;
    let error = server
        .client()
        .exchange(&operation(), &get())
        .await
        .unwrap_err();
    let lines = log.lines();
    let attempts: Vec<_> = lines
        .iter()
        .filter(|line| line.contains("HTTP request"))
        .collect();
    assert_eq!(attempts.len(), 3, "{lines:?}");
    for (index, line) in attempts.iter().enumerate() {
        assert!(
            line.contains("method=\"GET\" path=\"/v1/psip/office\""),
            "{line}"
        );
        assert!(line.contains(&format!("attempt={}", index + 1)), "{line}");
        assert!(line.contains("duration_ms="), "{line}");
    }
    assert!(attempts[2].contains("status=500"));
    let all = format!("{}{}", lines.join("\n"), explain(&error));
    for hidden in [SECRET, "Top5ecret", "Basic", "uthorization"] {
        assert!(!all.contains(hidden), "{hidden}: {all}");
    }
}

#[tokio::test]
async fn a_request_that_is_sent_once_gives_whatever_it_is_answered() {
    for status in [200, 400, 404, 429, 500, 503] {
        let server = Server::script(vec![Reply::json(status, "{}")]).await;
        let answer = server.client().send_once(&operation(), &get()).await;
        assert_eq!(answer.unwrap().status.as_u16(), status);
        assert_eq!(server.count("GET"), 1);
    }
    let server = Server::script(vec![Reply::HangUp]).await;
    let lost = server.client().send_once(&operation(), &get()).await;
    assert!(
        matches!(lost, Err(Error::Transport { tries, .. }) if tries.count == 1),
        "{lost:?}"
    );
    assert_eq!(server.count("GET"), 1);
}

#[tokio::test]
async fn after_an_answer_that_asks_for_a_pause_the_next_request_waits() {
    let server = Server::script(vec![throttled("1"), ok()]).await;
    let client = server.client();
    let begun = Instant::now();
    for _ in 0..2 {
        client.send_once(&operation(), &get()).await.unwrap();
    }
    assert!(begun.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn retries_wait_a_little_longer_than_the_api_asks() {
    let server = Server::script(vec![ok()]).await;
    let client = server.client_with(|_, timing| {
        *timing = Timing {
            jitter: || 0.5,
            ..Timing::default()
        };
    });
    let waits = [Some(Duration::from_secs(7)), None]
        .map(|stated| client.wait_before_retry(stated, 2).as_millis());
    assert_eq!(waits, [7_250, 1_500]);
}

#[tokio::test]
async fn an_answer_that_refuses_by_its_body_was_tried_once() {
    let server = Server::script(vec![ok()]).await;
    let answer = Answer::of(200, &[], "");
    for (code, expected) in [("420", 420), ("none", 200)] {
        let error = server.client().refused(&get(), &answer, code);
        let Error::Api { tries, source } = error else {
            panic!("{error:?}");
        };
        assert_eq!((tries.count, source.status.as_u16()), (1, expected));
    }
}

#[tokio::test]
async fn only_a_request_about_any_version_says_so() {
    let server = Server::script(vec![ok()]).await;
    for any_version in [false, true] {
        let mut request = Request::delete("/v1/psip/office".to_owned());
        request.any_version = any_version;
        let sent = server.client().send_once(&operation(), &request).await;
        sent.unwrap();
    }
    let says = server.requests().into_iter();
    let says = says.map(|it| it.head.to_ascii_lowercase().contains("if-match: *"));
    assert_eq!(says.collect::<Vec<_>>(), [false, true]);
}
