//! Tests of listing: every form of the answer, no secrets, and what an absent domain is.

use super::*;
use crate::causes::explain;
use crate::vonage::test_server::{Reply, Server, operation};

async fn list(replies: Vec<Reply>) -> (Result<Option<Vec<String>>, Error>, Vec<String>) {
    let server = Server::script(replies).await;
    let users = server.psip().list_users(&operation(), "of fice").await;
    let keys =
        users.map(|users| users.map(|users| users.into_iter().map(|user| user.key).collect()));
    (keys, server.lines())
}

#[tokio::test]
async fn users_are_listed_in_both_forms_and_each_once() {
    let array = Reply::json(
        200,
        r#"[{"key":"alice","domain":"x"},{"key":"bob","id":7}]"#,
    );
    let first = Reply::json(
        200,
        r#"{"_embedded":{"users":[{"key":"alice"}]},"_links":{"next":{"href":"?page=2"}}}"#,
    );
    let second = Reply::json(
        200,
        r#"{"_embedded":{"users":[{"key":"alice"},{"key":"bob"}]}}"#,
    );
    for (script, paths) in [
        (vec![array], vec!["GET /v1/psip/of%20fice/users"]),
        (
            vec![first, second],
            vec![
                "GET /v1/psip/of%20fice/users",
                "GET /v1/psip/of%20fice/users?page=2",
            ],
        ),
    ] {
        let (keys, lines) = list(script).await;
        assert_eq!(keys.unwrap().unwrap(), ["alice", "bob"]);
        assert_eq!(lines, paths);
    }
}

#[tokio::test]
async fn no_users_are_not_no_domain_and_are_believed_when_the_api_says_so_twice() {
    let (keys, lines) = list(vec![Reply::json(200, "[]")]).await;
    assert_eq!(keys.unwrap(), Some(Vec::new()));
    assert_eq!(lines.len(), 2);
    let alice = Reply::json(200, r#"[{"key":"alice"}]"#);
    let (keys, _) = list(vec![Reply::json(200, "[]"), alice]).await;
    assert_eq!(keys.unwrap().unwrap(), ["alice"]);
}

#[tokio::test]
async fn of_many_domains_an_empty_list_is_believed_at_once() {
    let server = Server::script(vec![Reply::json(200, "[]")]).await;
    let client = server.psip();
    let users = client.list_users_unconfirmed(&operation(), "office").await;
    assert_eq!(users.unwrap(), Some(Vec::new()));
    assert_eq!(server.count("GET"), 1);
}

#[tokio::test]
async fn a_domain_is_absent_when_the_api_says_so_twice() {
    let (keys, lines) = list(vec![Reply::not_found()]).await;
    assert_eq!(keys.unwrap(), None);
    assert_eq!(lines.len(), 2);
    let (keys, _) = list(vec![Reply::not_found(), Reply::json(200, "[]")]).await;
    assert_eq!(keys.unwrap(), Some(Vec::new()));
    let (keys, _) = list(vec![Reply::html(404)]).await;
    assert!(keys.is_err());
}

#[tokio::test]
async fn pages_stay_with_the_users_of_the_domain() {
    for next in [
        "/v1/psip",
        "/v1/psip/other/users?page=2",
        "https://evil.example/",
    ] {
        let body =
            format!(r#"{{"_embedded":{{"users":[]}},"_links":{{"next":{{"href":"{next}"}}}}}}"#);
        let (keys, lines) = list(vec![Reply::json(200, &body)]).await;
        let error = keys.unwrap_err();
        assert!(
            error.to_string().contains("leads elsewhere"),
            "{next}: {error}"
        );
        assert_eq!(lines.len(), 1);
    }
}

#[tokio::test]
async fn a_list_of_another_shape_is_refused_without_quoting_secrets() {
    for body in [
        r#"[{"secret":"Wond3rland-12"}]"#,
        r#"[{"key":7,"secret":"Wond3rland-12"}]"#,
        r#"{"users":[{"key":"alice","Secret":"Wond3rland-12"}]}"#,
        r#"[{"key":"alice","secret":"Wond3rland-12"#,
    ] {
        let (keys, _) = list(vec![Reply::json(200, body)]).await;
        let text = explain(&keys.unwrap_err());
        assert!(text.contains("the body is not a list of users"), "{text}");
        assert!(!text.contains("Wond3rland"), "{text}");
    }
}

#[test]
fn a_secret_in_a_row_goes_no_further() {
    let row = serde_json::from_str(r#"{"key": "alice", "secret": "Wond3rland-12"}"#).unwrap();
    let user = User::from_row(row, "office").unwrap();
    assert_eq!(
        format!("{user:?}"),
        r#"User { domain: "office", key: "alice" }"#
    );
}
