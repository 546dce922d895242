//! Tests of reading an application.

use super::*;
use crate::vonage::test_server::{Reply, Server, operation};

const PBX: &str = "5d0c7c0e-0000-4000-8000-0123456789ab";

fn pbx() -> Reply {
    Reply::json(200, &format!(r#"{{"id":"{PBX}","name":"pbx"}}"#))
}

async fn read(replies: Vec<Reply>) -> (Result<Option<Application>, Error>, Vec<String>) {
    let server = Server::script(replies).await;
    let result = server.applications().read(&operation(), PBX).await;
    (result, server.lines())
}

#[tokio::test]
async fn an_application_is_read_with_one_request() {
    let (result, lines) = read(vec![pbx()]).await;
    assert_eq!(result.unwrap().unwrap().name, "pbx");
    assert_eq!(lines, [format!("GET /v2/applications/{PBX}")]);
}

#[tokio::test]
async fn only_the_apis_own_404_said_twice_means_gone() {
    let (result, lines) = read(vec![Reply::not_found()]).await;
    assert_eq!(result.unwrap(), None);
    assert_eq!(lines.len(), 2);
    let (result, _) = read(vec![Reply::not_found(), pbx()]).await;
    assert!(result.unwrap().is_some());
    let (result, _) = read(vec![Reply::html(404)]).await;
    assert!(result.is_err());
}

#[tokio::test]
async fn another_application_is_no_answer() {
    let other = Reply::json(200, r#"{"id":"other","name":"pbx"}"#);
    assert!(read(vec![other]).await.0.is_err());
}

/// A row of the list stands for a read where many ask at once.
#[test]
fn a_row_of_the_list_is_told_by_its_id() {
    let locator = ApplicationLocator(PBX);
    assert_eq!(locator.key(), PBX);
    let row = format!(r#"{{"id":"{PBX}","name":"pbx"}}"#);
    let read = locator.parse_row(row.as_bytes()).unwrap();
    assert_eq!((read.id.as_str(), read.name.as_str()), (PBX, "pbx"));
}
