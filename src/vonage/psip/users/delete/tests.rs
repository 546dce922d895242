//! Tests of deleting: what counts as gone, and that it is waited for.

use std::time::Duration;

use super::*;
use crate::vonage::http::polling::Visibility;
use crate::vonage::test_server::{Reply, Server, operation};

fn alice() -> User {
    User {
        domain: "office".into(),
        key: "alice".into(),
    }
}

fn shown() -> Reply {
    Reply::json(200, r#"{"key":"alice"}"#)
}

async fn delete(replies: Vec<Reply>) -> (Result<Deleted, Error>, Vec<String>) {
    let server = Server::script(replies).await;
    let result = server.psip().delete_user(&operation(), &alice()).await;
    (result, server.lines())
}

#[tokio::test]
async fn a_deleted_user_is_awaited_until_it_is_gone() {
    for reply in [
        Reply::json(200, "{}"),
        Reply::json(204, ""),
        Reply::html(202),
    ] {
        let (result, lines) = delete(vec![reply, shown(), shown(), Reply::not_found()]).await;
        assert_eq!(result.unwrap().visibility, Visibility::Confirmed);
        let user = "/v1/psip/office/users/alice";
        assert_eq!(lines[0], format!("DELETE {user}"));
        assert_eq!(lines[1..], [0; 3].map(|_| format!("GET {user}")));
    }
}

#[tokio::test]
async fn what_is_gone_already_is_deleted_all_the_same() {
    let (result, lines) = delete(vec![Reply::not_found()]).await;
    assert_eq!(result.unwrap().visibility, Visibility::Confirmed);
    assert_eq!(lines.len(), 2);
}

#[tokio::test]
async fn a_stale_404_does_not_spare_a_user() {
    let (result, lines) = delete(vec![
        Reply::not_found(),
        shown(),
        Reply::json(200, ""),
        Reply::not_found(),
    ])
    .await;
    assert_eq!(result.unwrap().visibility, Visibility::Confirmed);
    let deletes = lines.iter().filter(|line| line.starts_with("DELETE"));
    assert_eq!(deletes.count(), 2);
}

#[tokio::test]
async fn a_proxys_404_and_every_refusal_is_an_error() {
    for reply in [Reply::html(404), Reply::json(403, r#"{"title":"No"}"#)] {
        let (result, _) = delete(vec![reply]).await;
        assert!(result.is_err());
    }
}

#[tokio::test(start_paused = true)]
async fn a_user_that_goes_on_showing_is_said_so() {
    let server = Server::script(vec![Reply::json(200, ""), shown()]).await;
    let client = server.psip_with(|_, pace| pace.visible_within = Duration::from_millis(20));
    let deleted = client.delete_user(&operation(), &alice()).await.unwrap();
    assert!(matches!(deleted.visibility, Visibility::NotYet { .. }));
}
