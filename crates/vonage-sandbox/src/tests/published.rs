//! What Vonage publishes: the requests of its snippets, the steps of its gateway test, the examples and error bodies of
//! both specifications.

use serde_json::json;

use super::harness::{APPLICATION, SECRET, domain, sandbox, send, send_as, send_text};

#[tokio::test]
async fn the_example_of_specification_1_2_0_is_answered_with_the_same_object() {
    let sandbox = sandbox().await;
    let example = json!({
        "name": "mydomain", "application_id": APPLICATION, "tls": "always", "digest_auth": false, "srtp": "always",
        "acl": ["198.51.100.0/29", "203.0.113.8/29"], "domain_type": "app",
    });
    let created = send(&sandbox, "POST", "/v1/psip/", Some(&example)).await;
    assert_eq!((created.status, created.json()), (201, example.clone()));
    assert_eq!(
        send(&sandbox, "GET", "/v1/psip/mydomain", None)
            .await
            .json(),
        example
    );
}

/// `voice/sip/*.sh` in the order in which a reader would run them.
#[tokio::test]
async fn the_requests_of_the_published_snippets_work() {
    let sandbox = sandbox().await;
    let create = json!({
        "name": "mydomain", "application_id": APPLICATION, "acl": ["203.0.113.7"], "srtp": "optional",
        "tls": "optional", "digest_auth": false,
    });
    assert_eq!(
        send(&sandbox, "POST", "/v1/psip", Some(&create))
            .await
            .status,
        201
    );
    let update = json!({
        "name": "mydomain", "application_id": APPLICATION, "acl": ["0.0.0.0/0"], "tls": "always", "srtp": "never",
        "digest_auth": true,
    });
    let updated = send(&sandbox, "PUT", "/v1/psip/mydomain", Some(&update)).await;
    assert_eq!(updated.status, 200);
    let mut expected = update.clone();
    expected["domain_type"] = json!("app");
    assert_eq!(updated.json(), expected);
    assert_eq!(
        send(&sandbox, "GET", "/v1/psip/mydomain", None)
            .await
            .json(),
        expected
    );
    assert_eq!(
        send(&sandbox, "GET", "/v1/psip", None).await.json(),
        json!([expected])
    );

    let user = json!({"key": "user-1", "secret": SECRET});
    assert_eq!(
        send(&sandbox, "POST", "/v1/psip/mydomain/users", Some(&user))
            .await
            .status,
        201
    );
    let shown = json!({"key": "user-1", "domain": "mydomain"});
    assert_eq!(
        send(&sandbox, "GET", "/v1/psip/mydomain/users", None)
            .await
            .json(),
        json!([shown])
    );
    assert_eq!(
        send(&sandbox, "GET", "/v1/psip/mydomain/users/user-1", None)
            .await
            .json(),
        shown
    );
    let updated = send(
        &sandbox,
        "PUT",
        "/v1/psip/mydomain/users/user-1",
        Some(&user),
    )
    .await;
    assert_eq!((updated.status, updated.json()), (200, shown));
    assert_eq!(
        send(&sandbox, "DELETE", "/v1/psip/mydomain/users/user-1", None)
            .await
            .status,
        200
    );
    assert_eq!(
        send(&sandbox, "DELETE", "/v1/psip/mydomain?cascade=true", None)
            .await
            .status,
        200
    );
}

/// Two of the snippets break their own body off in a line continuation, as published.
#[tokio::test]
async fn the_snippet_that_breaks_its_body_off_gets_the_published_400() {
    let sandbox = sandbox().await;
    let cut = format!("{{\"name\": \"mydomain\", \"application_id\": \"{APPLICATION}");
    for (method, path) in [("POST", "/v1/psip"), ("PUT", "/v1/psip/mydomain")] {
        let answer = send_text(&sandbox, method, path, &cut).await;
        let mut body = answer.json();
        let detail = body["detail"].take();
        assert_eq!(answer.status, 400);
        assert_eq!(
            body,
            json!({
                "type": "https://www.nexmo.com/messages/Errors#InvalidParams",
                "title": "The request body did not contain valid JSON",
                "detail": null,
            })
        );
        assert!(detail.as_str().unwrap().contains("EOF"), "{detail}");
    }
}

#[tokio::test]
async fn the_steps_of_vonage_s_gateway_test_have_the_statuses_it_expects() {
    let sandbox = sandbox().await;
    let name = "dsapi-test-euw1-1234";
    let path = format!("/v1/psip/{name}");
    let with = |digest: &str| {
        let mut body = domain(name);
        body["digest_auth"] = json!(digest);
        body
    };
    for (method, path) in [
        ("POST", "/v1/psip"),
        ("PUT", path.as_str()),
        ("GET", path.as_str()),
        ("DELETE", path.as_str()),
    ] {
        assert_eq!(
            send_as(&sandbox, method, path, Some("bad_auth"), "{}")
                .await
                .status,
            401,
            "{method}"
        );
    }
    assert_eq!(
        send(&sandbox, "POST", "/v1/psip", Some(&with("True")))
            .await
            .status,
        201
    );
    assert_eq!(
        send(&sandbox, "POST", "/v1/psip", Some(&with("True")))
            .await
            .status,
        400
    );
    assert_eq!(send(&sandbox, "DELETE", &path, None).await.status, 200);
    assert_eq!(
        send(&sandbox, "POST", "/v1/psip", Some(&with("True")))
            .await
            .status,
        201
    );
    assert_eq!(
        send(&sandbox, "PUT", &path, Some(&with("False")))
            .await
            .status,
        200
    );
    let read = send(&sandbox, "GET", &path, None).await;
    assert_eq!(
        (read.status, &read.json()["digest_auth"]),
        (200, &json!(false))
    );
    for (header, value) in [
        ("strict-transport-security", "max-age=31536000"),
        ("x-content-type-options", "nosniff"),
        ("x-xss-protection", "1"),
    ] {
        assert!(
            read.header(header).unwrap().starts_with(value),
            "{header}: {read:?}"
        );
    }
    assert_eq!(send(&sandbox, "DELETE", &path, None).await.status, 200);
}

#[tokio::test]
async fn wrong_or_missing_credentials_get_the_published_401_on_every_path() {
    let sandbox = sandbox().await;
    let published = json!({
        "type": "https://www.nexmo.com/messages/Errors#Unauthorized",
        "title": "Invalid credentials supplied",
        "detail": "You did not provide credentials.",
    });
    for path in [
        "/v1/psip",
        "/v1/psip/mydomain",
        "/v1/psip/mydomain/users",
        "/v1/psip/mydomain/users/u",
        "/v1/x",
    ] {
        for header in [
            None,
            Some("bad_auth"),
            Some("Basic c2FuZGJveDp3cm9uZw=="),
            Some("Bearer token"),
        ] {
            let answer = send_as(&sandbox, "GET", path, header, "").await;
            assert_eq!(
                (answer.status, answer.json()),
                (401, published.clone()),
                "{path} {header:?}"
            );
        }
    }
}

#[tokio::test]
async fn an_unknown_domain_gets_the_published_404() {
    let sandbox = sandbox().await;
    for (method, path, body) in [
        ("GET", "/v1/psip/mydomain", None),
        ("DELETE", "/v1/psip/mydomain", None),
        ("PUT", "/v1/psip/mydomain", Some(domain("mydomain"))),
        ("GET", "/v1/psip/mydomain/users", None),
        ("GET", "/v1/psip/mydomain/users/u", None),
        (
            "POST",
            "/v1/psip/mydomain/users",
            Some(super::harness::user("u")),
        ),
    ] {
        let answer = send(&sandbox, method, path, body.as_ref()).await;
        assert_eq!(answer.status, 404, "{method} {path}");
        assert_eq!(
            answer.json(),
            json!({
                "type": "https://www.nexmo.com/messages/Errors#NotFound",
                "title": "Invalid domain selected",
                "detail": "The domain you're trying to interact with is invalid",
            }),
            "{method} {path}"
        );
    }
}

#[tokio::test]
async fn a_lacking_field_gets_the_published_422() {
    let sandbox = sandbox().await;
    for field in ["name", "acl", "application_id"] {
        let mut body = domain("mydomain");
        body.as_object_mut().unwrap().remove(field);
        let answer = send(&sandbox, "POST", "/v1/psip", Some(&body)).await;
        assert_eq!(answer.status, 422, "{field}");
        assert_eq!(
            answer.json(),
            json!({
                "title": "Unprocessable Entity-Invalid request parameters",
                "detail": "Request lacks domain's name, acl or application id",
            }),
            "{field}"
        );
    }
    assert!(sandbox.domains().is_empty());
}

#[tokio::test]
async fn the_name_in_a_put_may_be_absent_but_not_another() {
    let sandbox = sandbox().await;
    send(&sandbox, "POST", "/v1/psip", Some(&domain("mydomain"))).await;
    let mut body = domain("mydomain");
    body.as_object_mut().unwrap().remove("name");
    assert_eq!(
        send(&sandbox, "PUT", "/v1/psip/mydomain", Some(&body))
            .await
            .status,
        200
    );
    let renamed = send(
        &sandbox,
        "PUT",
        "/v1/psip/mydomain",
        Some(&domain("another")),
    )
    .await;
    assert_eq!(
        (renamed.status, &renamed.json()["detail"]),
        (422, &json!("name cannot be changed"))
    );
}

#[tokio::test]
async fn a_put_replaces_the_whole_object() {
    let sandbox = sandbox().await;
    let mut body = domain("mydomain");
    body["tls"] = json!("always");
    body["trunk_name"] = json!("mine");
    let created = send(&sandbox, "POST", "/v1/psip", Some(&body)).await.json();
    assert_eq!(
        (&created["tls"], &created["trunk_name"]),
        (&json!("always"), &json!("mine"))
    );
    let updated = send(
        &sandbox,
        "PUT",
        "/v1/psip/mydomain",
        Some(&domain("mydomain")),
    )
    .await
    .json();
    assert_eq!(updated["tls"], json!("optional"));
    assert!(updated.get("trunk_name").is_none());
}

#[tokio::test]
async fn other_paths_and_methods_get_the_generic_bodies() {
    let sandbox = sandbox().await;
    for (method, path, status, kind) in [
        ("GET", "/v1/psip/mydomain/endpoints", 404, "not-found"),
        ("GET", "/v2/psip", 404, "not-found"),
        ("GET", "/", 404, "not-found"),
        ("PATCH", "/v1/psip/mydomain", 405, "wrong-verb"),
        ("DELETE", "/v1/psip", 405, "wrong-verb"),
    ] {
        let answer = send(&sandbox, method, path, None).await;
        assert_eq!(answer.status, status, "{method} {path}");
        assert_eq!(
            answer.json()["type"],
            format!("https://developer.vonage.com/api-errors#{kind}")
        );
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json")
        );
        assert_eq!(answer.header("allow").is_some(), status == 405);
    }
}
