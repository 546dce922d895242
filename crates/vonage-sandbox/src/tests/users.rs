//! Users over the API: their limits, their errors, and what they mean for their domain.

use serde_json::{Value, json};

use super::harness::{SECRET, domain, sandbox, send, user};

const USERS: &str = "/v1/psip/mydomain/users";

#[tokio::test]
async fn a_domain_with_users_is_deleted_only_with_cascade() {
    let sandbox = sandbox().await;
    send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
    send(&sandbox, "POST", USERS, Some(&user("alice"))).await;
    for query in ["", "?cascade=false", "?cascade", "?other=true"] {
        let refused = send(
            &sandbox,
            "DELETE",
            &format!("/v1/psip/mydomain{query}"),
            None,
        )
        .await;
        assert_eq!(refused.status, 409, "{query}");
        assert!(
            refused.json()["detail"]
                .as_str()
                .unwrap()
                .contains("cascade=true")
        );
    }
    assert_eq!(
        send(&sandbox, "DELETE", "/v1/psip/mydomain?cascade=true", None)
            .await
            .status,
        200
    );
    send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
    assert_eq!(send(&sandbox, "GET", USERS, None).await.json(), json!([]));
}

#[tokio::test]
async fn users_of_one_domain_are_not_those_of_another() {
    let sandbox = sandbox().await;
    for name in ["domain", "domain-2"] {
        send(&sandbox, "POST", "/v1/psip", Some(&domain(name))).await;
        send(
            &sandbox,
            "POST",
            &format!("/v1/psip/{name}/users"),
            Some(&user("alice")),
        )
        .await;
    }
    let listed = send(&sandbox, "GET", "/v1/psip/domain/users", None).await;
    assert_eq!(listed.json(), json!([{"key": "alice", "domain": "domain"}]));
    send(&sandbox, "DELETE", "/v1/psip/domain?cascade=true", None).await;
    let left = send(&sandbox, "GET", "/v1/psip/domain-2/users", None)
        .await
        .json();
    assert_eq!(left, json!([{"key": "alice", "domain": "domain-2"}]));
}

#[tokio::test]
async fn an_unknown_user_is_a_404_that_names_the_user() {
    let sandbox = sandbox().await;
    send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
    for (method, body) in [
        ("GET", None),
        ("PUT", Some(user("alice"))),
        ("DELETE", None),
    ] {
        let answer = send(&sandbox, method, &format!("{USERS}/alice"), body.as_ref()).await;
        assert_eq!(
            (answer.status, &answer.json()["title"]),
            (404, &json!("Invalid user selected")),
            "{method}"
        );
    }
}

#[tokio::test]
async fn a_key_is_taken_once_and_never_changed() {
    let sandbox = sandbox().await;
    send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
    assert_eq!(
        send(&sandbox, "POST", USERS, Some(&user("alice")))
            .await
            .status,
        201
    );
    assert_eq!(
        send(&sandbox, "POST", USERS, Some(&user("alice")))
            .await
            .status,
        400
    );
    let renamed = send(
        &sandbox,
        "PUT",
        &format!("{USERS}/alice"),
        Some(&user("bob")),
    )
    .await;
    assert_eq!(renamed.status, 422);
    let changed = json!({"secret": "An0therSecret"});
    assert_eq!(
        send(&sandbox, "PUT", &format!("{USERS}/alice"), Some(&changed))
            .await
            .status,
        200
    );
    assert_eq!(sandbox.users("mydomain")[0]["secret"], "An0therSecret");
}

#[tokio::test]
async fn a_broken_rule_is_a_422_with_the_error_code_that_clients_know() {
    let sandbox = sandbox().await;
    send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
    for (body, detail) in [
        (
            json!({"key": "alice", "secret": "weak"}),
            "Secret is case sensitive",
        ),
        (
            json!({"key": "", "secret": SECRET}),
            "User key may not be empty",
        ),
        (json!({"secret": SECRET}), "User key may not be empty"),
    ] {
        let answer = send(&sandbox, "POST", USERS, Some(&body)).await;
        assert_eq!(
            (answer.status, &answer.json()["error_code"]),
            (422, &json!("5")),
            "{body}"
        );
        assert!(
            answer.json()["detail"]
                .as_str()
                .unwrap()
                .starts_with(detail),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn the_201st_user_is_refused() {
    let sandbox = sandbox().await;
    send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
    for number in 1..=200 {
        let Value::Object(user) = user("any") else {
            unreachable!()
        };
        sandbox
            .put_user("mydomain", &format!("user-{number}"), user)
            .unwrap();
    }
    let refused = send(&sandbox, "POST", USERS, Some(&user("one-more"))).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.json()["detail"]
            .as_str()
            .unwrap()
            .contains("200 users")
    );
    assert_eq!(
        send(
            &sandbox,
            "PUT",
            &format!("{USERS}/user-7"),
            Some(&user("user-7"))
        )
        .await
        .status,
        200
    );
}
