//! The built provider against bytes that no host should send: each is answered, and the next call works.

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use tfplugin::codec::msgpack;
use tfplugin::testing::messages::{
    self as wire, DynamicValue, RawState, plan_resource_change, read_resource,
    upgrade_resource_state, validate_resource_config,
};
use tfplugin::testing::rules::types;
use tfplugin::types::Type;
use tfplugin::value::Value;

use crate::client::Client;
use crate::host::Start;

/// Damaged messages in each test run.
const DAMAGED: usize = 300;

fn domain_type() -> Type {
    let text = ["create", "delete", "read", "update"].map(|name| (name, Type::String));
    Type::object([
        ("acl", Type::String.set()),
        ("application_id", Type::String),
        ("digest_auth", Type::Bool),
        ("domain_type", Type::String),
        ("force_destroy", Type::Bool),
        ("id", Type::String),
        ("name", Type::String),
        ("regional_hosts", Type::String.map()),
        ("srtp", Type::String),
        ("timeouts", Type::object(text)),
        ("tls", Type::String),
    ])
}

/// A configuration that is as it should be.
fn configuration() -> Vec<u8> {
    let Type::Object(attributes) = domain_type() else {
        panic!("an object")
    };
    let mut config = Value::object(attributes.keys().map(|name| (name.as_str(), Value::Null)));
    config.set_attribute("name", "yourcompany".into());
    config.set_attribute("domain_type", "trunk".into());
    config.set_attribute("acl", Value::string_set(["190.190.190.190"]));
    msgpack::encode(&config, &domain_type()).unwrap()
}

#[expect(clippy::unnecessary_wraps, reason = "fields of messages are optional")]
fn message(msgpack: &[u8]) -> Option<DynamicValue> {
    Some(DynamicValue {
        msgpack: msgpack.to_vec().into(),
        json: Vec::new().into(),
    })
}

async fn validate(client: &mut Client, type_name: &str, config: &[u8]) -> Vec<wire::Diagnostic> {
    let request = validate_resource_config::Request {
        type_name: type_name.to_owned(),
        config: message(config),
        client_capabilities: None,
    };
    let answer = client.validate_resource_config(request).await;
    let diagnostics = answer.unwrap().into_inner().diagnostics;
    for diagnostic in &diagnostics {
        let path = diagnostic.attribute.as_ref();
        let leads_somewhere = path.is_none_or(|path| types::has(&domain_type(), path));
        assert!(leads_somewhere, "{diagnostic:?}");
    }
    diagnostics
}

async fn works(client: &mut Client) {
    let diagnostics = validate(client, "vonage_sip_domain", &configuration()).await;
    assert_eq!(diagnostics, []);
}

#[tokio::test]
async fn damaged_values_are_errors_and_the_next_call_works() {
    let plugin = Start::without_tls().run().await;
    let mut client = plugin.provider().await;
    works(&mut client).await;
    let whole = configuration();
    let damage = (0..whole.len(), proptest::num::u8::ANY, 0..3_u8);
    let mut runner = TestRunner::deterministic();
    for _ in 0..DAMAGED {
        let (at, byte, kind) = damage.new_tree(&mut runner).unwrap().current();
        let mut bytes = whole.clone();
        match kind {
            0 => bytes.truncate(at),
            1 => bytes[at] = byte,
            _ => bytes.insert(at, byte),
        }
        let config = message(&bytes);
        let plan = plan_resource_change::Request {
            type_name: "vonage_sip_domain".to_owned(),
            prior_state: message(b"\xc0"),
            config: config.clone(),
            proposed_new_state: config.clone(),
            ..Default::default()
        };
        let planned = client
            .plan_resource_change(plan)
            .await
            .unwrap()
            .into_inner();
        assert!(planned.planned_state.is_some() || !planned.diagnostics.is_empty());
        validate(&mut client, "vonage_sip_domain", &bytes).await;
    }
    works(&mut client).await;
    assert!(plugin.shut_down().await.status.success());
}

#[tokio::test]
async fn what_a_host_should_not_ask_is_refused_in_words() {
    let plugin = Start::without_tls().run().await;
    let mut client = plugin.provider().await;
    let deep = vec![0x91; 100_000];
    for (bytes, why) in [
        (&b""[..], "nothing"),
        (b"\xdf\xff\xff\xff\xff", "four billion entries"),
        (b"\xa4text", "text in the place of an object"),
        (b"\x81\xa7unknown\xc0", "an attribute that does not exist"),
        (deep.as_slice(), "a hundred thousand lists in each other"),
    ] {
        let diagnostics = validate(&mut client, "vonage_sip_domain", bytes).await;
        assert!(!diagnostics.is_empty(), "{why}");
    }
    let unknown = validate(&mut client, "vonage_other", &configuration()).await;
    assert_eq!(unknown[0].summary, "Unknown resource type");
    let unconfigured = read_resource::Request {
        type_name: "vonage_sip_domain".to_owned(),
        current_state: message(&configuration()),
        ..Default::default()
    };
    let answer = client
        .read_resource(unconfigured)
        .await
        .unwrap()
        .into_inner();
    assert_eq!(
        answer.diagnostics[0].summary,
        "The provider is not configured"
    );
    assert_eq!(
        answer.new_state, None,
        "an error must not look like a deletion"
    );
    works(&mut client).await;
}

#[tokio::test]
async fn a_stored_state_with_attributes_that_we_do_not_know_is_read() {
    let plugin = Start::without_tls().run().await;
    let mut client = plugin.provider().await;
    let request = |json: &str| upgrade_resource_state::Request {
        type_name: "vonage_sip_domain".to_owned(),
        version: 0,
        raw_state: Some(RawState {
            json: json.as_bytes().to_vec().into(),
            ..Default::default()
        }),
    };
    let known = r#"{"name":"yourcompany","acl":["190.190.190.190"],"of_the_future":{"a":[1]}}"#;
    let answer = client
        .upgrade_resource_state(request(known))
        .await
        .unwrap()
        .into_inner();
    assert_eq!(answer.diagnostics, []);
    assert!(answer.upgraded_state.is_some());
    for broken in ["", "{", "[]", r#"{"acl":"text"}"#, r#"{"name":{"a":1}}"#] {
        let answer = client
            .upgrade_resource_state(request(broken))
            .await
            .unwrap()
            .into_inner();
        assert!(!answer.diagnostics.is_empty(), "{broken}");
    }
}
