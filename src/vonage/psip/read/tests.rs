//! Tests of reading: what makes a domain gone, and what does not.

mod settling;

use crate::causes::explain;
use crate::vonage::http::error::Error;
use crate::vonage::http::request::OBJECT_LIMIT;
use crate::vonage::test_server::{Reply, Server, operation};

fn office() -> Reply {
    Reply::json(200, r#"{"name":"office","acl":["1.2.3.4"]}"#)
}

#[tokio::test]
async fn a_domain_is_read_with_one_request() {
    let server = Server::script(vec![office()]).await;
    let domain = server.psip().read_domain(&operation(), "office").await;
    assert_eq!(domain.unwrap().unwrap().acl, ["1.2.3.4"]);
    assert_eq!(server.lines(), ["GET /v1/psip/office"]);
}

#[tokio::test]
async fn only_the_apis_own_404_said_twice_means_gone() {
    let server = Server::script(vec![Reply::not_found()]).await;
    let domain = server.psip().read_domain(&operation(), "office").await;
    assert_eq!(domain.unwrap(), None);
    assert_eq!(server.count("GET"), 2);
}

#[tokio::test]
async fn one_stale_404_is_not_believed() {
    let server = Server::script(vec![Reply::not_found(), office()]).await;
    let domain = server.psip().read_domain(&operation(), "office").await;
    assert!(domain.unwrap().is_some());
}

#[tokio::test]
async fn a_404_that_no_second_read_confirms_is_an_error() {
    let server = Server::script(vec![Reply::not_found(), Reply::html(404)]).await;
    assert!(
        server
            .psip()
            .read_domain(&operation(), "office")
            .await
            .is_err()
    );
}

#[tokio::test]
async fn every_other_trouble_is_an_error() {
    for reply in [
        Reply::html(404),
        Reply::json(404, ""),
        Reply::json(404, r#"{"message":"no Route matched"}"#),
        Reply::json(401, r#"{"title":"Invalid credentials supplied"}"#),
        Reply::json(403, r#"{"title":"Forbidden"}"#),
        Reply::json(500, r#"{"title":"Internal"}"#),
        Reply::html(503),
        Reply::html(200),
        Reply::json(200, ""),
        Reply::json(200, "{}"),
        Reply::json(200, r#"{"name":"other"}"#),
        Reply::json(200, "[]"),
        Reply::HangUp,
        Reply::Endless(100 * 1024 * 1024),
    ] {
        let server = Server::script(vec![reply.clone()]).await;
        let result = server.psip().read_domain(&operation(), "office").await;
        assert!(result.is_err(), "{reply:?}: {result:?}");
    }
}

#[tokio::test]
async fn a_body_of_another_shape_names_the_request_and_says_so() {
    let server = Server::script(vec![Reply::html(200)]).await;
    let error = server
        .psip()
        .read_domain(&operation(), "office")
        .await
        .unwrap_err();
    assert_eq!(
        explain(&error),
        "GET /v1/psip/office answered 200 OK, but the body is not a domain: it is not a JSON object (text/html, 18 bytes)"
    );
}

#[tokio::test]
async fn a_body_of_100_mebibytes_is_a_clear_error_and_not_asked_for_again() {
    let server = Server::script(vec![Reply::Endless(100 * 1024 * 1024)]).await;
    let error = server
        .psip()
        .read_domain(&operation(), "office")
        .await
        .unwrap_err();
    assert_eq!(
        explain(&error),
        "GET /v1/psip/office had no answer: the answer is larger than 1048576 bytes, the most that is read"
    );
    assert_eq!(server.count("GET"), 1);
}

#[tokio::test]
async fn a_name_that_no_path_can_hold_sends_nothing() {
    let server = Server::script(vec![office()]).await;
    let error = server
        .psip()
        .read_domain(&operation(), "..")
        .await
        .unwrap_err();
    assert!(matches!(error, Error::InvalidName(_)));
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_list_is_read_in_both_forms_and_each_domain_once() {
    let array = Reply::json(200, r#"[{"name":"alpha"},{"name":"bravo"}]"#);
    let first = Reply::json(
        200,
        r#"{"_embedded":{"domains":[{"name":"alpha"}]},"_links":{"next":{"href":"/v1/psip?page=2"}}}"#,
    );
    let second = Reply::json(
        200,
        r#"{"_embedded":{"domains":[{"name":"alpha"},{"name":"bravo"}]}}"#,
    );
    for (script, requests) in [(vec![array], 1), (vec![first, second], 2)] {
        let server = Server::script(script).await;
        let domains = server.psip().list_domains(&operation()).await.unwrap();
        let names: Vec<_> = domains.iter().map(|domain| domain.name.as_str()).collect();
        assert_eq!(names, ["alpha", "bravo"]);
        assert_eq!(server.count("GET"), requests);
    }
}

#[tokio::test]
async fn a_list_may_be_larger_than_any_object() {
    let filling = "x".repeat(2 * OBJECT_LIMIT);
    let rows = format!(r#"[{{"name":"alpha"}},{{"name":"bravo","more":"{filling}"}}]"#);
    let server = Server::script(vec![Reply::json(200, &rows)]).await;
    let domains = server.psip().list_domains(&operation()).await.unwrap();
    assert_eq!(domains.len(), 2);
}

#[tokio::test]
async fn an_empty_list_is_believed_when_the_api_says_so_twice() {
    let empty = || Reply::json(200, "[]");
    let server = Server::script(vec![empty()]).await;
    assert_eq!(server.psip().list_domains(&operation()).await.unwrap(), []);
    assert_eq!(server.count("GET"), 2);
    let full = Reply::json(200, r#"[{"name":"alpha"}]"#);
    let server = Server::script(vec![empty(), full]).await;
    let domains = server.psip().list_domains(&operation()).await.unwrap();
    assert_eq!(domains.len(), 1);
}

#[tokio::test]
async fn a_list_that_leads_elsewhere_or_in_circles_is_refused() {
    for (next, expected) in [
        ("https://evil.example/v1/psip", "leads elsewhere"),
        ("/v2/applications", "leads elsewhere"),
        ("//evil.example/v1/psip", "leads elsewhere"),
        ("?page=2", "go round in a circle"),
        ("/v1/psip", "go round in a circle"),
    ] {
        let body =
            format!(r#"{{"_embedded":{{"domains":[]}},"_links":{{"next":{{"href":"{next}"}}}}}}"#);
        let server = Server::script(vec![Reply::json(200, &body)]).await;
        let error = server.psip().list_domains(&operation()).await.unwrap_err();
        assert!(error.to_string().contains(expected), "{next}: {error}");
        assert!(server.count("GET") <= 2);
    }
}

#[tokio::test]
async fn a_list_with_a_row_that_is_no_domain_is_refused() {
    let server = Server::script(vec![Reply::json(200, r#"[{"name":"alpha"},{"acl":[]}]"#)]).await;
    let error = server.psip().list_domains(&operation()).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("of one of its rows, it has no `name`"),
        "{error}"
    );
}

#[tokio::test]
async fn what_a_row_does_not_tell_is_read_and_what_is_gone_left_out() {
    let server = Server::handling(|request| match request.line.as_str() {
        "GET /v1/psip" => Reply::json(
            200,
            r#"[{"name":"alpha","acl":["1.2.3.4"]},{"name":"bravo"},{"name":"charlie"}]"#,
        ),
        "GET /v1/psip/bravo" => Reply::json(200, r#"{"name":"bravo","acl":["5.6.7.8"]}"#),
        _ => Reply::not_found(),
    })
    .await;
    let (client, operation) = (server.psip(), operation());
    let rows = client.list_domains(&operation).await.unwrap();
    let domains = client.whole_domains(&operation, rows).await.unwrap();
    let told = domains
        .iter()
        .map(|domain| (domain.name.as_str(), domain.acl[0].as_str()));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [("alpha", "1.2.3.4"), ("bravo", "5.6.7.8")]
    );
    // The list, one look at bravo, and two at charlie.
    assert_eq!(server.count("GET"), 4);
}
