//! Tests of creating: what is ours, what is not, and what is unclear.

use super::*;
use crate::vonage::Visibility;
use crate::vonage::test_server::{Reply, Server, operation};

const NEW: &str = "5d0c7c0e-0000-4000-8000-0123456789ab";
const OLD: &str = "5d0c7c0e-0000-4000-8000-000000000001";

fn desired(public_key: Option<&str>) -> Application {
    Application {
        name: "pbx".to_owned(),
        public_key: public_key.map(ToOwned::to_owned),
        ..Application::default()
    }
}

fn same(found: &Application) -> bool {
    found.public_key.as_deref() == Some("OURS")
}

fn object(id: &str, key: &str) -> String {
    format!(r#"{{"id":"{id}","name":"pbx","keys":{{"public_key":"{key}"}},"capabilities":{{}}}}"#)
}

fn list(rows: &[String]) -> Reply {
    Reply::json(
        200,
        &format!(
            r#"{{"total_items":{},"_embedded":{{"applications":[{}]}}}}"#,
            rows.len(),
            rows.join(",")
        ),
    )
}

async fn create(
    public_key: Option<&str>,
    replies: Vec<Reply>,
) -> (Result<Written<Application>, CreateApplicationError>, Server) {
    let server = Server::script(replies).await;
    let result = server
        .applications()
        .create(&operation(), &desired(public_key), &same)
        .await;
    assert_eq!(server.count("POST"), 1, "it is sent once");
    (result, server)
}

#[tokio::test]
async fn a_created_application_has_the_id_of_the_answer_and_is_awaited() {
    let created = Reply::json(201, &object(NEW, "OURS"));
    let shown = Reply::json(200, &object(NEW, "OURS"));
    let (result, server) = create(None, vec![created, Reply::not_found(), shown]).await;
    let written = result.unwrap();
    assert_eq!(
        (written.object.id.as_str(), written.visibility),
        (NEW, Visibility::Confirmed)
    );
    assert_eq!(
        server.lines(),
        [
            "POST /v2/applications".to_owned(),
            format!("GET /v2/applications/{NEW}"),
            format!("GET /v2/applications/{NEW}")
        ]
    );
}

#[tokio::test]
async fn an_answer_of_which_only_the_id_can_be_read_is_enough() {
    let odd = format!(r#"{{"id":"{NEW}","name":7}}"#);
    let shown = Reply::json(200, &object(NEW, "OURS"));
    let (result, _) = create(None, vec![Reply::json(201, &odd), shown]).await;
    let made = result.unwrap().object;
    assert_eq!((made.id.as_str(), made.name.as_str()), (NEW, "pbx"));
}

#[tokio::test(start_paused = true)]
async fn after_an_unclear_end_a_new_application_with_our_own_key_is_ours() {
    let before = list(&[object(OLD, "OURS")]);
    let after = list(&[object(OLD, "OURS"), object(NEW, "OURS")]);
    for unclear in [Reply::HangUp, Reply::html(502), Reply::json(201, "{}")] {
        let replies = vec![before.clone(), unclear, before.clone(), after.clone()];
        let (result, _) = create(Some("OURS"), replies).await;
        assert_eq!(result.unwrap().object.id, NEW);
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_key_of_ours_or_with_two_candidates_nothing_is_adopted() {
    let [one, two] = [object(NEW, "OURS"), object(OLD, "OURS")];
    for (key, replies) in [
        (None, vec![Reply::HangUp, list(std::slice::from_ref(&one))]),
        (
            Some("OURS"),
            vec![list(&[]), Reply::HangUp, list(&[one.clone(), two])],
        ),
        (
            Some("OTHER"),
            vec![list(&[]), Reply::HangUp, list(&[object(NEW, "FOREIGN")])],
        ),
    ] {
        let (result, server) = create(key, replies).await;
        let error = result.unwrap_err();
        let looks = server.count("GET");
        assert!(looks < 20, "{looks} looks, further and further apart");
        assert!(
            matches!(&error, CreateApplicationError::Unclear { candidates: Some(found), .. } if !found.is_empty()),
            "{error:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn where_nothing_shows_up_or_can_be_listed_the_error_says_which() {
    let (result, _) = create(None, vec![Reply::HangUp, list(&[])]).await;
    assert!(matches!(
        result.unwrap_err(),
        CreateApplicationError::Unclear { candidates: Some(found), .. } if found.is_empty()
    ));
    let (result, _) = create(None, vec![Reply::HangUp, Reply::html(403)]).await;
    assert!(matches!(
        result.unwrap_err(),
        CreateApplicationError::Unclear {
            candidates: None,
            ..
        }
    ));
}

/// Fails unless the create has an unclear end, and no list says what came of it.
#[track_caller]
fn assert_unlisted(result: Result<Written<Application>, CreateApplicationError>) {
    let error = result.unwrap_err();
    assert!(
        matches!(
            &error,
            CreateApplicationError::Unclear {
                candidates: None,
                ..
            }
        ),
        "{error:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_list_from_before_a_new_application_would_show_says_nothing() {
    let early = vec![
        Reply::HangUp,
        list(&[object(OLD, "FOREIGN")]),
        Reply::html(403),
    ];
    let (result, _) = create(None, early).await;
    assert_unlisted(result);
    let server = Server::script(vec![Reply::HangUp, list(&[])]).await;
    let applications = server.applications();
    let short = Operation::new(Duration::from_millis(50), CancellationToken::new());
    let result = applications.create(&short, &desired(None), &same).await;
    assert_unlisted(result);
}

#[tokio::test]
async fn a_refusal_is_no_unclear_end() {
    let refusal = Reply::json(400, r#"{"title":"Bad Request","detail":"no"}"#);
    let (result, server) = create(None, vec![refusal]).await;
    assert!(matches!(
        result.unwrap_err(),
        CreateApplicationError::Failed(_)
    ));
    assert_eq!(server.lines().len(), 1);
}
