//! Deferral: a provider that cannot do anything yet says so to hosts that take that for an answer, and to no others.

use super::*;
use wire::deferred::Reason;

fn waiting() -> ProviderService {
    service_of(FakeProvider {
        is_unknown: true,
        ..FakeProvider::default()
    })
}

fn host(deferral_allowed: bool) -> Option<wire::ClientCapabilities> {
    Some(wire::ClientCapabilities {
        deferral_allowed,
        ..Default::default()
    })
}

fn fact(answer: Value) -> Value {
    Value::object([("question", "why".into()), ("answer", answer)])
}

fn fact_type() -> Type {
    Type::object([("question", Type::String), ("answer", Type::String)])
}

/// Why each kind of call is deferred, if it is.
async fn reasons(service: &ProviderService, deferral_allowed: bool) -> [Option<Reason>; 5] {
    let client_capabilities = host(deferral_allowed);
    let mut read = read_request("old", "old");
    read.get_mut().client_capabilities = client_capabilities;
    let config = thing("new", Value::Null, Value::Null, Value::Null);
    let plan = wire::plan_resource_change::Request {
        type_name: "fake_thing".to_owned(),
        prior_state: message(&Value::Null),
        config: message(&config),
        proposed_new_state: message(&config),
        client_capabilities,
        ..Default::default()
    };
    let destroy = wire::plan_resource_change::Request {
        prior_state: message(&existing("old")),
        config: message(&Value::Null),
        proposed_new_state: message(&Value::Null),
        ..plan.clone()
    };
    let import = wire::import_resource_state::Request {
        type_name: "fake_thing".to_owned(),
        id: "old".to_owned(),
        client_capabilities,
        identity: None,
    };
    let data = wire::read_data_source::Request {
        type_name: "fake_fact".to_owned(),
        config: encode(&fact(Value::Null), &fact_type()),
        client_capabilities,
        ..Default::default()
    };
    let plan = service.plan_resource_change(Request::new(plan)).await;
    let destroy = service.plan_resource_change(Request::new(destroy)).await;
    let import = service.import_resource_state(Request::new(import)).await;
    let data = service.read_data_source(Request::new(data)).await;
    [
        service
            .read_resource(read)
            .await
            .unwrap()
            .get_ref()
            .deferred,
        plan.unwrap().get_ref().deferred,
        destroy.unwrap().get_ref().deferred,
        import.unwrap().get_ref().deferred,
        data.unwrap().get_ref().deferred,
    ]
    .map(|deferred| deferred.map(|deferred| deferred.reason()))
}

#[tokio::test]
async fn calls_are_deferred_only_where_they_must_be_and_may_be() {
    let unknown = Some(Reason::ProviderConfigUnknown);
    assert_eq!(reasons(&waiting(), true).await, [unknown; 5]);
    assert_eq!(reasons(&waiting(), false).await, [None; 5]);
    assert_eq!(reasons(&service(), true).await, [None; 5]);
}

#[tokio::test]
async fn a_deferred_read_keeps_what_was_known() {
    // A read would find this one gone.
    let mut request = read_request("gone", "gone");
    request.get_mut().client_capabilities = host(true);
    request.get_mut().private = b"private".to_vec().into();
    let answer = waiting().read_resource(request).await.unwrap().into_inner();
    assert_eq!(decode(answer.new_state.as_ref()), existing("gone"));
    assert_eq!(answer.new_identity, identity("gone"));
    assert_eq!(&answer.private[..], b"private");
    assert_eq!(answer.diagnostics, []);
}

#[tokio::test]
async fn a_deferred_plan_is_a_plan() {
    let config = thing("new", Value::Null, Value::Null, "hush".into());
    let request = wire::plan_resource_change::Request {
        type_name: "fake_thing".to_owned(),
        prior_state: message(&Value::Null),
        config: message(&config),
        proposed_new_state: message(&config),
        client_capabilities: host(true),
        ..Default::default()
    };
    let answer = waiting().plan_resource_change(Request::new(request)).await;
    let expected = thing("new", "small".into(), Value::Unknown, Value::Null);
    assert_eq!(
        decode(answer.unwrap().get_ref().planned_state.as_ref()),
        expected
    );
}

#[tokio::test]
async fn a_deferred_import_names_what_it_would_import() {
    let request = wire::import_resource_state::Request {
        type_name: "fake_thing".to_owned(),
        id: "old".to_owned(),
        client_capabilities: host(true),
        identity: None,
    };
    let answer = waiting().import_resource_state(Request::new(request)).await;
    let imported = answer.unwrap().into_inner().imported_resources;
    assert_eq!(imported.len(), 1);
    assert_eq!(imported[0].type_name, "fake_thing");
    assert_eq!(imported[0].identity, identity("old"));
}

#[tokio::test]
async fn deferred_data_repeat_the_configuration_and_leave_the_rest_unknown() {
    let request = |deferral_allowed| wire::read_data_source::Request {
        type_name: "fake_fact".to_owned(),
        config: encode(&fact(Value::Null), &fact_type()),
        client_capabilities: host(deferral_allowed),
        ..Default::default()
    };
    for (deferral_allowed, expected) in [(true, Value::Unknown), (false, "why".into())] {
        let answer = waiting()
            .read_data_source(Request::new(request(deferral_allowed)))
            .await;
        let state = answer.unwrap().into_inner().state.unwrap();
        let state = codec::decode(&state.msgpack, &state.json, &fact_type());
        assert_eq!(state, Ok(fact(expected)));
    }
}
