//! Tests of updating an application.

use std::time::Duration;

use super::*;
use crate::vonage::http::polling::Visibility;
use crate::vonage::http::settling::Settling;
use crate::vonage::test_server::{Reply, Server, operation};

const PBX: &str = "5d0c7c0e-0000-4000-8000-0123456789ab";

/// The plan leaves `improve_ai` alone, which was on.
const LEFT_ALONE: LeftAlone<'static, Application> = LeftAlone {
    is_in: &|found| found.improve_ai == Some(true),
    settling: Settling {
        missing: Duration::ZERO,
        different: Duration::ZERO,
    },
};

fn pbx(name: &str, improve_ai: bool) -> Reply {
    let body = format!(
        r#"{{"id":"{PBX}","name":"{name}","privacy":{{"improve_ai":{improve_ai}}},"more":1}}"#
    );
    Reply::json(200, &body)
}

async fn update(
    replies: Vec<Reply>,
) -> (
    Result<Written<Application>, UpdateError<Application>>,
    Server,
) {
    let server = Server::script(replies).await;
    let desired = Application {
        id: PBX.to_owned(),
        name: "new".to_owned(),
        ..Application::default()
    };
    let same = |found: &Application| found.name == "new";
    let result = server
        .applications()
        .update(&operation(), &desired, &LEFT_ALONE, &same)
        .await;
    (result, server)
}

#[tokio::test]
async fn an_update_is_one_put_of_the_whole_and_is_awaited() {
    let new = pbx("new", true);
    let (result, server) = update(vec![pbx("old", true), new.clone(), pbx("old", true), new]).await;
    let written = result.unwrap();
    assert_eq!(written.visibility, Visibility::Confirmed);
    assert_eq!(written.object.name, "new");
    let put = &server.requests()[1];
    assert_eq!(put.line, format!("PUT /v2/applications/{PBX}"));
    assert_eq!(
        put.body,
        r#"{"capabilities":{},"more":1,"name":"new","privacy":{"improve_ai":true}}"#
    );
    assert_eq!(server.count("GET"), 3);
}

#[tokio::test]
async fn nothing_is_sent_where_somebody_has_changed_what_the_plan_leaves_alone() {
    for found in [pbx("old", false), Reply::not_found()] {
        let (result, server) = update(vec![found.clone()]).await;
        assert!(result.is_err(), "{found:?}");
        assert_eq!(server.count("PUT"), 0, "{found:?}");
    }
}

#[tokio::test]
async fn a_check_reads_and_tells_the_same() {
    for (found, is_fine) in [(pbx("old", true), true), (pbx("old", false), false)] {
        let server = Server::script(vec![found]).await;
        let applications = server.applications();
        let checked = applications.check(&operation(), PBX, &LEFT_ALONE).await;
        assert_eq!(checked.is_ok(), is_fine);
    }
}
