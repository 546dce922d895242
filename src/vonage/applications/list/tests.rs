//! Tests of listing: all pages, and each application once.

use crate::vonage::test_server::{Reply, Server, operation};

fn page(rows: &[&str], next: Option<&str>) -> Reply {
    let rows: Vec<_> = rows
        .iter()
        .map(|id| format!(r#"{{"id":"{id}","name":"{id}"}}"#))
        .collect();
    let links = next.map_or(String::new(), |next| {
        format!(r#","_links":{{"next":{{"href":"{next}"}}}}"#)
    });
    Reply::json(
        200,
        &format!(
            r#"{{"total_items":3,"_embedded":{{"applications":[{}]}}{links}}}"#,
            rows.join(",")
        ),
    )
}

#[tokio::test]
async fn pages_are_followed_and_each_application_is_there_once() {
    let next = "/v2/applications?page_size=100&page=2";
    let server = Server::script(vec![page(&["a", "b"], Some(next)), page(&["b", "c"], None)]).await;
    let listed = server.applications().list(&operation()).await.unwrap();
    let ids: Vec<_> = listed.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    let first = "GET /v2/applications?page_size=100&page=1".to_owned();
    assert_eq!(server.lines(), [first, format!("GET {next}")]);
}

#[tokio::test]
async fn links_that_lead_elsewhere_or_round_in_circles_are_not_followed() {
    for next in [
        "https://elsewhere.example/v2/applications?page=2",
        "/v1/psip",
        "/v2/applications?page_size=100&page=1",
    ] {
        let server = Server::script(vec![page(&["a"], Some(next))]).await;
        let listed = server.applications().list(&operation()).await;
        assert!(listed.is_err(), "{next}");
        assert_eq!(server.count("GET"), 1);
    }
}

#[tokio::test]
async fn an_account_without_applications_may_leave_the_list_out() {
    for embedded in [
        "",
        r#","_embedded":{}"#,
        r#","_embedded":{"applications":[]}"#,
    ] {
        let body = format!(r#"{{"page_size":100,"page":1,"total_items":0{embedded}}}"#);
        let server = Server::script(vec![Reply::json(200, &body)]).await;
        assert_eq!(server.applications().list(&operation()).await.unwrap(), []);
        assert_eq!(server.count("GET"), 2);
    }
    let foreign = Reply::json(200, r#"{"page_size":100}"#);
    let server = Server::script(vec![foreign]).await;
    assert!(server.applications().list(&operation()).await.is_err());
}
