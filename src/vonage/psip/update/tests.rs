//! Tests of updating.

use super::super::Visibility;
use super::*;
use crate::vonage::test_server::{Reply, Server, operation};

fn desired() -> Domain {
    Domain {
        name: "office".into(),
        acl: vec!["1.2.3.4".into()],
        ..Domain::default()
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
        .client()
        .update_domain(&operation(), &desired(), &same)
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
    assert_eq!(written.domain.unmanaged.len(), 2);
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
            .client()
            .update_domain(&operation(), &desired(), &same)
            .await;
        assert_eq!(written.unwrap().domain.acl, ["1.2.3.4"], "{reply:?}");
        assert_eq!(server.count("PUT"), 1);
    }
}

#[tokio::test]
async fn a_missing_domain_is_not_put() {
    let server = Server::script(vec![Reply::not_found()]).await;
    let error = server
        .client()
        .update_domain(&operation(), &desired(), &same)
        .await
        .unwrap_err();
    assert!(matches!(error, UpdateError::NotFound { .. }));
    assert_eq!(server.count("PUT"), 0);
}

#[tokio::test]
async fn a_domain_that_vanishes_before_the_put_is_not_found() {
    let server = Server::script(vec![old(), Reply::not_found()]).await;
    let error = server
        .client()
        .update_domain(&operation(), &desired(), &same)
        .await
        .unwrap_err();
    assert!(matches!(error, UpdateError::NotFound { .. }));
}

#[tokio::test]
async fn a_put_is_sent_again_after_passing_troubles() {
    let server = Server::script(vec![old(), Reply::HangUp, Reply::html(503), new(), new()]).await;
    server
        .client()
        .update_domain(&operation(), &desired(), &same)
        .await
        .unwrap();
    assert_eq!(server.count("PUT"), 3);
}

#[tokio::test]
async fn values_that_never_show_are_said_to_be_late() {
    let server = Server::script(vec![old(), new(), old()]).await;
    let client = server.client_with(|_, pace| {
        pace.visible_within = std::time::Duration::from_millis(20);
    });
    let written = client
        .update_domain(&operation(), &desired(), &same)
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
            .client()
            .update_domain(&operation(), &desired(), &same)
            .await
            .unwrap_err();
        assert!(matches!(error, UpdateError::Failed(_)));
        assert_eq!(server.count("PUT"), 0);
    }
}
