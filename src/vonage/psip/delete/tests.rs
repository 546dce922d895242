//! Tests of deleting.

use std::time::Duration;

use tokio::time::Instant;

use super::*;
use crate::vonage::http::polling::Visibility;
use crate::vonage::test_server::{Reply, Server, operation};

fn office() -> Reply {
    Reply::json(200, r#"{"name":"office","acl":[]}"#)
}

async fn delete(replies: Vec<Reply>) -> (Result<Deleted, Error>, Vec<String>) {
    let server = Server::script(replies).await;
    let result = server
        .psip()
        .delete_domain(&operation(), "office", false)
        .await;
    (result, server.lines())
}

#[tokio::test]
async fn a_delete_waits_until_the_domain_is_gone() {
    for reply in [Reply::json(200, ""), Reply::json(204, ""), Reply::html(200)] {
        let (result, lines) = delete(vec![
            reply,
            office(),
            Reply::html(404),
            office(),
            Reply::not_found(),
        ])
        .await;
        // A proxy's 404 is no proof, and no reason to look on either.
        assert!(matches!(
            result.unwrap().visibility,
            Visibility::NotYet { .. }
        ));
        assert_eq!(lines.len(), 3);
    }
    let (result, lines) = delete(vec![
        Reply::json(200, ""),
        office(),
        office(),
        Reply::not_found(),
    ])
    .await;
    let (visibility, was_missing) = (Visibility::Confirmed, false);
    let expected = Deleted {
        visibility,
        was_missing,
    };
    assert_eq!(result.unwrap(), expected);
    assert_eq!(lines.len(), 4);
}

#[tokio::test]
async fn what_is_gone_already_is_deleted() {
    let (result, lines) = delete(vec![Reply::not_found()]).await;
    let (visibility, was_missing) = (Visibility::Confirmed, true);
    let expected = Deleted {
        visibility,
        was_missing,
    };
    assert_eq!(result.unwrap(), expected);
    assert_eq!(lines, ["DELETE /v1/psip/office", "GET /v1/psip/office"]);
}

#[tokio::test(start_paused = true)]
async fn a_delete_that_is_refused_again_and_again_is_repeated_ever_more_slowly() {
    let mut script = vec![[Reply::not_found(), office()]; 3].concat();
    script.extend([Reply::json(200, ""), Reply::not_found()]);
    let server = Server::script(script).await;
    let client = server.psip_with(|_, timing| {
        timing.first_poll = Duration::from_secs(1);
        timing.longest_poll = Duration::from_secs(4);
        timing.jitter = || 1.0;
    });
    let begun = Instant::now();
    let deleted = client.delete_domain(&operation(), "office", false).await;
    assert_eq!(deleted.unwrap().visibility, Visibility::Confirmed);
    assert!(begun.elapsed() >= Duration::from_secs(1 + 2 + 4));
}

#[tokio::test]
async fn a_404_from_a_part_that_does_not_know_the_domain_yet_is_not_the_end() {
    let script = vec![
        Reply::not_found(),
        office(),
        Reply::json(200, ""),
        Reply::not_found(),
    ];
    let (result, lines) = delete(script).await;
    assert_eq!(result.unwrap().visibility, Visibility::Confirmed);
    let deletes = lines
        .iter()
        .filter(|line| line.starts_with("DELETE"))
        .count();
    assert_eq!(deletes, 2);
}

#[tokio::test]
async fn a_proxys_404_is_an_error() {
    let (result, lines) = delete(vec![Reply::html(404)]).await;
    assert!(result.is_err());
    assert_eq!(lines.len(), 1);
}

#[tokio::test]
async fn a_delete_is_sent_again_after_passing_troubles() {
    let (result, _) = delete(vec![Reply::HangUp, Reply::html(502), Reply::not_found()]).await;
    assert_eq!(result.unwrap().visibility, Visibility::Confirmed);
}

#[tokio::test]
async fn cascade_is_said_only_when_asked_for() {
    let server = Server::script(vec![Reply::not_found()]).await;
    server
        .psip()
        .delete_domain(&operation(), "office", true)
        .await
        .unwrap();
    assert_eq!(server.lines()[0], "DELETE /v1/psip/office?cascade=true");
}

#[tokio::test(start_paused = true)]
async fn a_domain_that_lingers_is_said_to_be_late() {
    let server = Server::script(vec![Reply::json(200, ""), office()]).await;
    let client = server.psip_with(|_, pace| pace.visible_within = Duration::from_millis(20));
    let deleted = client
        .delete_domain(&operation(), "office", false)
        .await
        .unwrap();
    assert!(matches!(deleted.visibility, Visibility::NotYet { .. }));
}

#[tokio::test]
async fn ctrl_c_during_the_delete_ends_the_wait_only() {
    let server = Server::script(vec![Reply::Held(Box::new(Reply::json(200, "")))]).await;
    let operation = operation();
    let client = server.psip();
    let (result, ()) = tokio::join!(client.delete_domain(&operation, "office", false), async {
        server.arrival().await;
        operation.cancel.cancel();
        server.release();
    });
    assert_eq!(result.unwrap().visibility, Visibility::Cancelled);
    assert_eq!(server.count("GET"), 0);
}
