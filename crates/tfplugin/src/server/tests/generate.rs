//! The configuration that is generated for an object.

use super::*;

async fn generate(
    type_name: &str,
    state: Option<DynamicValue>,
) -> wire::generate_resource_config::Response {
    let request = wire::generate_resource_config::Request {
        type_name: type_name.to_owned(),
        state,
    };
    service()
        .generate_resource_config(Request::new(request))
        .await
        .unwrap()
        .into_inner()
}

#[tokio::test]
async fn what_the_provider_gives_by_itself_is_left_out() {
    let small = generate("fake_thing", message(&existing("old"))).await;
    let expected = thing("old", Value::Null, Value::Null, Value::Null);
    assert_eq!(decode(small.config.as_ref()), expected);
    let large = thing("old", "large".into(), "made".into(), Value::Null);
    let large = generate("fake_thing", message(&large)).await;
    assert_eq!(
        decode(large.config.as_ref()).attribute("size").as_str(),
        Some("large")
    );
    assert_eq!(large.diagnostics, []);
}

#[tokio::test]
async fn an_object_that_was_not_listed_with_its_state_has_an_empty_configuration() {
    for state in [None, message(&Value::Null)] {
        let empty = generate("fake_thing", state).await;
        let config = decode(empty.config.as_ref());
        assert!(config.as_entries().unwrap().values().all(Value::is_null));
    }
}

#[tokio::test]
async fn a_failure_has_no_configuration() {
    let unknown = generate("fake_other", message(&existing("old"))).await;
    assert_eq!(unknown.diagnostics[0].summary, "Unknown resource type");
    assert_eq!(unknown.config, None);
    let damaged = DynamicValue {
        msgpack: b"\x81".to_vec().into(),
        json: Vec::new().into(),
    };
    let damaged = generate("fake_thing", Some(damaged)).await;
    assert_eq!(damaged.diagnostics[0].summary, "Cannot decode the state");
}

#[tokio::test]
async fn a_host_is_told_that_configuration_can_be_generated() {
    let schema = service()
        .get_provider_schema(Request::new(wire::get_provider_schema::Request {}))
        .await
        .unwrap()
        .into_inner();
    assert!(schema.server_capabilities.unwrap().generate_resource_config);
}
