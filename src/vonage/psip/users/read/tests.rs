//! Tests of reading: what shows a user, what makes it gone, and what does neither.

use std::time::Duration;

use super::*;
use crate::causes::explain;
use crate::vonage::http::settling::Settling;
use crate::vonage::test_server::{Reply, Server, operation};

fn alice() -> User {
    User {
        domain: "office".into(),
        key: "alice".into(),
    }
}

async fn read(replies: Vec<Reply>) -> (Result<Option<User>, Error>, usize) {
    let server = Server::script(replies).await;
    let result = server.psip().read_user(&operation(), &alice()).await;
    (result, server.count("GET /v1/psip/office/users/alice"))
}

#[tokio::test]
async fn any_object_about_the_key_shows_the_user_and_nothing_of_it_is_kept() {
    for body in [
        r#"{"key":"alice","domain":"office"}"#,
        r#"{"key":"alice","secret":"Wond3rland-12","id":7}"#,
        r#"{"key":null,"id":"x"}"#,
        "{}",
    ] {
        let (result, requests) = read(vec![Reply::json(200, body)]).await;
        assert_eq!(result.unwrap(), Some(alice()), "{body}");
        assert_eq!(requests, 1);
    }
}

#[tokio::test]
async fn only_the_apis_own_404_said_twice_means_gone() {
    let (result, requests) = read(vec![Reply::not_found()]).await;
    assert_eq!((result.unwrap(), requests), (None, 2));
    let shown = Reply::json(200, "{}");
    let (result, _) = read(vec![Reply::not_found(), shown]).await;
    assert!(result.unwrap().is_some());
    let (result, _) = read(vec![Reply::not_found(), Reply::html(404)]).await;
    assert!(result.is_err());
}

#[tokio::test]
async fn every_other_trouble_is_an_error_without_secrets() {
    for reply in [
        Reply::html(404),
        Reply::json(401, r#"{"title":"Invalid credentials supplied"}"#),
        Reply::json(500, r#"{"title":"Internal"}"#),
        Reply::html(200),
        Reply::json(200, ""),
        Reply::json(200, r#""secret: Wond3rland-12""#),
        Reply::json(200, r#"[{"key":"alice","secret":"Wond3rland-12"}]"#),
        Reply::json(200, r#"{"key":"bob","secret":"Wond3rland-12"}"#),
        Reply::json(200, r#"{"key":["alice"],"secret":"Wond3rland-12"}"#),
        Reply::HangUp,
    ] {
        let (result, _) = read(vec![reply.clone()]).await;
        let text = explain(&result.expect_err(&format!("{reply:?}")));
        assert!(!text.contains("Wond3rland"), "{text}");
    }
}

#[tokio::test]
async fn a_new_user_is_waited_for() {
    let server = Server::script(vec![
        Reply::not_found(),
        Reply::not_found(),
        Reply::not_found(),
        Reply::json(200, "{}"),
    ])
    .await;
    let settling = Settling {
        missing: Duration::from_secs(20),
        ..Settling::default()
    };
    let found = server
        .psip()
        .read_settling_user(&operation(), &alice(), settling)
        .await;
    assert_eq!(found.unwrap().found, Some(alice()));
}
