//! The switches for what the API takes: each value by the answer to a write.

use serde_json::{Value, json};

use super::harness::{create_user, domain, send, under, user};
use crate::Sandbox;

/// The status of a POST of a domain with these changes, and the domain as it is stored.
async fn post(switches: Value, changes: Value) -> (u16, Value) {
    let sandbox = under(switches).await;
    let mut sent = domain("mydomain");
    sent.as_object_mut()
        .unwrap()
        .extend(changes.as_object().unwrap().clone());
    sent.as_object_mut()
        .unwrap()
        .retain(|_, value| !value.is_null());
    let status = send(&sandbox, "POST", "/v1/psip", Some(&sent)).await.status;
    (
        status,
        sandbox.domains().pop().map(Value::from).unwrap_or_default(),
    )
}

async fn put(sandbox: &Sandbox, changes: Value) -> u16 {
    let mut sent = domain("mydomain");
    sent.as_object_mut()
        .unwrap()
        .extend(changes.as_object().unwrap().clone());
    send(sandbox, "PUT", "/v1/psip/mydomain", Some(&sent))
        .await
        .status
}

#[tokio::test]
async fn what_a_switch_refuses_is_taken_without_it() {
    for (switches, changes, status) in [
        (json!({"acl_max": 1}), json!({}), 422),
        (
            json!({"acl_ipv6": "reject"}),
            json!({"acl": ["2001:db8::/32"]}),
            422,
        ),
        (
            json!({"acl_host_bits": "reject"}),
            json!({"acl": ["10.1.2.3/24"]}),
            422,
        ),
        (
            json!({"acl_duplicates": "reject"}),
            json!({"acl": ["8.8.8.8", "8.8.8.8/32"]}),
            422,
        ),
        (
            json!({"acl_private": "reject"}),
            json!({"acl": ["192.168.1.0/24"]}),
            422,
        ),
        (
            json!({"acl_shortest": 8}),
            json!({"acl": ["0.0.0.0/0"]}),
            422,
        ),
        (
            json!({"acl_empty": "reject"}),
            json!({"acl": [], "digest_auth": true}),
            422,
        ),
        (
            json!({"name_case": "reject"}),
            json!({"name": "MyDomain"}),
            422,
        ),
        (
            json!({"name_dash": "reject"}),
            json!({"name": "-domain"}),
            422,
        ),
        (json!({"tls_srtp": "tied"}), json!({"srtp": "always"}), 422),
        (
            json!({"unknown_fields": "reject"}),
            json!({"future": 1}),
            422,
        ),
        (
            json!({"trunk_application": "rejected"}),
            json!({"domain_type": "trunk"}),
            422,
        ),
        (
            json!({"trunk_application": "required"}),
            json!({"domain_type": "trunk", "application_id": null}),
            422,
        ),
        (json!({"application_check": "400"}), json!({}), 400),
        (json!({"application_check": "404"}), json!({}), 404),
        (json!({"application_check": "422"}), json!({}), 422),
        (
            json!({"foreign_names": "other,MyDomain", "foreign_status": 403}),
            json!({}),
            403,
        ),
    ] {
        assert_eq!(
            post(switches.clone(), changes.clone()).await,
            (status, Value::Null),
            "{switches} {changes}"
        );
        assert_eq!(post(json!({}), changes.clone()).await.0, 201, "{changes}");
    }
    assert_eq!(
        post(json!({"acl_empty": "accept"}), json!({"acl": []}))
            .await
            .0,
        201
    );
}

#[tokio::test]
async fn what_a_switch_changes_is_stored_so() {
    for (switches, changes, field, stored) in [
        (
            json!({"acl_host_bits": "clear"}),
            json!({"acl": ["10.1.2.3/24"]}),
            "acl",
            json!(["10.1.2.0/24"]),
        ),
        (
            json!({"acl_duplicates": "drop"}),
            json!({"acl": ["8.8.8.8", "8.8.8.8/32"]}),
            "acl",
            json!(["8.8.8.8"]),
        ),
        (
            json!({"name_case": "fold"}),
            json!({"name": "MyDomain"}),
            "name",
            json!("mydomain"),
        ),
        (
            json!({"name_case": "ignore"}),
            json!({"name": "MyDomain"}),
            "name",
            json!("MyDomain"),
        ),
        (
            json!({"unknown_fields": "drop"}),
            json!({"future": 1}),
            "future",
            json!(null),
        ),
        (
            json!({"unknown_fields": "keep"}),
            json!({"future": 1}),
            "future",
            json!(1),
        ),
        (
            json!({"trunk_name": "drop"}),
            json!({"trunk_name": "T"}),
            "trunk_name",
            json!(null),
        ),
        (
            json!({"trunk_name": "keep"}),
            json!({"trunk_name": "T"}),
            "trunk_name",
            json!("T"),
        ),
        (
            json!({"trunk_name": "invent"}),
            json!({"domain_type": "trunk"}),
            "trunk_name",
            json!("mydomain"),
        ),
        (
            json!({"trunk_name": "invent"}),
            json!({}),
            "trunk_name",
            json!(null),
        ),
    ] {
        let (status, domain) = post(switches.clone(), changes).await;
        assert_eq!((status, &domain[field]), (201, &stored), "{switches}");
    }
}

#[tokio::test]
async fn names_in_another_case_are_the_same_where_their_case_means_nothing() {
    for (case, found) in [("keep", 404), ("ignore", 200), ("fold", 200)] {
        let sandbox = under(json!({"name_case": case})).await;
        send(&sandbox, "POST", "/v1/psip", Some(&domain("MyDomain"))).await;
        assert_eq!(
            send(&sandbox, "GET", "/v1/psip/mydomaiN", None)
                .await
                .status,
            found,
            "{case}"
        );
        let again = send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain")))
            .await
            .status;
        assert_eq!(again, if found == 200 { 400 } else { 201 }, "{case}");
        let mut sent = domain("MYDOMAIN");
        sent["tls"] = json!("never");
        if found == 200 {
            assert_eq!(
                send(&sandbox, "PUT", "/v1/psip/MyDomain", Some(&sent))
                    .await
                    .status,
                200
            );
            assert_eq!(sandbox.domains().len(), 1);
            assert_eq!(sandbox.domains()[0]["tls"], "never");
            assert_eq!(
                send(&sandbox, "DELETE", "/v1/psip/MYdomain", None)
                    .await
                    .status,
                200
            );
        }
    }
}

#[tokio::test]
async fn a_put_may_merge_rename_or_keep_the_type() {
    let sandbox = under(json!({"put_mode": "merge"})).await;
    let mut first = domain("mydomain");
    first["tls"] = json!("always");
    send(&sandbox, "POST", "/v1/psip", Some(&first)).await;
    assert_eq!(put(&sandbox, json!({"srtp": "never"})).await, 200);
    assert_eq!(
        sandbox.domain("mydomain").unwrap()["tls"],
        "always",
        "it was left out"
    );
    for (value, status, names) in [
        ("reject", 422, ["mydomain"]),
        ("ignore", 200, ["mydomain"]),
        ("rename", 200, ["another-name"]),
    ] {
        let sandbox = under(json!({"put_name": value})).await;
        send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
        create_user(&sandbox, "alice").await;
        assert_eq!(
            put(&sandbox, json!({"name": "another-name"})).await,
            status,
            "{value}"
        );
        let stored: Vec<_> = sandbox
            .domains()
            .iter()
            .map(|it| it["name"].clone())
            .collect();
        assert_eq!(stored, names, "{value}");
        assert_eq!(sandbox.users(names[0]).len(), 1, "{value}");
    }
    for (value, status, stored) in [
        ("accept", 200, "trunk"),
        ("reject", 422, "app"),
        ("ignore", 200, "app"),
    ] {
        let sandbox = under(json!({"put_domain_type": value})).await;
        send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
        assert_eq!(
            put(&sandbox, json!({"domain_type": "trunk"})).await,
            status,
            "{value}"
        );
        assert_eq!(
            sandbox.domain("mydomain").unwrap()["domain_type"],
            stored,
            "{value}"
        );
    }
}

#[tokio::test]
async fn a_delete_follows_its_switches() {
    for (switches, users, path, status) in [
        (json!({}), true, "mydomain", 409),
        (json!({"has_users_status": 403}), true, "mydomain", 403),
        (
            json!({"delete_with_users": "cascade"}),
            true,
            "mydomain",
            200,
        ),
        (json!({}), false, "nobody", 404),
        (json!({"delete_unknown": "succeed"}), false, "nobody", 200),
        (
            json!({"delete_unknown": "succeed"}),
            false,
            "nobody/users/alice",
            200,
        ),
        (json!({"delete_status": 202}), false, "mydomain", 202),
    ] {
        let sandbox = under(switches.clone()).await;
        send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
        if users {
            create_user(&sandbox, "alice").await;
        }
        let deleted = send(&sandbox, "DELETE", &format!("/v1/psip/{path}"), None).await;
        assert_eq!(deleted.status, status, "{switches}");
    }
}

#[tokio::test]
async fn rules_of_users_follow_their_switches() {
    let short = json!({"key": "alice", "secret": "short"});
    let symbols = json!({"key": "alice", "secret": "Passw0rd-1234"});
    let upper = json!({"key": "Alice", "secret": "Passw0rd1234"});
    for (switches, sent, status) in [
        (json!({}), &short, 422),
        (json!({"user_error_status": 400}), &short, 400),
        (json!({"secret_rules": "none"}), &short, 201),
        (json!({}), &symbols, 201),
        (json!({"secret_rules": "alphanumeric"}), &symbols, 422),
        (json!({}), &upper, 422),
        (json!({"key_rules": "none"}), &upper, 201),
        (json!({"users_without_digest": "reject"}), &symbols, 422),
        (
            json!({"user_max": 0, "user_error_status": 409}),
            &symbols,
            409,
        ),
        (json!({"user_create_status": 200}), &symbols, 200),
        (json!({"user_create_status": 204}), &symbols, 204),
    ] {
        let sandbox = under(switches.clone()).await;
        send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
        let answer = send(&sandbox, "POST", "/v1/psip/mydomain/users", Some(sent)).await;
        assert_eq!(answer.status, status, "{switches} {sent}");
    }
}

#[tokio::test]
async fn a_put_of_a_user_may_create_or_rename_it() {
    let path = "/v1/psip/mydomain/users/alice";
    for (switches, key, status, keys) in [
        (json!({}), "alice", 404, vec!["bob"]),
        (json!({"put_unknown": "upsert"}), "alice", 404, vec!["bob"]),
        (
            json!({"user_put_unknown": "upsert"}),
            "alice",
            201,
            vec!["alice", "bob"],
        ),
    ] {
        let sandbox = under(switches).await;
        send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
        create_user(&sandbox, "bob").await;
        assert_eq!(
            send(&sandbox, "PUT", path, Some(&user(key))).await.status,
            status
        );
        let stored: Vec<_> = sandbox
            .users("mydomain")
            .iter()
            .map(|it| it["key"].clone())
            .collect();
        assert_eq!(stored, keys);
    }
    for (value, status, stored) in [
        ("reject", 422, "alice"),
        ("ignore", 200, "alice"),
        ("rename", 200, "carol"),
    ] {
        let sandbox = under(json!({"user_put_key": value})).await;
        send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
        create_user(&sandbox, "alice").await;
        assert_eq!(
            send(&sandbox, "PUT", path, Some(&user("carol")))
                .await
                .status,
            status,
            "{value}"
        );
        let users = sandbox.users("mydomain");
        assert_eq!(
            (users.len(), &users[0]["key"]),
            (1, &json!(stored)),
            "{value}"
        );
    }
}
