//! Tests of updating.

use std::time::Duration;

use super::*;
use crate::vonage::http::polling::Visibility;
use crate::vonage::http::settling::Settling;
use crate::vonage::test_server::{Reply, Server, operation};

fn desired() -> Domain {
    Domain {
        name: "office".into(),
        acl: vec!["1.2.3.4".into()],
        ..Domain::default()
    }
}

/// The plan leaves `tls` alone, which was `never`.
fn left_alone(settling: Duration) -> LeftAlone<'static, Domain> {
    LeftAlone {
        is_in: &|found| found.tls.as_deref().is_none_or(|tls| tls == "never"),
        settling: Settling {
            missing: settling,
            different: settling,
        },
    }
}

fn same(found: &Domain) -> bool {
    found.acl == desired().acl
}

fn old() -> Reply {
    Reply::json(
        200,
        r#"{"name":"office","acl":["9.9.9.9"],"tls":"never","trunk_name":"t","more":{"a":[1.50]}}"#,
    )
}

fn new() -> Reply {
    Reply::json(200, r#"{"name":"office","acl":["1.2.3.4"]}"#)
}

#[tokio::test]
async fn what_is_not_ours_goes_back_unchanged() {
    let server = Server::script(vec![old(), Reply::json(200, ""), old(), new()]).await;
    let written = server
        .psip()
        .update_domain(&operation(), &desired(), &left_alone(Duration::ZERO), &same)
        .await
        .unwrap();
    assert_eq!(written.visibility, Visibility::Confirmed);
    let requests = server.requests();
    assert_eq!(requests[1].line, "PUT /v1/psip/office");
    assert_eq!(
        requests[1].body,
        r#"{"acl":["1.2.3.4"],"more":{"a":[1.50]},"name":"office","trunk_name":"t"}"#
    );
    assert_eq!(requests.len(), 4);
    assert_eq!(written.object.unmanaged.0.len(), 2);
}

#[tokio::test]
async fn any_success_will_do() {
    let body = r#"{"name":"office","acl":["1.2.3.4"]}"#;
    for reply in [
        Reply::json(200, body),
        Reply::json(201, body),
        Reply::json(204, ""),
        Reply::html(200),
        Reply::Truncated(200, "{".into()),
    ] {
        let server = Server::script(vec![old(), reply.clone(), new()]).await;
        let written = server
            .psip()
            .update_domain(&operation(), &desired(), &left_alone(Duration::ZERO), &same)
            .await;
        assert_eq!(written.unwrap().object.acl, ["1.2.3.4"], "{reply:?}");
        assert_eq!(server.count("PUT"), 1);
    }
}

#[tokio::test]
async fn a_missing_domain_is_not_put() {
    let server = Server::script(vec![Reply::not_found()]).await;
    let error = server
        .psip()
        .update_domain(&operation(), &desired(), &left_alone(Duration::ZERO), &same)
        .await
        .unwrap_err();
    assert!(matches!(error, UpdateError::NotFound));
    assert_eq!(server.count("PUT"), 0);
}

#[tokio::test]
async fn a_domain_that_vanishes_before_the_put_is_not_found() {
    let server = Server::script(vec![old(), Reply::not_found()]).await;
    let error = server
        .psip()
        .update_domain(&operation(), &desired(), &left_alone(Duration::ZERO), &same)
        .await
        .unwrap_err();
    assert!(matches!(error, UpdateError::NotFound));
}

#[tokio::test]
async fn a_put_is_sent_again_after_passing_troubles() {
    let server = Server::script(vec![old(), Reply::HangUp, Reply::html(503), new(), new()]).await;
    server
        .psip()
        .update_domain(&operation(), &desired(), &left_alone(Duration::ZERO), &same)
        .await
        .unwrap();
    assert_eq!(server.count("PUT"), 3);
}

#[tokio::test(start_paused = true)]
async fn values_that_never_show_are_said_to_be_late() {
    let server = Server::script(vec![old(), new(), old()]).await;
    let client = server.psip_with(|_, pace| {
        pace.visible_within = Duration::from_millis(20);
    });
    let written = client
        .update_domain(&operation(), &desired(), &left_alone(Duration::ZERO), &same)
        .await
        .unwrap();
    assert!(matches!(written.visibility, Visibility::NotYet { .. }));
}

#[tokio::test]
async fn an_unreadable_domain_is_not_put() {
    for reply in [
        Reply::html(404),
        Reply::html(200),
        Reply::json(401, r#"{"title":"No"}"#),
    ] {
        let server = Server::script(vec![reply]).await;
        let error = server
            .psip()
            .update_domain(&operation(), &desired(), &left_alone(Duration::ZERO), &same)
            .await
            .unwrap_err();
        assert!(matches!(error, UpdateError::Failed(_)));
        assert_eq!(server.count("PUT"), 0);
    }
}

fn changed() -> Reply {
    Reply::json(200, r#"{"name":"office","acl":["9.9.9.9"],"tls":"always"}"#)
}

#[tokio::test(start_paused = true)]
async fn what_somebody_changed_since_the_plan_is_not_put_back() {
    let server = Server::script(vec![changed()]).await;
    let short = Duration::from_millis(30);
    let error = server
        .psip()
        .update_domain(&operation(), &desired(), &left_alone(short), &same)
        .await
        .unwrap_err();
    assert!(
        matches!(&error, UpdateError::Changed(found) if found.tls.as_deref() == Some("always")),
        "{error:?}"
    );
    assert_eq!(server.count("PUT"), 0);
    // It was asked for more than once, for a part of the API might be behind.
    assert!(server.count("GET") > 1);
}

#[tokio::test]
async fn a_part_that_is_behind_our_own_last_write_is_no_change() {
    let server = Server::script(vec![
        changed(),
        Reply::not_found(),
        changed(),
        old(),
        new(),
        new(),
    ])
    .await;
    let long = Duration::from_secs(20);
    server
        .psip()
        .update_domain(&operation(), &desired(), &left_alone(long), &same)
        .await
        .unwrap();
    assert_eq!(server.count("PUT"), 1);
}

#[tokio::test]
async fn a_domain_of_which_nothing_is_sent_is_looked_at_all_the_same() {
    for (reply, outcome) in [
        (old(), "unchanged"),
        (changed(), "changed"),
        (Reply::not_found(), "missing"),
    ] {
        let server = Server::script(vec![reply]).await;
        let checked = server
            .psip()
            .check_domain(&operation(), "office", &left_alone(Duration::ZERO))
            .await;
        let seen = match checked {
            Ok(()) => "unchanged",
            Err(UpdateError::Changed(_)) => "changed",
            Err(UpdateError::NotFound) => "missing",
            Err(UpdateError::Failed(_)) => "failed",
        };
        assert_eq!(seen, outcome);
        assert_eq!(server.count("PUT"), 0);
    }
}
