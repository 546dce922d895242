//! Lists of existing objects, and where they end.

use futures_util::StreamExt as _;

use super::*;

async fn list(limit: i64, prefix: Value) -> Vec<wire::list_resource::Event> {
    let config = Value::object([("prefix", prefix)]);
    let request = wire::list_resource::Request {
        type_name: "fake_thing".to_owned(),
        config: encode(&config, &Type::object([("prefix", Type::String)])),
        include_resource_object: limit == 3,
        limit,
    };
    let events = service()
        .list_resource(Request::new(request))
        .await
        .unwrap()
        .into_inner();
    events.map(Result::unwrap).collect().await
}

#[tokio::test]
async fn a_list_stops_at_its_limit_and_holds_objects_only_if_asked() {
    let three = list(3, "thing".into()).await;
    assert_eq!(three.len(), 3);
    assert!(
        three
            .iter()
            .all(|event| event.resource_object.is_some() && event.identity.is_some())
    );
    let all = list(0, "thing".into()).await;
    assert_eq!(all.len(), 10);
    assert!(all.iter().all(|event| event.resource_object.is_none()));
}

#[tokio::test]
async fn a_limit_beyond_everything_is_none() {
    for limit in [-1, 11, i64::MAX] {
        assert_eq!(list(limit, "thing".into()).await.len(), 10, "{limit}");
    }
}

#[tokio::test]
async fn an_object_without_an_identity_is_an_error_and_no_find() {
    let events = list(0, "nameless".into()).await;
    assert_eq!(events.len(), 10);
    for event in events {
        assert_eq!(event.identity, None);
        assert_eq!(
            event.diagnostic[0].summary,
            "An object was found that has no identity"
        );
    }
}

#[tokio::test]
async fn a_panic_in_a_list_is_its_last_event() {
    let events = list(3, "panic".into()).await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].diagnostic[0].summary, "The provider failed");
}

#[tokio::test]
async fn the_last_that_a_limit_allows_says_that_there_are_more() {
    let three = list(3, "thing".into()).await;
    let messages: Vec<_> = three.iter().map(|event| event.diagnostic.len()).collect();
    assert_eq!(messages, [0, 0, 1]);
    let message = &three[2].diagnostic[0];
    assert_eq!(message.summary, "Not all fake things are listed");
    assert!(
        message
            .detail
            .contains("10 fake things match, and the first 3")
    );
    for limit in [0, 10, 11] {
        let all = list(limit, "thing".into()).await;
        assert!(
            all.iter().all(|event| event.diagnostic.is_empty()),
            "{limit}"
        );
    }
}

#[tokio::test]
async fn a_wrong_configuration_is_the_only_event() {
    let events = list(3, "bad".into()).await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].diagnostic[0].summary, "Bad prefix");
    assert_eq!(events[0].identity, None);
}
