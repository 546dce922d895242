//! Tests of creating: what is ours, what is not, what is unclear, and that nobody waits for another's reads.

use super::*;
use crate::causes::explain;
use crate::vonage::test_server::{Received, Reply, Server, operation};

const SECRET: &str = "Wond3rland/\"%\\é";

fn alice() -> User {
    User {
        domain: "office".into(),
        key: "alice".into(),
    }
}

fn shown() -> Reply {
    Reply::json(200, r#"{"key":"alice","domain":"office"}"#)
}

fn duplicate(status: u16) -> Reply {
    Reply::json(status, r#"{"title":"Bad Request","detail":"no"}"#)
}

async fn create_with(client: &Psip, operation: &Operation) -> Result<Visibility, CreateUserError> {
    client
        .create_user(operation, &alice(), &SecretString::from(SECRET))
        .await
}

async fn create(replies: Vec<Reply>) -> (Result<Visibility, CreateUserError>, Vec<String>) {
    let server = Server::script(replies).await;
    let result = create_with(&server.psip(), &operation()).await;
    let lines = server.lines();
    assert!(lines.iter().filter(|line| line.starts_with("POST")).count() <= 1);
    (result, lines)
}

fn is_post(request: &Received) -> bool {
    request.line.starts_with("POST")
}

fn is_about_the_domain(request: &Received) -> bool {
    request.line == "GET /v1/psip/office"
}

#[tokio::test]
async fn a_user_is_looked_for_sent_once_and_awaited() {
    let (result, lines) = create(vec![
        Reply::not_found(),
        Reply::json(201, r#"{"key":"alice","secret":"Wond3rland"}"#),
        Reply::not_found(),
        Reply::html(503),
        shown(),
    ])
    .await;
    assert_eq!(result.unwrap(), Visibility::Confirmed);
    let user = "GET /v1/psip/office/users/alice";
    assert_eq!(
        lines,
        [user, "POST /v1/psip/office/users", user, user, user]
    );
}

#[tokio::test]
async fn the_body_holds_key_and_secret_and_nothing_else() {
    let server = Server::script(vec![Reply::not_found(), Reply::json(201, ""), shown()]).await;
    create_with(&server.psip(), &operation()).await.unwrap();
    let body: serde_json::Value = serde_json::from_str(&server.requests()[1].body).unwrap();
    assert_eq!(body, serde_json::json!({"key": "alice", "secret": SECRET}));
}

#[tokio::test]
async fn every_2xx_counts_whatever_its_body() {
    for reply in [
        Reply::json(201, ""),
        Reply::json(200, "[]"),
        Reply::html(202),
        Reply::Truncated(201, "{".into()),
        Reply::json(204, ""),
    ] {
        let (result, _) = create(vec![Reply::not_found(), reply, shown()]).await;
        assert_eq!(result.unwrap(), Visibility::Confirmed);
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_runs_out_keeps_the_user() {
    let server = Server::script(vec![
        Reply::not_found(),
        Reply::json(201, ""),
        Reply::not_found(),
    ])
    .await;
    let client = server.psip_with(|_, pace| pace.visible_within = Duration::from_millis(20));
    let visibility = create_with(&client, &operation()).await.unwrap();
    assert!(matches!(visibility, Visibility::NotYet { .. }));
}

#[tokio::test]
async fn a_user_that_is_there_is_never_adopted_and_nothing_is_sent() {
    let (result, lines) = create(vec![shown()]).await;
    assert!(matches!(
        result.unwrap_err(),
        CreateUserError::AlreadyExists(None)
    ));
    assert_eq!(lines, ["GET /v1/psip/office/users/alice"]);
}

#[tokio::test]
async fn a_look_that_fails_sends_nothing() {
    for reply in [
        Reply::html(404),
        Reply::json(401, r#"{"title":"No"}"#),
        Reply::json(200, r#"{"key":"bob"}"#),
    ] {
        let (result, lines) = create(vec![reply]).await;
        assert!(matches!(result.unwrap_err(), CreateUserError::Failed(_)));
        assert_eq!(lines.len(), 1);
    }
}

#[tokio::test]
async fn a_duplicate_that_the_look_did_not_see_exists_already() {
    let blamed = Reply::json(
        400,
        r#"{"title":"Bad Request","invalid_parameters":[{"name":"key","reason":"in use"}]}"#,
    );
    for refusal in [duplicate(400), duplicate(409), blamed] {
        let (result, _) = create(vec![Reply::not_found(), refusal, shown()]).await;
        assert!(matches!(
            result.unwrap_err(),
            CreateUserError::AlreadyExists(Some(_))
        ));
    }
}

#[tokio::test]
async fn a_refusal_about_something_else_passes_through() {
    let about_the_secret = Reply::json(
        400,
        r#"{"title":"Bad Request","invalid_parameters":[{"name":"secret","reason":"weak"}]}"#,
    );
    for (refusal, requests) in [
        (duplicate(400), 4),
        (about_the_secret, 2),
        (duplicate(422), 2),
    ] {
        let (result, lines) = create(vec![Reply::not_found(), refusal, Reply::not_found()]).await;
        assert!(matches!(
            result.unwrap_err(),
            CreateUserError::Failed(Error::Api { .. })
        ));
        assert_eq!(lines.len(), requests);
    }
}

#[tokio::test]
async fn a_secret_that_a_refusal_repeats_is_not_quoted() {
    let json = serde_json::Value::from(SECRET).to_string();
    let spellings = [
        SECRET.to_owned(),
        json.trim_matches('"').to_owned(),
        "Wond3rland%2F%22%25%5C%C3%A9".to_owned(),
        "Wond3rland\\/\\\"%\\\\\\u00e9".to_owned(),
    ];
    for spelling in spellings {
        let detail = serde_json::json!({"title": "Bad", "detail": format!("not {spelling}!")});
        for reply in [
            Reply::json(422, &detail.to_string()),
            Reply::json(
                400,
                &serde_json::json!({"errors": [{"name": "secret", "reason": spelling}]})
                    .to_string(),
            ),
        ] {
            let (result, _) = create(vec![Reply::not_found(), reply, Reply::not_found()]).await;
            let text = explain(&result.unwrap_err());
            assert!(!text.contains("Wond3rland"), "{text}");
            assert!(text.contains("[redacted]"), "{text}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_unclear_create_is_looked_for_and_found() {
    for trouble in [Reply::HangUp, Reply::html(500), Reply::html(502)] {
        let (result, lines) = create(vec![
            Reply::not_found(),
            trouble,
            Reply::not_found(),
            shown(),
        ])
        .await;
        assert_eq!(result.unwrap(), Visibility::Confirmed);
        assert_eq!(lines.len(), 4);
    }
}

#[tokio::test(start_paused = true)]
async fn an_unclear_create_that_never_shows_is_said_to_be_unclear() {
    let (result, _) = create(vec![Reply::not_found(), Reply::HangUp, Reply::not_found()]).await;
    assert!(matches!(
        result.unwrap_err(),
        CreateUserError::Unclear { .. }
    ));
}

#[tokio::test(start_paused = true)]
async fn an_unclear_create_gets_one_look_after_ctrl_c() {
    let held = Reply::Held(Box::new(Reply::HangUp));
    let server = Server::script(vec![Reply::not_found(), held, shown()]).await;
    let operation = operation();
    let client = server.psip();
    let (result, ()) = tokio::join!(create_with(&client, &operation), async {
        server.arrival().await;
        while server.count("POST") == 0 {
            server.arrival().await;
        }
        operation.cancel.cancel();
        server.release();
    });
    assert_eq!(result.unwrap(), Visibility::Confirmed);
    assert_eq!(server.count("GET"), 2);
}

#[tokio::test]
async fn a_domain_that_does_not_exist_is_said_so() {
    let (result, lines) = create(vec![Reply::not_found()]).await;
    assert!(matches!(result.unwrap_err(), CreateUserError::NoDomain(_)));
    assert_eq!(
        lines,
        [
            "GET /v1/psip/office/users/alice",
            "POST /v1/psip/office/users",
            "GET /v1/psip/office",
            "GET /v1/psip/office"
        ]
    );
}

#[tokio::test]
async fn a_domain_that_shows_makes_the_create_go_on() {
    let mut posts = 0;
    let server = Server::handling(move |request| {
        if is_about_the_domain(request) {
            return Reply::json(200, r#"{"name":"office","acl":[]}"#);
        }
        if is_post(request) {
            posts += 1;
        }
        match posts {
            3 if is_post(request) => Reply::json(201, ""),
            3 => shown(),
            _ => Reply::not_found(),
        }
    })
    .await;
    let result = create_with(&server.psip(), &operation()).await;
    assert_eq!(result.unwrap(), Visibility::Confirmed);
    assert_eq!(server.count("POST"), 3);
}

#[tokio::test]
async fn a_domain_of_our_own_making_needs_no_look() {
    let mut posts = 0;
    let server = Server::handling(move |request| {
        if is_about_the_domain(request) {
            return Reply::json(200, r#"{"name":"office","acl":[]}"#);
        }
        if request.line == "POST /v1/psip" {
            return Reply::json(201, "");
        }
        if is_post(request) {
            posts += 1;
        }
        match posts {
            2 if is_post(request) => Reply::json(201, ""),
            2 => shown(),
            _ => Reply::not_found(),
        }
    })
    .await;
    let client = server.psip();
    let domain = crate::vonage::psip::Domain {
        name: "office".into(),
        ..Default::default()
    };
    client
        .create_domain(&operation(), &domain, &|_| true)
        .await
        .unwrap();
    let looks = server.count("GET /v1/psip/office");
    create_with(&client, &operation()).await.unwrap();
    let about_users = server.count("GET /v1/psip/office/users");
    assert_eq!(server.count("GET /v1/psip/office") - about_users, looks);
}

#[tokio::test(start_paused = true)]
async fn a_domain_that_goes_on_refusing_is_an_error_in_the_end() {
    let server = Server::handling(|request| {
        if is_about_the_domain(request) {
            Reply::json(200, r#"{"name":"office","acl":[]}"#)
        } else {
            Reply::not_found()
        }
    })
    .await;
    let client = server.psip_with(|_, pace| pace.visible_within = Duration::from_millis(50));
    let error = create_with(&client, &operation()).await.unwrap_err();
    assert!(matches!(error, CreateUserError::Failed(_)), "{error:?}");
    let posts = server.count("POST");
    assert!(
        (2..16).contains(&posts),
        "{posts} times, further and further apart"
    );
}

#[tokio::test]
async fn a_key_that_we_have_just_deleted_is_waited_for_until_it_is_free() {
    let mut requests = 0;
    let server = Server::handling(move |request| {
        requests += 1;
        match requests {
            // Deleted and gone; then shown once more by a stale read, and refused by a stale write.
            1 => Reply::json(200, ""),
            2 | 4 => Reply::not_found(),
            3 => shown(),
            5 => duplicate(409),
            _ if is_post(request) => Reply::json(201, ""),
            _ => shown(),
        }
    })
    .await;
    let client = server.psip();
    client.delete_user(&operation(), &alice()).await.unwrap();
    assert_eq!(
        create_with(&client, &operation()).await.unwrap(),
        Visibility::Confirmed
    );
    assert_eq!(server.count("POST"), 2);
}

#[tokio::test]
async fn writes_take_turns_but_waits_do_not() {
    let server = Server::handling(|request| match request.line.as_str() {
        "POST /v1/psip/office/users" => Reply::Held(Box::new(Reply::json(201, ""))),
        "DELETE /v1/psip/office/users/bob" => Reply::json(200, ""),
        _ => Reply::not_found(),
    })
    .await;
    let client = server.psip();
    let (first, second) = (operation(), operation());
    let bob = User {
        key: "bob".into(),
        ..alice()
    };
    let posted = tokio::sync::Notify::new();
    let (created, deleted, ()) = tokio::join!(
        create_with(&client, &first),
        async {
            posted.notified().await;
            client.delete_user(&second, &bob).await
        },
        async {
            while server.count("POST") == 0 {
                server.arrival().await;
            }
            posted.notify_one();
            // While a whole read goes to the server and back, a delete would have got there.
            client.read_user(&operation(), &alice()).await.unwrap();
            assert_eq!(server.count("DELETE"), 0, "a turn was given to two");
            server.release();
            // Alice never shows, yet bob can be deleted.
            while server.count("DELETE") == 0 {
                server.arrival().await;
            }
            first.cancel.cancel();
        }
    );
    assert_eq!(created.unwrap(), Visibility::Cancelled);
    assert_eq!(deleted.unwrap().visibility, Visibility::Confirmed);
}
