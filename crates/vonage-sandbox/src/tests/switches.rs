//! Every value of every switch, over the API. The delay of visibility has a file of its own.

use http::StatusCode;
use serde_json::{Value, json};

use super::harness::{Answer, domain, sandbox, send, switched, user};
use crate::switches::{AclEcho, DeleteBody, Policy, PutUnknown, Switches};

fn with_acl(acl: &Value) -> Value {
    let mut domain = domain("mydomain");
    domain["acl"] = acl.clone();
    domain
}

#[tokio::test]
async fn the_acl_echo_holds_for_every_answer_and_can_change_while_running() {
    let sandbox = sandbox().await;
    let sent = json!(["9.9.9.9", "10.0.0.0/8", "9.9.9.9/32"]);
    send(&sandbox, "POST", "/v1/psip", Some(&with_acl(&sent))).await;
    for (echo, expected) in [
        (
            AclEcho::Sorted,
            json!(["10.0.0.0/8", "9.9.9.9", "9.9.9.9/32"]),
        ),
        (
            AclEcho::Add32,
            json!(["9.9.9.9/32", "10.0.0.0/8", "9.9.9.9/32"]),
        ),
        (
            AclEcho::Remove32,
            json!(["9.9.9.9", "10.0.0.0/8", "9.9.9.9"]),
        ),
        (AclEcho::Dedup, json!(["9.9.9.9", "10.0.0.0/8"])),
        (AclEcho::AsSent, sent.clone()),
    ] {
        sandbox.set_switches(Switches {
            acl_echo: echo,
            ..Switches::default()
        });
        let updated = send(&sandbox, "PUT", "/v1/psip/mydomain", Some(&with_acl(&sent))).await;
        let read = send(&sandbox, "GET", "/v1/psip/mydomain", None).await;
        let listed = send(&sandbox, "GET", "/v1/psip", None).await;
        assert_eq!(updated.json()["acl"], expected, "{echo:?}");
        assert_eq!(read.json()["acl"], expected, "{echo:?}");
        assert_eq!(listed.json()[0]["acl"], expected, "{echo:?}");
    }
    sandbox.set_switches(Switches {
        acl_echo: AclEcho::Shuffled,
        ..Switches::default()
    });
    let first = send(&sandbox, "GET", "/v1/psip/mydomain", None)
        .await
        .json()["acl"]
        .clone();
    let second = send(&sandbox, "GET", "/v1/psip/mydomain", None)
        .await
        .json()["acl"]
        .clone();
    assert!(
        first != sent && second != sent && first != second,
        "{first} {second}"
    );
    assert_eq!(
        sandbox.domain("mydomain").unwrap()["acl"],
        sent,
        "what is stored stays as sent"
    );
}

#[tokio::test]
async fn the_rules_of_the_acl_can_be_narrowed() {
    let narrow = Switches {
        acl_max: Some(1),
        acl_ipv6: Policy::Reject,
        ..Switches::default()
    };
    let sandbox = switched(narrow).await;
    let two = send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
    assert_eq!(
        (two.status, &two.json()["detail"]),
        (422, &json!("acl must have at most 1 entries"))
    );
    let ipv6 = send(
        &sandbox,
        "POST",
        "/v1/psip",
        Some(&with_acl(&json!(["2001:db8::1"]))),
    )
    .await;
    assert_eq!(ipv6.status, 422);
    sandbox.set_switches(Switches::default());
    assert_eq!(
        send(
            &sandbox,
            "POST",
            "/v1/psip",
            Some(&with_acl(&json!(["2001:db8::1"])))
        )
        .await
        .status,
        201
    );
}

/// Creates, creates again, updates and deletes a domain and a user.
async fn statuses(switches: Switches) -> Vec<(u16, u16)> {
    let sandbox = switched(switches).await;
    let domain = domain("mydomain");
    let alice = user("alice");
    let of = |domain: Answer, user: Answer| (domain.status, user.status);
    let (domains, one) = ("/v1/psip", "/v1/psip/mydomain");
    let (users, one_user) = ("/v1/psip/mydomain/users", "/v1/psip/mydomain/users/alice");
    let created = send(&sandbox, "POST", domains, Some(&domain)).await;
    let created = of(created, send(&sandbox, "POST", users, Some(&alice)).await);
    let again = send(&sandbox, "POST", domains, Some(&domain)).await;
    let again = of(again, send(&sandbox, "POST", users, Some(&alice)).await);
    let updated = send(&sandbox, "PUT", one, Some(&domain)).await;
    let updated = of(updated, send(&sandbox, "PUT", one_user, Some(&alice)).await);
    let user_deleted = send(&sandbox, "DELETE", one_user, None).await;
    let deleted = of(send(&sandbox, "DELETE", one, None).await, user_deleted);
    vec![created, again, updated, deleted]
}

#[tokio::test]
async fn each_status_can_be_switched_for_domains_and_users() {
    let both = |status| (status, status);
    assert_eq!(
        statuses(Switches::default()).await,
        [both(201), both(400), both(200), both(200)]
    );
    let other = Switches {
        duplicate_status: StatusCode::CONFLICT,
        put_status: StatusCode::CREATED,
        delete_status: StatusCode::NO_CONTENT,
        user_put_status: StatusCode::CREATED,
        user_delete_status: StatusCode::NO_CONTENT,
        ..Switches::default()
    };
    assert_eq!(
        statuses(other).await,
        [both(201), both(409), both(201), both(204)]
    );
}

#[tokio::test]
async fn a_delete_has_no_body_unless_it_is_switched_on_and_never_with_204() {
    for (status, body, expected) in [
        (StatusCode::OK, DeleteBody::Empty, (200, "")),
        (StatusCode::OK, DeleteBody::Object, (200, "{}")),
        (StatusCode::NO_CONTENT, DeleteBody::Empty, (204, "")),
        (StatusCode::NO_CONTENT, DeleteBody::Object, (204, "")),
    ] {
        let sandbox = switched(Switches {
            delete_status: status,
            delete_body: body,
            ..Switches::default()
        })
        .await;
        send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
        let deleted = send(&sandbox, "DELETE", "/v1/psip/mydomain", None).await;
        assert_eq!(
            (deleted.status, deleted.body.as_str()),
            expected,
            "{status:?} {body:?}"
        );
        assert_eq!(
            deleted.header("content-type").is_some(),
            !expected.1.is_empty()
        );
    }
}

#[tokio::test]
async fn a_put_on_an_unknown_name_creates_it_where_upsert_is_switched_on() {
    let sandbox = switched(Switches {
        put_unknown: PutUnknown::Upsert,
        user_put_unknown: PutUnknown::Upsert,
        ..Switches::default()
    })
    .await;
    let (path, user_path) = ("/v1/psip/mydomain", "/v1/psip/mydomain/users/alice");
    assert_eq!(
        send(&sandbox, "PUT", user_path, Some(&user("alice")))
            .await
            .status,
        404,
        "its domain is not there"
    );
    assert_eq!(
        send(&sandbox, "PUT", path, Some(&domain("mydomain")))
            .await
            .status,
        201
    );
    assert_eq!(
        send(&sandbox, "PUT", path, Some(&domain("mydomain")))
            .await
            .status,
        200
    );
    assert_eq!(
        send(&sandbox, "PUT", user_path, Some(&user("alice")))
            .await
            .status,
        201
    );
    assert_eq!(send(&sandbox, "GET", user_path, None).await.status, 200);
}
