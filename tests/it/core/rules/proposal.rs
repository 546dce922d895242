//! What is proposed for a configuration.

use tfplugin::value::Value;

use super::{item, list, map, object, schema};
use crate::core::proposal;

const NULL: Value = Value::Null;

/// The proposed value of one member for a prior and a configured one.
async fn proposed(member: &str, prior: Value, config: Value) -> Value {
    let block = schema().await.block.unwrap();
    let [prior, config] = [prior, config].map(|value| object([(member, value)]));
    let proposed = proposal::propose(&block, &prior, &config);
    proposed.attribute(member).clone()
}

#[tokio::test]
async fn prior_values_stand_in_where_the_provider_has_a_say() {
    for (member, expected) in [
        ("required", NULL),
        ("optional", NULL),
        ("either", "was".into()),
        ("computed", "was".into()),
        // For a provider to see that it was given before.
        ("secret", NULL),
    ] {
        assert_eq!(
            proposed(member, "was".into(), NULL).await,
            expected,
            "{member}"
        );
    }
    assert_eq!(
        proposed("either", "was".into(), "is".into()).await,
        "is".into()
    );
    assert_eq!(proposed("secret", NULL, "hush".into()).await, "hush".into());
}

#[tokio::test]
async fn elements_go_on_from_those_before_them() {
    let was = |given: &str| item(given, "made");
    let is = |given: &str| item(given, NULL);
    assert_eq!(proposed("one", was("a"), is("b")).await, was("b"));
    assert_eq!(proposed("one_block", NULL, is("b")).await, is("b"));
    for member in ["list", "list_block"] {
        let config = list([is("b"), is("c")]);
        assert_eq!(
            proposed(member, list([was("a")]), config).await,
            list([was("b"), is("c")])
        );
    }
    assert_eq!(
        proposed("map", map("x", was("a")), map("x", is("b"))).await,
        map("x", was("b"))
    );
    assert_eq!(
        proposed("map", map("x", was("a")), map("y", is("b"))).await,
        map("y", is("b"))
    );
    for member in ["set", "set_block"] {
        let config = Value::set([is("a"), is("c")]);
        assert_eq!(
            proposed(member, Value::set([was("a"), was("b")]), config).await,
            Value::set([was("a"), is("c")])
        );
    }
}

#[tokio::test]
async fn what_is_not_known_is_proposed_as_it_is() {
    for member in [
        "required",
        "one",
        "list",
        "map",
        "set",
        "one_block",
        "list_block",
        "set_block",
    ] {
        assert_eq!(
            proposed(member, NULL, Value::UNKNOWN).await,
            Value::UNKNOWN,
            "{member}"
        );
    }
}

#[tokio::test]
async fn a_new_object_is_proposed_as_configured() {
    let block = schema().await.block.unwrap();
    let config = object([("required", "a".into()), ("list", list([item("x", NULL)]))]);
    assert_eq!(proposal::propose(&block, &NULL, &config), config);
    assert_eq!(proposal::propose(&block, &config, &NULL), config);
}
