//! Tests of updating: one PUT, never of a user that is not there.

use super::*;
use crate::causes::explain;
use crate::vonage::test_server::{Reply, Server, operation};

const SECRET: &str = "Wond3rland-\"2\"";

fn alice() -> User {
    User {
        domain: "office".into(),
        key: "alice".into(),
    }
}

fn shown() -> Reply {
    Reply::json(200, r#"{"key":"alice"}"#)
}

async fn update(replies: Vec<Reply>) -> (Result<(), UpdateError<User>>, Server) {
    let server = Server::script(replies).await;
    let secret = SecretString::from(SECRET);
    let result = server
        .psip()
        .update_user(&operation(), &alice(), &secret, Settling::default())
        .await;
    (result, server)
}

#[tokio::test]
async fn a_user_that_is_there_gets_one_put() {
    for reply in [
        shown(),
        Reply::json(201, ""),
        Reply::html(200),
        Reply::Truncated(200, "{".into()),
    ] {
        let (result, server) = update(vec![shown(), reply]).await;
        result.unwrap();
        let user = "/v1/psip/office/users/alice";
        assert_eq!(
            server.lines(),
            [format!("GET {user}"), format!("PUT {user}")]
        );
        let body: serde_json::Value = serde_json::from_str(&server.requests()[1].body).unwrap();
        assert_eq!(body, serde_json::json!({"key": "alice", "secret": SECRET}));
    }
}

#[tokio::test]
async fn a_user_that_is_gone_is_not_made_again() {
    let (result, server) = update(vec![Reply::not_found()]).await;
    assert!(matches!(result, Err(UpdateError::NotFound)));
    assert_eq!(server.count("PUT"), 0);
    let (result, _) = update(vec![shown(), Reply::not_found()]).await;
    assert!(matches!(result, Err(UpdateError::NotFound)));
}

#[tokio::test]
async fn a_user_of_which_nothing_is_sent_is_looked_at_all_the_same() {
    for (reply, is_there) in [(shown(), true), (Reply::not_found(), false)] {
        let server = Server::script(vec![reply]).await;
        let checked = server
            .psip()
            .check_user(&operation(), &alice(), Settling::default())
            .await;
        assert_eq!(checked.is_ok(), is_there, "{checked:?}");
        assert_eq!(server.count("PUT"), 0);
    }
}

#[tokio::test]
async fn a_refusal_passes_through_without_the_secret() {
    let detail = serde_json::json!({"title": "No", "detail": format!("{SECRET} is weak")});
    let (result, server) = update(vec![shown(), Reply::json(422, &detail.to_string())]).await;
    let text = explain(&result.unwrap_err());
    assert!(text.contains("No: [redacted] is weak"), "{text}");
    assert_eq!(server.count("PUT"), 1);
}
