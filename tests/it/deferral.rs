//! Deferral over the wire: while the provider's configuration is not known, calls wait, where the host lets them.

use bytes::Bytes;
use tfplugin::testing::messages::deferred::Reason;
use tfplugin::testing::messages::{
    ClientCapabilities, DynamicValue, import_resource_state, plan_resource_change, read_resource,
};
use tfplugin::types::Type;
use tfplugin::value::Value;

use crate::client::{Client, configure, decode, encode, resource_type, with_nulls};
use crate::host::{Plugin, Start};

const DOMAIN: &str = "vonage_sip_domain";

/// A provider whose API is wherever something else will be, and the type of its domains.
async fn waiting() -> (Plugin, Client, Type) {
    let plugin = Start::as_terraform()
        .with("VONAGE_API_KEY", "key")
        .with("VONAGE_API_SECRET", "secret")
        .run()
        .await;
    let mut client = plugin.provider().await;
    configure(&mut client, &[("base_url", Value::Unknown)]).await;
    let ty = resource_type(&mut client, DOMAIN).await;
    (plugin, client, ty)
}

fn host(deferral_allowed: bool) -> ClientCapabilities {
    ClientCapabilities {
        deferral_allowed,
        ..ClientCapabilities::default()
    }
}

fn domain(ty: &Type) -> Value {
    let attributes = [
        ("name", "yourcompany".into()),
        ("acl", Value::string_set(["190.190.190.190"])),
        ("domain_type", "trunk".into()),
        ("tls", "always".into()),
    ];
    with_nulls(ty, &attributes)
}

async fn plan(client: &mut Client, ty: &Type, allowed: bool) -> plan_resource_change::Response {
    let config = encode(&domain(ty), ty);
    let request = plan_resource_change::Request {
        type_name: DOMAIN.to_owned(),
        prior_state: Some(encode(&Value::Null, ty)),
        proposed_new_state: Some(config.clone()),
        config: Some(config),
        client_capabilities: Some(host(allowed)),
        ..Default::default()
    };
    client
        .plan_resource_change(request)
        .await
        .unwrap()
        .into_inner()
}

async fn read(client: &mut Client, state: DynamicValue, allowed: bool) -> read_resource::Response {
    let request = read_resource::Request {
        type_name: DOMAIN.to_owned(),
        current_state: Some(state),
        private: Bytes::from_static(b"private"),
        client_capabilities: Some(host(allowed)),
        ..Default::default()
    };
    client.read_resource(request).await.unwrap().into_inner()
}

#[tokio::test]
async fn a_plan_waits_and_shows_what_is_known() {
    let (_plugin, mut client, ty) = waiting().await;
    for (allowed, reason) in [(true, Some(Reason::ProviderConfigUnknown)), (false, None)] {
        let plan = plan(&mut client, &ty, allowed).await;
        assert_eq!(plan.diagnostics, []);
        assert_eq!(plan.deferred.map(|it| it.reason()), reason);
        let planned = decode(plan.planned_state.as_ref(), &ty);
        let hosts = planned.attribute("regional_hosts").as_entries().unwrap();
        assert_eq!(hosts["us"].as_str(), Some("yourcompany.sip-us.nexmo.com"));
        assert_eq!(planned.attribute("srtp").as_str(), Some("optional"));
    }
}

#[tokio::test]
async fn a_read_waits_and_keeps_the_state() {
    let (_plugin, mut client, ty) = waiting().await;
    let state = encode(&domain(&ty), &ty);
    let deferred = read(&mut client, state.clone(), true).await;
    assert_eq!(
        deferred.deferred.map(|it| it.reason()),
        Some(Reason::ProviderConfigUnknown)
    );
    assert_eq!(
        deferred.diagnostics,
        [],
        "nobody needs to be warned of what is shown"
    );
    assert_eq!(decode(deferred.new_state.as_ref(), &ty), domain(&ty));
    assert_eq!(&deferred.private[..], b"private");
    let kept = read(&mut client, state, false).await;
    assert_eq!(kept.deferred, None);
    assert_eq!(decode(kept.new_state.as_ref(), &ty), domain(&ty));
    assert_eq!(kept.diagnostics[0].summary, "SIP domain not refreshed");
}

#[tokio::test]
async fn an_import_waits_and_a_wrong_id_does_not() {
    let (_plugin, mut client, ty) = waiting().await;
    let request = |id: &str| import_resource_state::Request {
        type_name: DOMAIN.to_owned(),
        id: id.to_owned(),
        client_capabilities: Some(host(true)),
        identity: None,
    };
    let import = client.import_resource_state(request("yourcompany")).await;
    let import = import.unwrap().into_inner();
    assert_eq!(
        import.deferred.map(|it| it.reason()),
        Some(Reason::ProviderConfigUnknown)
    );
    let state = decode(import.imported_resources[0].state.as_ref(), &ty);
    assert_eq!(state.attribute("name").as_str(), Some("yourcompany"));
    let wrong = client.import_resource_state(request("four")).await;
    assert_eq!(
        wrong.unwrap().into_inner().diagnostics[0].summary,
        "Invalid import ID"
    );
}

#[tokio::test]
async fn nothing_waits_any_more_once_the_configuration_is_known() {
    let (_plugin, mut client, ty) = waiting().await;
    configure(&mut client, &[]).await;
    assert_eq!(plan(&mut client, &ty, true).await.deferred, None);
}
