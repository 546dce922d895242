//! What was written a moment ago is neither taken for gone nor for changed while one part of the API is behind.

use std::time::Duration;

use crate::vonage::http::settling::Settling;
use crate::vonage::psip::Domain;
use crate::vonage::test_server::{Reply, Server, operation};

const LONG: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(30);

fn office(tls: &str) -> Reply {
    Reply::json(
        200,
        &format!(r#"{{"name":"office","acl":[],"tls":"{tls}"}}"#),
    )
}

/// Reads a domain that was written with `tls = "always"`; gives what was found, and the number of requests.
async fn read(
    replies: Vec<Reply>,
    missing: Duration,
    different: Duration,
) -> (Option<String>, usize) {
    let server = Server::script(replies).await;
    let settling = Settling { missing, different };
    let as_written = |found: &Domain| found.tls.as_deref() == Some("always");
    let found = server
        .psip()
        .read_settling_domain(&operation(), "office", settling, &as_written)
        .await;
    (
        found.unwrap().found.and_then(|found| found.tls),
        server.count("GET"),
    )
}

#[tokio::test]
async fn what_is_shown_as_written_is_read_once() {
    let (found, requests) = read(vec![office("always")], LONG, LONG).await;
    assert_eq!((found.as_deref(), requests), (Some("always"), 1));
}

#[tokio::test]
async fn a_part_that_is_behind_drops_nothing_and_changes_nothing() {
    let behind = vec![
        Reply::not_found(),
        Reply::not_found(),
        Reply::not_found(),
        office("never"),
        Reply::not_found(),
        office("always"),
    ];
    let (found, requests) = read(behind, LONG, LONG).await;
    assert_eq!((found.as_deref(), requests), (Some("always"), 6));
}

#[tokio::test]
async fn how_long_the_first_read_was_doubted_is_known() {
    for (replies, is_doubted) in [
        (vec![office("always")], false),
        (vec![office("never"), office("always")], true),
    ] {
        let server = Server::script(replies).await;
        let settling = Settling {
            missing: LONG,
            different: LONG,
        };
        let as_written = |found: &Domain| found.tls.as_deref() == Some("always");
        let read = server
            .psip()
            .read_settling_domain(&operation(), "office", settling, &as_written)
            .await;
        assert_eq!(!read.unwrap().waited.is_zero(), is_doubted);
    }
}

#[tokio::test]
async fn what_has_settled_is_believed() {
    let (found, requests) = read(vec![office("never")], Duration::ZERO, Duration::ZERO).await;
    assert_eq!((found.as_deref(), requests), (Some("never"), 1));
    let (found, requests) = read(vec![Reply::not_found()], Duration::ZERO, Duration::ZERO).await;
    assert_eq!((found, requests), (None, 2));
}

#[tokio::test(start_paused = true)]
async fn what_stays_missing_or_different_is_believed_in_the_end() {
    let (found, requests) = read(vec![Reply::not_found()], SHORT, SHORT).await;
    assert_eq!(found, None);
    assert!(requests > 3);
    let (found, requests) = read(vec![office("never")], SHORT, SHORT).await;
    assert_eq!(found.as_deref(), Some("never"));
    assert!(requests > 1);
}

#[tokio::test]
async fn what_no_read_has_shown_yet_may_be_missing_longer_than_different() {
    let behind = vec![
        Reply::not_found(),
        Reply::not_found(),
        Reply::not_found(),
        office("never"),
    ];
    let (found, requests) = read(behind, LONG, Duration::ZERO).await;
    assert_eq!((found.as_deref(), requests), (Some("never"), 4));
}
