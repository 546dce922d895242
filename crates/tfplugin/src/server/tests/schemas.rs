//! Schemas are large, and there may be thousands of objects: none is built for the sake of one object.

use std::sync::Arc;

use super::*;

#[tokio::test]
async fn each_schema_is_built_once_however_many_calls_there_are() {
    let seen = Arc::default();
    let service = service_of(FakeProvider {
        seen: Arc::clone(&seen),
        ..FakeProvider::default()
    });
    for _ in 0..3 {
        let upgrade = wire::upgrade_resource_state::Request {
            type_name: "fake_thing".to_owned(),
            version: 1,
            raw_state: Some(wire::RawState {
                json: b"{\"name\":\"old\"}".to_vec().into(),
                ..Default::default()
            }),
        };
        let import = wire::import_resource_state::Request {
            type_name: "fake_thing".to_owned(),
            id: "old".to_owned(),
            ..Default::default()
        };
        let generate = wire::generate_resource_config::Request {
            type_name: "fake_thing".to_owned(),
            state: message(&existing("old")),
        };
        let upgraded = service.upgrade_resource_state(Request::new(upgrade)).await;
        assert_eq!(upgraded.unwrap().into_inner().diagnostics, []);
        let imported = service.import_resource_state(Request::new(import)).await;
        assert_eq!(imported.unwrap().into_inner().diagnostics, []);
        let generated = service
            .generate_resource_config(Request::new(generate))
            .await;
        assert_eq!(generated.unwrap().into_inner().diagnostics, []);
    }
    // The provider's own, and those of a resource, a data source and a list.
    assert_eq!(seen.schemas(), 4);
}
