//! What this provider does not have: its calls are unimplemented, as those of a provider from before they were invented.

use std::collections::BTreeSet;

use futures_util::stream;
use tfplugin::testing::messages::{self as wire, get_functions, get_metadata, get_provider_schema};
use tonic::Code;

use crate::client::{Client, schemas};
use crate::host::Start;

/// Calls each RPC with an empty request; the names of those that are implemented.
macro_rules! implemented {
    ($client:expr; $($method:ident($request:expr)),+ $(,)?) => {{
        let mut implemented: Vec<&str> = Vec::new();
        $(match $client.$method($request).await {
            Err(status) if status.code() == Code::Unimplemented => {}
            _ => implemented.push(stringify!($method)),
        })+
        implemented
    }};
}

#[tokio::test]
async fn ephemeral_resources_actions_and_state_stores_are_unimplemented() {
    let plugin = Start::as_terraform().run().await;
    let mut client = plugin.provider().await;
    let implemented = implemented!(client;
        validate_ephemeral_resource_config(wire::validate_ephemeral_resource_config::Request::default()),
        open_ephemeral_resource(wire::open_ephemeral_resource::Request::default()),
        renew_ephemeral_resource(wire::renew_ephemeral_resource::Request::default()),
        close_ephemeral_resource(wire::close_ephemeral_resource::Request::default()),
        validate_action_config(wire::validate_action_config::Request::default()),
        plan_action(wire::plan_action::Request::default()),
        invoke_action(wire::invoke_action::Request::default()),
        validate_state_store_config(wire::validate_state_store::Request::default()),
        configure_state_store(wire::configure_state_store::Request::default()),
        get_states(wire::get_states::Request::default()),
        read_state_bytes(wire::read_state_bytes::Request::default()),
        write_state_bytes(stream::iter([wire::write_state_bytes::RequestChunk::default()])),
        delete_state(wire::delete_state::Request::default()),
        lock_state(wire::lock_state::Request::default()),
        unlock_state(wire::unlock_state::Request::default()),
        // To see that the others could be told from it.
        get_functions(get_functions::Request {}),
    );
    assert_eq!(implemented, ["get_functions"]);
    // A refusal of one call is no harm to the next.
    schemas(&mut client).await;
    assert!(plugin.shut_down().await.status.success());
}

/// The names that the metadata have of each kind of thing, and those that the schema has.
async fn names(client: &mut Client) -> [[BTreeSet<String>; 2]; 7] {
    let metadata = client.get_metadata(get_metadata::Request {}).await;
    let metadata = metadata.unwrap().into_inner();
    assert_eq!(metadata.diagnostics, []);
    let schema = schemas(client).await;
    assert_eq!(metadata.server_capabilities, schema.server_capabilities);
    let get_provider_schema::Response { functions, .. } = &schema;
    macro_rules! pair {
        ($list:expr, $name:ident, $map:expr) => {
            [
                $list.iter().map(|it| it.$name.clone()).collect(),
                $map.keys().cloned().collect(),
            ]
        };
    }
    [
        pair!(metadata.resources, type_name, schema.resource_schemas),
        pair!(metadata.data_sources, type_name, schema.data_source_schemas),
        pair!(
            metadata.list_resources,
            type_name,
            schema.list_resource_schemas
        ),
        pair!(metadata.functions, name, functions),
        pair!(
            metadata.ephemeral_resources,
            type_name,
            schema.ephemeral_resource_schemas
        ),
        pair!(metadata.state_stores, type_name, schema.state_store_schemas),
        pair!(metadata.actions, type_name, schema.action_schemas),
    ]
}

#[tokio::test]
async fn metadata_are_the_names_of_the_schema() {
    let plugin = Start::as_terraform().run().await;
    let names = names(&mut plugin.provider().await).await;
    for [of_metadata, of_schema] in &names {
        assert_eq!(of_metadata, of_schema);
    }
    let [resources, functions] = [&names[0][0], &names[3][0]];
    assert!(resources.contains("vonage_sip_domain"), "{resources:?}");
    assert!(functions.contains("sip_uri"), "{functions:?}");
    for [of_metadata, _] in &names[4..] {
        assert!(of_metadata.is_empty(), "{of_metadata:?}");
    }
}

#[tokio::test]
async fn functions_are_those_of_the_schema_configured_or_not() {
    let plugin = Start::as_terraform().run().await;
    let mut client = plugin.provider().await;
    let of_schema = schemas(&mut client).await.functions;
    let functions = client.get_functions(get_functions::Request {}).await;
    assert_eq!(functions.unwrap().into_inner().functions, of_schema);
}
