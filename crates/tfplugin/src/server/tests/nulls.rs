//! A required argument that is null: no call takes it for a value, and the provider hears nothing of it.

use std::sync::Arc;

use futures_util::StreamExt as _;

use super::*;

/// A configuration, with this value in its one required argument.
fn config(required: &str, value: &Value, others: &[&str]) -> Option<DynamicValue> {
    let names = [&[required], others].concat();
    let mut config = Value::object(names.iter().map(|name| (*name, Value::Null)));
    config.set_attribute(required, value.clone());
    encode(
        &config,
        &Type::object(names.iter().map(|name| (*name, Type::String))),
    )
}

/// What each call says whose configuration has this value where one is required.
async fn answers(
    service: &ProviderService,
    value: &Value,
) -> Vec<(&'static str, Vec<wire::Diagnostic>)> {
    let of_provider = || config("account", value, &[]);
    let of_thing = || config("name", value, &["id", "secret_wo", "size"]);
    let of_fact = || config("question", value, &["answer"]);
    let of_things = || config("prefix", value, &[]);
    let thing = || "fake_thing".to_owned();
    let fact = || "fake_fact".to_owned();
    let mut answers = Vec::new();
    macro_rules! call {
        ($method:ident { $($field:ident: $value:expr),* }) => {
            #[allow(clippy::needless_update, reason = "some requests have no other fields")]
            let request = wire::$method::Request { $($field: $value,)* ..Default::default() };
            let answer = service.$method(Request::new(request)).await.unwrap();
            answers.push((stringify!($method), answer.into_inner().diagnostics));
        };
    }
    call!(validate_provider_config {
        config: of_provider()
    });
    call!(configure_provider {
        config: of_provider()
    });
    call!(validate_resource_config {
        type_name: thing(),
        config: of_thing()
    });
    call!(validate_data_resource_config {
        type_name: fact(),
        config: of_fact()
    });
    call!(validate_list_resource_config {
        type_name: thing(),
        config: of_things()
    });
    call!(read_data_source {
        type_name: fact(),
        config: of_fact()
    });
    for prior in [Value::Null, existing("old")] {
        call!(plan_resource_change {
            type_name: thing(),
            prior_state: message(&prior),
            proposed_new_state: of_thing(),
            config: of_thing()
        });
        call!(apply_resource_change {
            type_name: thing(),
            prior_state: message(&prior),
            planned_state: message(&existing("new")),
            config: of_thing()
        });
    }
    let request = wire::list_resource::Request {
        type_name: thing(),
        config: of_things(),
        ..Default::default()
    };
    let listed = service.list_resource(Request::new(request)).await.unwrap();
    let events = listed.into_inner().map(Result::unwrap).collect::<Vec<_>>();
    let diagnostics = events.await.into_iter().flat_map(|event| event.diagnostic);
    answers.push(("list_resource", diagnostics.collect()));
    answers
}

fn attribute(diagnostic: &wire::Diagnostic) -> Option<&str> {
    use wire::attribute_path::step::Selector;
    match diagnostic.attribute.as_ref()?.steps.as_slice() {
        [step] => match step.selector.as_ref()? {
            Selector::AttributeName(name) => Some(name),
            _ => None,
        },
        _ => None,
    }
}

#[tokio::test]
async fn a_required_argument_that_is_null_ends_each_call_at_its_place() {
    let seen = Arc::default();
    let service = service_of(FakeProvider {
        seen: Arc::clone(&seen),
        ..FakeProvider::default()
    });
    for (call, diagnostics) in answers(&service, &Value::Null).await {
        assert_eq!(diagnostics.len(), 1, "{call}: {diagnostics:?}");
        assert_eq!(
            diagnostics[0].summary, "Missing required argument",
            "{call}"
        );
        let name = attribute(&diagnostics[0]);
        let required = ["account", "name", "question", "prefix"];
        assert!(name.is_some_and(|name| required.contains(&name)), "{call}");
    }
    assert_eq!(seen.configs(), 0, "the provider was asked");
}

#[tokio::test]
async fn what_is_not_known_yet_is_not_missing() {
    let seen = Arc::default();
    let service = service_of(FakeProvider {
        seen: Arc::clone(&seen),
        ..FakeProvider::default()
    });
    let answers = answers(&service, &Value::Unknown).await;
    for (call, diagnostics) in &answers {
        let missing = |found: &wire::Diagnostic| found.summary == "Missing required argument";
        assert!(!diagnostics.iter().any(missing), "{call}: {diagnostics:?}");
    }
    assert_eq!(seen.configs(), answers.len());
}

#[tokio::test]
async fn a_list_block_without_a_configuration_lacks_what_is_required_in_it() {
    let request = wire::list_resource::Request {
        type_name: "fake_thing".to_owned(),
        ..Default::default()
    };
    let events = service()
        .list_resource(Request::new(request))
        .await
        .unwrap();
    let event = events.into_inner().next().await.unwrap().unwrap();
    assert_eq!(event.diagnostic[0].summary, "Missing required argument");
}
