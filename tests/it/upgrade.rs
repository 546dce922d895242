//! What other releases, newer ones, and other providers have left in state.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value as Json;
use tfplugin::testing::codec::to_json;
use tfplugin::testing::messages::{
    ResourceIdentitySchema, get_resource_identity_schemas, move_resource_state,
    upgrade_resource_identity, upgrade_resource_state,
};
use tfplugin::testing::rules::types;

use crate::client::{Client, decode, raw, resource_type, schemas};
use crate::host::Start;

const DOMAIN: &str = "vonage_sip_domain";

/// States as releases have written them, which every later release must read. `<type>.v<version>.json` holds what was
/// `stored` in a state file under that version of the schema, and the same `upgraded` to the present one.
const STATES: &str = "tests/it/fixtures/states";

#[track_caller]
fn fixture(type_name: &str, version: i64) -> Json {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(STATES);
    let path = path.join(format!("{type_name}.v{version}.json"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!(
            "{}: {error}; each version of a schema that was ever released has a state here",
            path.display()
        )
    });
    serde_json::from_str(&text).unwrap()
}

async fn upgrade(
    client: &mut Client,
    type_name: &str,
    version: i64,
    json: &str,
) -> upgrade_resource_state::Response {
    let request = upgrade_resource_state::Request {
        type_name: type_name.to_owned(),
        version,
        raw_state: Some(raw(json)),
    };
    client
        .upgrade_resource_state(request)
        .await
        .unwrap()
        .into_inner()
}

#[tokio::test]
async fn states_of_every_version_since_the_first_are_read() {
    let plugin = Start::as_terraform().run().await;
    let mut client = plugin.provider().await;
    for (type_name, schema) in schemas(&mut client).await.resource_schemas {
        let ty = types::of_schema(&schema);
        for version in 0..=schema.version {
            let fixture = fixture(&type_name, version);
            let stored = fixture["stored"].to_string();
            let answer = upgrade(&mut client, &type_name, version, &stored).await;
            assert_eq!(answer.diagnostics, [], "{type_name} {version}");
            let upgraded = decode(answer.upgraded_state.as_ref(), &ty);
            let upgraded = to_json(&upgraded).unwrap();
            assert_eq!(upgraded, fixture["upgraded"], "{type_name} {version}");
        }
    }
}

#[tokio::test]
async fn attributes_that_we_do_not_know_are_passed_over() {
    let plugin = Start::as_terraform().run().await;
    let mut client = plugin.provider().await;
    let ty = resource_type(&mut client, DOMAIN).await;
    let mut stored = fixture(DOMAIN, 0)["stored"].clone();
    stored["of_the_future"] = serde_json::json!({ "deep": [1, null, { "x": true }] });
    stored["timeouts"] = serde_json::json!({ "create": "1m", "never": "2m" });
    let answer = upgrade(&mut client, DOMAIN, 0, &stored.to_string()).await;
    assert_eq!(answer.diagnostics, []);
    let upgraded = decode(answer.upgraded_state.as_ref(), &ty);
    let timeouts = upgraded.attribute("timeouts");
    assert_eq!(timeouts.attribute("create").as_str(), Some("1m"));
    assert_eq!(
        upgraded.attribute("of_the_future"),
        &tfplugin::value::Value::Null
    );
}

#[tokio::test]
async fn a_state_from_the_future_is_refused_with_a_remedy() {
    let plugin = Start::as_terraform().run().await;
    let mut client = plugin.provider().await;
    for (type_name, schema) in schemas(&mut client).await.resource_schemas {
        for version in [schema.version + 1, i64::MAX, -1] {
            let answer = upgrade(&mut client, &type_name, version, "{}").await;
            assert_eq!(answer.upgraded_state, None);
            let error = &answer.diagnostics[0];
            assert!(error.summary.contains(&type_name), "{error:?}");
            for words in [
                format!("schema version {version}"),
                "Use the release that wrote it, or a newer one.".to_owned(),
            ] {
                assert!(error.detail.contains(&words), "{error:?}");
            }
        }
    }
}

async fn identity_schemas(client: &mut Client) -> BTreeMap<String, ResourceIdentitySchema> {
    let request = get_resource_identity_schemas::Request {};
    let answer = client.get_resource_identity_schemas(request).await;
    answer.unwrap().into_inner().identity_schemas
}

#[tokio::test]
async fn identities_are_read_and_those_from_the_future_refused() {
    let plugin = Start::as_terraform().run().await;
    let mut client = plugin.provider().await;
    for (type_name, schema) in identity_schemas(&mut client).await {
        let ty = types::of_identity(&schema);
        let request = |version| {
            let attributes = schema.identity_attributes.iter();
            let attributes = attributes.map(|it| (it.name.clone(), "yourcompany".into()));
            let json = Json::Object(attributes.collect()).to_string();
            upgrade_resource_identity::Request {
                type_name: type_name.clone(),
                version,
                raw_identity: Some(raw(&json)),
            }
        };
        let present = client
            .upgrade_resource_identity(request(schema.version))
            .await;
        let present = present.unwrap().into_inner();
        assert_eq!(present.diagnostics, []);
        let identity = present.upgraded_identity.unwrap().identity_data;
        assert!(decode(identity.as_ref(), &ty).is_wholly_known());
        let future = client
            .upgrade_resource_identity(request(schema.version + 1))
            .await;
        let future = future.unwrap().into_inner();
        assert_eq!(future.upgraded_identity, None);
        assert!(future.diagnostics[0].detail.contains("or a newer one"));
    }
}

#[tokio::test]
async fn an_object_of_another_type_is_refused_with_a_remedy() {
    let plugin = Start::as_terraform().run().await;
    let mut client = plugin.provider().await;
    let foreign = "registry.terraform.io/example/other";
    for (address, shown) in [
        (
            foreign,
            "other_domain (registry.terraform.io/example/other)",
        ),
        ("", "other_domain cannot"),
    ] {
        let request = move_resource_state::Request {
            source_provider_address: address.to_owned(),
            source_type_name: "other_domain".to_owned(),
            source_schema_version: 3,
            source_state: Some(raw(r#"{"name":"yourcompany"}"#)),
            target_type_name: DOMAIN.to_owned(),
            source_private: b"private".to_vec().into(),
            ..Default::default()
        };
        let answer = client
            .move_resource_state(request)
            .await
            .unwrap()
            .into_inner();
        assert_eq!(answer.target_state, None);
        assert_eq!(answer.target_identity, None);
        let error = &answer.diagnostics[0];
        for words in [shown, DOMAIN, "`removed` block", "`import` block"] {
            assert!(error.detail.contains(words), "{error:?}");
        }
    }
    let nowhere = move_resource_state::Request {
        target_type_name: "vonage_sip_other".to_owned(),
        ..Default::default()
    };
    let answer = client
        .move_resource_state(nowhere)
        .await
        .unwrap()
        .into_inner();
    assert_eq!(answer.diagnostics[0].summary, "Unknown resource type");
}
