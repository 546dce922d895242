//! Tests of creating: what is ours, what is not, and what is unclear.

use super::*;
use crate::vonage::Visibility;
use crate::vonage::http::update::LeftAlone;
use crate::vonage::test_server::{Reply, Server, operation};

fn desired() -> Domain {
    Domain {
        name: "office".into(),
        acl: vec!["1.2.3.4".into()],
        tls: Some("always".into()),
        ..Domain::default()
    }
}

fn same(found: &Domain) -> bool {
    found.acl == desired().acl
}

fn office(status: u16) -> Reply {
    Reply::json(
        status,
        r#"{"name":"office","acl":["1.2.3.4"],"srtp":"never"}"#,
    )
}

fn foreign() -> Reply {
    Reply::json(200, r#"{"name":"office","acl":["9.9.9.9"]}"#)
}

fn duplicate() -> Reply {
    Reply::json(400, r#"{"title":"Bad Request","detail":"no"}"#)
}

async fn create(replies: Vec<Reply>) -> (Result<Written<Domain>, CreateError>, Vec<String>) {
    let server = Server::script(replies).await;
    let result = server
        .psip()
        .create_domain(&operation(), &desired(), &same)
        .await;
    let lines = server.lines();
    assert!(lines.iter().filter(|line| line.starts_with("POST")).count() <= 1);
    (result, lines)
}

#[tokio::test]
async fn a_created_domain_is_awaited_until_a_read_shows_it() {
    let (result, lines) = create(vec![
        office(201),
        Reply::not_found(),
        Reply::html(503),
        office(200),
    ])
    .await;
    let written = result.unwrap();
    assert_eq!(written.visibility, Visibility::Confirmed);
    assert_eq!(written.object.srtp.as_deref(), Some("never"));
    assert_eq!(written.object.tls.as_deref(), Some("always"));
    assert_eq!(lines[0], "POST /v1/psip");
    assert_eq!(lines.len(), 4);
}

#[tokio::test]
async fn the_body_holds_what_is_set_and_nothing_else() {
    let server = Server::script(vec![office(201), office(200)]).await;
    server
        .psip()
        .create_domain(&operation(), &desired(), &same)
        .await
        .unwrap();
    assert_eq!(
        server.requests()[0].body,
        r#"{"acl":["1.2.3.4"],"name":"office","tls":"always"}"#
    );
}

#[tokio::test]
async fn a_success_without_a_readable_body_counts() {
    for reply in [
        Reply::json(201, ""),
        Reply::Truncated(201, "{".into()),
        Reply::json(204, ""),
    ] {
        let (result, _) = create(vec![reply, office(200)]).await;
        assert_eq!(result.unwrap().object, desired());
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_runs_out_keeps_the_domain() {
    let server = Server::script(vec![office(201), Reply::not_found()]).await;
    let client = server.psip_with(|_, pace| pace.visible_within = Duration::from_millis(20));
    let written = client
        .create_domain(&operation(), &desired(), &same)
        .await
        .unwrap();
    assert!(matches!(written.visibility, Visibility::NotYet { .. }));
}

#[tokio::test]
async fn a_refused_look_ends_the_wait_but_keeps_the_domain() {
    let (result, lines) = create(vec![office(201), Reply::json(403, r#"{"title":"No"}"#)]).await;
    assert!(matches!(
        result.unwrap().visibility,
        Visibility::NotYet { .. }
    ));
    assert_eq!(lines.len(), 2);
}

#[tokio::test]
async fn an_existing_domain_is_never_adopted_even_if_it_is_equal() {
    for status in [400, 409] {
        let refusal = Reply::json(status, r#"{"title":"Bad Request"}"#);
        let (result, _) = create(vec![refusal, office(200)]).await;
        let error = result.unwrap_err();
        assert!(matches!(&error, CreateError::AlreadyExists(_)), "{error:?}");
    }
}

#[tokio::test]
async fn a_refusal_about_something_else_passes_through() {
    let (result, lines) = create(vec![duplicate(), Reply::not_found()]).await;
    assert!(matches!(
        result.unwrap_err(),
        CreateError::Failed(Error::Api { .. })
    ));
    assert_eq!(lines.len(), 3);
    let (result, lines) = create(vec![Reply::json(422, r#"{"title":"No"}"#), office(200)]).await;
    assert!(matches!(
        result.unwrap_err(),
        CreateError::Failed(Error::Api { .. })
    ));
    assert_eq!(lines.len(), 1);
}

#[tokio::test]
async fn a_conflict_over_a_name_that_is_not_ours_hints_at_another_account() {
    let taken = Reply::json(
        403,
        r#"{"title":"Forbidden","detail":"Domain is already in use"}"#,
    );
    for refusal in [Reply::json(409, r#"{"title":"Conflict"}"#), taken] {
        let (result, _) = create(vec![refusal, Reply::not_found()]).await;
        let error = result.unwrap_err();
        assert!(matches!(error, CreateError::NameTaken(_)), "{error:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_refusal_is_about_is_told_by_a_read() {
    let conflict = Reply::json(409, r#"{"title":"Conflict"}"#);
    let taken = Reply::json(403, r#"{"title":"The name is taken"}"#);
    let bad = Reply::json(400, r#"{"title":"Bad Request"}"#);
    let hidden = |status| Reply::json(status, r#"{"title":"Not yours"}"#);
    for (refusal, read, expected) in [
        (&conflict, foreign(), "exists"),
        (&bad, foreign(), "exists"),
        (&taken, foreign(), "failed"),
        (&taken, hidden(401), "taken"),
        (&conflict, hidden(403), "taken"),
        (&taken, hidden(500), "failed"),
        (&bad, hidden(403), "failed"),
    ] {
        let (result, _) = create(vec![refusal.clone(), read.clone()]).await;
        let told = match result.unwrap_err() {
            CreateError::AlreadyExists(_) => "exists",
            CreateError::NameTaken(_) => "taken",
            CreateError::Unclear { .. } => "unclear",
            CreateError::Failed(_) => "failed",
        };
        assert_eq!(told, expected, "{refusal:?} {read:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_unclear_create_is_looked_for_and_found() {
    let html = Reply::html(201);
    for trouble in [Reply::HangUp, Reply::html(500), Reply::html(502), html] {
        let (result, lines) = create(vec![trouble, Reply::not_found(), office(200)]).await;
        let written = result.unwrap();
        assert_eq!(written.visibility, Visibility::Confirmed);
        assert_eq!(lines.len(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn an_unclear_create_beside_a_different_domain_exists_already() {
    let (result, _) = create(vec![Reply::HangUp, foreign()]).await;
    let error = result.unwrap_err();
    assert!(matches!(error, CreateError::AlreadyExists(_)), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn an_unclear_create_that_never_shows_is_said_to_be_unclear() {
    let (result, _) = create(vec![Reply::HangUp, Reply::not_found()]).await;
    let error = result.unwrap_err();
    assert!(matches!(error, CreateError::Unclear { .. }), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn an_unclear_create_gets_one_look_after_ctrl_c_and_after_the_deadline() {
    for by_deadline in [false, true] {
        let held = if by_deadline {
            Reply::Silence
        } else {
            Reply::Held(Box::new(Reply::HangUp))
        };
        let server = Server::script(vec![held, office(200)]).await;
        let mut operation = operation();
        if by_deadline {
            operation = operation.within(Duration::from_millis(50));
        }
        let client = server.psip();
        let wanted = desired();
        let (result, ()) = tokio::join!(client.create_domain(&operation, &wanted, &same), async {
            server.arrival().await;
            if !by_deadline {
                operation.cancel.cancel();
                server.release();
            }
        });
        assert_eq!(result.unwrap().visibility, Visibility::Confirmed);
        assert_eq!(server.count("GET"), 1);
    }
}

#[tokio::test]
async fn ctrl_c_during_the_create_keeps_what_was_made() {
    let server = Server::script(vec![Reply::Held(Box::new(office(201)))]).await;
    let operation = operation();
    let client = server.psip();
    let wanted = desired();
    let (result, ()) = tokio::join!(client.create_domain(&operation, &wanted, &same), async {
        server.arrival().await;
        operation.cancel.cancel();
        server.release();
    });
    assert_eq!(result.unwrap().visibility, Visibility::Cancelled);
    assert_eq!(server.lines(), ["POST /v1/psip"]);
}

#[tokio::test]
async fn a_name_that_we_have_just_deleted_is_asked_for_until_it_is_free() {
    let mut posts = 0;
    let server = Server::handling(move |request| {
        if request.line.starts_with("DELETE") {
            return Reply::json(200, "");
        }
        if request.line.starts_with("POST") {
            posts += 1;
            return if posts < 4 { duplicate() } else { office(201) };
        }
        // The old domain is gone for reads, then a stale replica shows it once more.
        match posts {
            0 => Reply::not_found(),
            4 => {
                posts += 1;
                foreign()
            }
            _ => office(200),
        }
    })
    .await;
    let client = server.psip();
    client
        .delete_domain(&operation(), "office", false)
        .await
        .unwrap();
    let written = client
        .create_domain(&operation(), &desired(), &same)
        .await
        .unwrap();
    assert_eq!(written.visibility, Visibility::Confirmed);
    assert_eq!(server.count("POST"), 4);
    // The delete's look, the stale one, and the one that shows the new domain.
    assert_eq!(server.count("GET"), 3);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_that_outlasts_our_delete_passes_through() {
    let server = Server::handling(|request| match request.line.split(' ').next() {
        Some("POST") => duplicate(),
        _ => Reply::not_found(),
    })
    .await;
    let client = server.psip_with(|_, pace| pace.name_freed_within = Duration::from_millis(50));
    client
        .delete_domain(&operation(), "office", false)
        .await
        .unwrap();
    let error = client
        .create_domain(&operation(), &desired(), &same)
        .await
        .unwrap_err();
    assert!(matches!(error, CreateError::Failed(_)), "{error:?}");
    let posts = server.count("POST");
    assert!(
        (2..16).contains(&posts),
        "{posts} times, further and further apart"
    );
}

#[tokio::test]
async fn writes_to_one_domain_wait_for_each_other() {
    let server = Server::handling(|request| match request.line.split(' ').next() {
        Some("POST") => Reply::Held(Box::new(office(201))),
        _ => office(200),
    })
    .await;
    let client = server.psip();
    let (first, second) = (operation(), operation());
    let wanted = desired();
    let (created, updated, ()) = tokio::join!(
        client.create_domain(&first, &wanted, &same),
        client.update_domain(&second, &wanted, &LeftAlone::NOTHING, &same),
        async {
            server.arrival().await;
            assert_eq!(server.lines(), ["POST /v1/psip"]);
            server.release();
        }
    );
    created.unwrap();
    updated.unwrap();
    assert_eq!(
        server.lines()[..4],
        [
            "POST /v1/psip",
            "GET /v1/psip/office",
            "GET /v1/psip/office",
            "PUT /v1/psip/office"
        ]
    );
}
