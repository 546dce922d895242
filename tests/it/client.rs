//! Requests that several tests send to a started provider.

use tfplugin::testing::messages::provider_client::ProviderClient;
use tfplugin::testing::messages::{
    DynamicValue, RawState, configure_provider, get_provider_schema,
};
use tfplugin::testing::rules::types;
use tfplugin::testing::{Connection, codec};
use tfplugin::types::Type;
use tfplugin::value::Value;

pub(crate) type Client = ProviderClient<Connection>;

/// Everything that the provider has.
pub(crate) async fn schemas(client: &mut Client) -> get_provider_schema::Response {
    let answer = client.get_provider_schema(get_provider_schema::Request {});
    let answer = answer.await.unwrap().into_inner();
    assert_eq!(answer.diagnostics, []);
    answer
}

/// The type of a resource's objects.
pub(crate) async fn resource_type(client: &mut Client, type_name: &str) -> Type {
    types::of_schema(&schemas(client).await.resource_schemas[type_name])
}

/// Configures the provider with these attributes of its block.
pub(crate) async fn configure(client: &mut Client, attributes: &[(&str, Value)]) {
    let schema = schemas(client).await.provider.unwrap();
    let ty = types::of_schema(&schema);
    let request = configure_provider::Request {
        config: Some(encode(&with_nulls(&ty, attributes), &ty)),
        ..Default::default()
    };
    let answer = client.configure_provider(request).await.unwrap();
    assert_eq!(answer.into_inner().diagnostics, []);
}

/// An object with these attributes, the others null.
pub(crate) fn with_nulls(ty: &Type, attributes: &[(&str, Value)]) -> Value {
    let Type::Object(types) = ty else {
        panic!("{ty} is no object")
    };
    let mut object = Value::object(types.keys().map(|name| (name.as_str(), Value::Null)));
    for (name, value) in attributes {
        assert!(types.contains_key(*name), "there is no {name}");
        object.set_attribute(name, value.clone());
    }
    object
}

/// A value for a request.
pub(crate) fn encode(value: &Value, ty: &Type) -> DynamicValue {
    codec::encode(value, ty).unwrap()
}

/// A value of an answer.
pub(crate) fn decode(message: Option<&DynamicValue>, ty: &Type) -> Value {
    codec::decode(message, ty).unwrap()
}

/// Stored state for a request.
pub(crate) fn raw(json: &str) -> RawState {
    RawState {
        json: json.as_bytes().to_vec().into(),
        ..RawState::default()
    }
}
