//! The server on a fake provider, called as the host's messages would call it.

#![expect(clippy::unnecessary_wraps, reason = "fields of messages are optional")]

mod deferral;
mod fake;
mod function;
mod generate;
mod list;
mod nulls;
mod schemas;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tonic::Request;

use self::fake::FakeProvider;
use super::{ProviderService, Shared};
use crate::codec;
use crate::server::generated::provider_server::Provider as _;
use crate::server::generated::{self as wire, DynamicValue, ResourceIdentityData};
use crate::types::Type;
use crate::value::Value;

fn service() -> ProviderService {
    service_of(FakeProvider::default())
}

fn service_of(provider: FakeProvider) -> ProviderService {
    let shared = Shared::new(std::sync::Arc::new(provider), CancellationToken::new());
    ProviderService {
        shared: std::sync::Arc::new(shared),
        tasks: TaskTracker::new(),
    }
}

fn thing_type() -> Type {
    Type::object([
        ("id", Type::String),
        ("name", Type::String),
        ("secret_wo", Type::String),
        ("size", Type::String),
    ])
}

fn thing(name: &str, size: Value, id: Value, secret: Value) -> Value {
    Value::object([
        ("name", name.into()),
        ("size", size),
        ("id", id),
        ("secret_wo", secret),
    ])
}

fn existing(name: &str) -> Value {
    thing(name, "small".into(), "made".into(), Value::Null)
}

fn encode(value: &Value, ty: &Type) -> Option<DynamicValue> {
    Some(DynamicValue {
        msgpack: codec::msgpack::encode(value, ty).unwrap().into(),
        json: Vec::new().into(),
    })
}

fn message(value: &Value) -> Option<DynamicValue> {
    encode(value, &thing_type())
}

fn decode(message: Option<&DynamicValue>) -> Value {
    let message = message.expect("a value");
    codec::decode(&message.msgpack, &message.json, &thing_type()).unwrap()
}

fn identity(name: &str) -> Option<ResourceIdentityData> {
    let value = Value::object([("name", name.into())]);
    Some(ResourceIdentityData {
        identity_data: encode(&value, &Type::object([("name", Type::String)])),
    })
}

async fn plan(
    prior: &Value,
    config: &Value,
    proposed: &Value,
) -> wire::plan_resource_change::Response {
    let request = wire::plan_resource_change::Request {
        type_name: "fake_thing".to_owned(),
        prior_state: message(prior),
        config: message(config),
        proposed_new_state: message(proposed),
        ..Default::default()
    };
    service()
        .plan_resource_change(Request::new(request))
        .await
        .unwrap()
        .into_inner()
}

async fn apply(
    prior: &Value,
    config: &Value,
    planned: &Value,
) -> wire::apply_resource_change::Response {
    let request = wire::apply_resource_change::Request {
        type_name: "fake_thing".to_owned(),
        prior_state: message(prior),
        config: message(config),
        planned_state: message(planned),
        ..Default::default()
    };
    service()
        .apply_resource_change(Request::new(request))
        .await
        .unwrap()
        .into_inner()
}

fn read_request(name: &str, known_identity: &str) -> Request<wire::read_resource::Request> {
    Request::new(wire::read_resource::Request {
        type_name: "fake_thing".to_owned(),
        current_state: message(&existing(name)),
        current_identity: identity(known_identity),
        ..Default::default()
    })
}

fn validate_request(name: &str) -> Request<wire::validate_resource_config::Request> {
    Request::new(wire::validate_resource_config::Request {
        type_name: "fake_thing".to_owned(),
        config: message(&thing(name, Value::Null, Value::Null, Value::Null)),
        client_capabilities: None,
    })
}

#[tokio::test]
async fn a_panic_in_one_call_is_a_diagnostic_of_that_call() {
    let service = service();
    let failed = service
        .validate_resource_config(validate_request("panic"))
        .await
        .unwrap()
        .into_inner();
    assert_eq!(failed.diagnostics[0].summary, "The provider failed");
    let next = service
        .validate_resource_config(validate_request("bad"))
        .await
        .unwrap()
        .into_inner();
    assert_eq!(next.diagnostics[0].summary, "Bad name");
    assert_eq!(
        next.diagnostics[0].severity,
        i32::from(wire::diagnostic::Severity::Error)
    );
}

#[tokio::test]
async fn a_write_only_value_is_refused_where_the_host_would_keep_it() {
    let summaries = |allowed: bool| async move {
        let mut request = validate_request("bad");
        let message = request.get_mut();
        message.config = self::message(&thing("bad", Value::Null, Value::Null, "hush".into()));
        message.client_capabilities = Some(wire::ClientCapabilities {
            write_only_attributes_allowed: allowed,
            ..Default::default()
        });
        let answer = service().validate_resource_config(request).await.unwrap();
        let summaries = answer.into_inner().diagnostics.into_iter();
        summaries.map(|found| found.summary).collect::<Vec<_>>()
    };
    assert_eq!(
        summaries(false).await,
        ["Write-only attributes are not supported", "Bad name"]
    );
    assert_eq!(summaries(true).await, ["Bad name"]);
}

#[tokio::test]
async fn what_cannot_be_decoded_is_a_diagnostic() {
    for msgpack in [
        &b"\xdf\xff\xff\xff\xff"[..],
        b"\x81",
        b"\xc1",
        b"\x93\x01\x02\x03",
        b"\x80",
    ] {
        let config = Some(DynamicValue {
            msgpack: msgpack.to_vec().into(),
            json: Vec::new().into(),
        });
        let request = wire::validate_resource_config::Request {
            type_name: "fake_thing".to_owned(),
            config,
            client_capabilities: None,
        };
        let answer = service()
            .validate_resource_config(Request::new(request))
            .await
            .unwrap()
            .into_inner();
        assert_eq!(
            answer.diagnostics[0].summary, "Cannot decode the configuration",
            "{msgpack:?}"
        );
    }
}

/// The messages about a configuration, and about the identity of an object, with these bytes.
async fn complaints(config: &[u8], identity: &[u8]) -> [wire::Diagnostic; 2] {
    let value = |msgpack: &[u8]| {
        Some(DynamicValue {
            msgpack: msgpack.to_vec().into(),
            json: Vec::new().into(),
        })
    };
    let validate = wire::validate_resource_config::Request {
        type_name: "fake_thing".to_owned(),
        config: value(config),
        client_capabilities: None,
    };
    let mut read = read_request("old", "old");
    read.get_mut().current_identity = Some(ResourceIdentityData {
        identity_data: value(identity),
    });
    let service = service();
    let validated = service.validate_resource_config(Request::new(validate));
    let validated = validated.await.unwrap().into_inner().diagnostics;
    let read = service.read_resource(read).await.unwrap().into_inner();
    [validated, read.diagnostics].map(|diagnostics| diagnostics.into_iter().next().unwrap())
}

#[tokio::test]
async fn a_message_points_at_nothing_that_the_schema_does_not_have() {
    let [config, identity] = complaints(b"\x81\xa5other\xc0", b"\x81\xa4name\xc3").await;
    assert_eq!(config.attribute, None);
    assert!(config.detail.contains("\"other\""), "{config:?}");
    assert_eq!(identity.attribute, None);
    let [config, identity] = complaints(b"\x81\xa4name\xc3", b"\x81\xa5other\xc0").await;
    assert!(config.attribute.is_some());
    assert_eq!(identity.attribute, None);
    assert!(identity.detail.contains("\"other\""), "{identity:?}");
}

#[tokio::test]
async fn an_unknown_type_is_a_diagnostic() {
    let request = wire::read_resource::Request {
        type_name: "fake_other".to_owned(),
        ..Default::default()
    };
    let answer = service()
        .read_resource(Request::new(request))
        .await
        .unwrap()
        .into_inner();
    assert_eq!(answer.diagnostics[0].summary, "Unknown resource type");
}

#[tokio::test]
async fn a_creation_is_planned_with_defaults_and_without_write_only_values() {
    let config = thing("new", Value::Null, Value::Null, "hush".into());
    let planned = plan(&Value::Null, &config, &config).await;
    let expected = thing("new", "small".into(), Value::Unknown, Value::Null);
    assert_eq!(decode(planned.planned_state.as_ref()), expected);
    assert!(
        planned.requires_replace.is_empty(),
        "nothing is replaced by a creation"
    );
    assert!(planned.planned_identity.is_some());
}

#[tokio::test]
async fn each_path_that_replaces_is_named_once() {
    let config = thing("new", Value::Null, Value::Null, Value::Null);
    let proposed = thing("new", Value::Null, "made".into(), Value::Null);
    let planned = plan(&existing("old"), &config, &proposed).await;
    assert_eq!(planned.requires_replace.len(), 1);
}

#[tokio::test]
async fn a_destruction_plans_null() {
    let planned = plan(&existing("old"), &Value::Null, &Value::Null).await;
    assert_eq!(decode(planned.planned_state.as_ref()), Value::Null);
}

#[tokio::test]
async fn a_half_made_object_is_returned_with_the_error() {
    let config = thing("new", Value::Null, Value::Null, "half".into());
    let planned = thing("new", "small".into(), Value::Unknown, Value::Null);
    let answer = apply(&Value::Null, &config, &planned).await;
    assert_eq!(decode(answer.new_state.as_ref()), existing("new"));
    assert_eq!(answer.diagnostics[0].summary, "Half made");
    assert_eq!(&answer.private[..], b"private");
    assert!(answer.new_identity.is_some());
}

#[tokio::test]
async fn a_failed_change_leaves_the_prior_state_to_the_host() {
    let answer = apply(&existing("old"), &existing("old"), &existing("old")).await;
    assert_eq!(answer.new_state, None);
    assert_eq!(answer.diagnostics[0].summary, "No change");
}

#[tokio::test]
async fn a_deletion_answers_null() {
    let answer = apply(&existing("old"), &Value::Null, &Value::Null).await;
    assert_eq!(decode(answer.new_state.as_ref()), Value::Null);
    assert!(answer.diagnostics.is_empty());
}

#[tokio::test]
async fn only_a_reading_of_gone_answers_null() {
    let gone = service()
        .read_resource(read_request("gone", "gone"))
        .await
        .unwrap()
        .into_inner();
    assert_eq!(decode(gone.new_state.as_ref()), Value::Null);
    let found = service()
        .read_resource(read_request("old", "old"))
        .await
        .unwrap()
        .into_inner();
    assert_eq!(decode(found.new_state.as_ref()), existing("old"));
    assert_eq!(found.new_identity, identity("old"));
}

#[tokio::test]
async fn an_identity_that_changes_is_an_error_and_the_state_stays() {
    let answer = service()
        .read_resource(read_request("other", "other"))
        .await
        .unwrap()
        .into_inner();
    assert_eq!(
        answer.diagnostics[0].summary,
        "The identity of fake_thing changed"
    );
    assert_eq!(answer.new_state, None);
}

#[tokio::test]
async fn stopping_ends_running_calls_and_not_later_ones() {
    let service = service();
    let (waited, ()) = tokio::join!(service.read_resource(read_request("wait", "wait")), async {
        // The call has begun once its task is there.
        while service.tasks.is_empty() {
            tokio::task::yield_now().await;
        }
        tokio::task::yield_now().await;
        service
            .stop_provider(Request::new(wire::stop_provider::Request {}))
            .await
            .unwrap();
    });
    assert!(waited.unwrap().into_inner().diagnostics.is_empty());
    assert!(!service.shared.context(None).cancel.is_cancelled());
}

#[tokio::test]
async fn state_of_an_unknown_version_is_refused_with_a_remedy() {
    let raw = |json: &str| {
        Some(wire::RawState {
            json: json.as_bytes().to_vec().into(),
            ..Default::default()
        })
    };
    let request = |version, json| {
        Request::new(wire::upgrade_resource_state::Request {
            type_name: "fake_thing".to_owned(),
            version,
            raw_state: raw(json),
        })
    };
    let json = r#"{"name":"old","size":"small","id":"made","removed_since":1}"#;
    let present = service()
        .upgrade_resource_state(request(1, json))
        .await
        .unwrap()
        .into_inner();
    assert_eq!(decode(present.upgraded_state.as_ref()), existing("old"));
    let future = service()
        .upgrade_resource_state(request(7, json))
        .await
        .unwrap()
        .into_inner();
    assert!(
        future.diagnostics[0].detail.contains("version 7"),
        "{:?}",
        future.diagnostics
    );
    let broken = service()
        .upgrade_resource_state(request(1, r#"{"name":{}}"#))
        .await
        .unwrap()
        .into_inner();
    assert!(!broken.diagnostics.is_empty());
}

#[tokio::test]
async fn a_host_without_identities_may_send_none() {
    let mut request = read_request("old", "old");
    request.get_mut().current_identity = None;
    let found = service().read_resource(request).await.unwrap().into_inner();
    assert_eq!(found.new_identity, identity("old"));
}

#[tokio::test]
async fn nothing_is_looked_up_by_a_wrong_configuration() {
    let fact = Value::object([("question", "bad".into()), ("answer", Value::Null)]);
    let ty = Type::object([("question", Type::String), ("answer", Type::String)]);
    let request = wire::read_data_source::Request {
        type_name: "fake_fact".to_owned(),
        config: encode(&fact, &ty),
        ..Default::default()
    };
    let answer = service().read_data_source(Request::new(request)).await;
    let answer = answer.unwrap().into_inner();
    assert_eq!(answer.diagnostics[0].summary, "Bad question");
    assert_eq!(answer.state, None);
}

#[tokio::test]
async fn metadata_names_what_the_schema_names() {
    let metadata = service()
        .get_metadata(Request::new(wire::get_metadata::Request {}))
        .await
        .unwrap()
        .into_inner();
    let schema = service()
        .get_provider_schema(Request::new(wire::get_provider_schema::Request {}))
        .await;
    let schema = schema.unwrap().into_inner();
    let resources: Vec<_> = metadata
        .resources
        .into_iter()
        .map(|resource| resource.type_name)
        .collect();
    assert_eq!(
        resources,
        schema.resource_schemas.into_keys().collect::<Vec<_>>()
    );
    let functions: Vec<_> = metadata
        .functions
        .into_iter()
        .map(|function| function.name)
        .collect();
    assert_eq!(functions, schema.functions.into_keys().collect::<Vec<_>>());
    assert_eq!(metadata.server_capabilities, schema.server_capabilities);
}
