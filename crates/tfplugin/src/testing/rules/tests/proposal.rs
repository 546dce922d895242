//! What is proposed for a configuration.

use crate::value::Value;

use super::{item, list, map, object, schema};
use crate::testing::rules::proposal;

const NULL: Value = Value::Null;

/// The proposed value of one member for a prior and a configured one.
fn proposed(member: &str, prior: Value, config: Value) -> Value {
    let block = schema().block.unwrap();
    let [prior, config] = [prior, config].map(|value| object([(member, value)]));
    let proposed = proposal::propose(&block, &prior, &config);
    proposed.attribute(member).clone()
}

#[test]
fn prior_values_stand_in_where_the_provider_has_a_say() {
    for (member, expected) in [
        ("required", NULL),
        ("optional", NULL),
        ("either", "was".into()),
        ("computed", "was".into()),
        // For a provider to see that it was given before.
        ("secret", NULL),
    ] {
        assert_eq!(proposed(member, "was".into(), NULL), expected, "{member}");
    }
    assert_eq!(proposed("either", "was".into(), "is".into()), "is".into());
    assert_eq!(proposed("secret", NULL, "hush".into()), "hush".into());
}

#[test]
fn elements_go_on_from_those_before_them() {
    let was = |given: &str| item(given, "made");
    let is = |given: &str| item(given, NULL);
    assert_eq!(proposed("one", was("a"), is("b")), was("b"));
    assert_eq!(proposed("one_block", NULL, is("b")), is("b"));
    for member in ["list", "list_block"] {
        let config = list([is("b"), is("c")]);
        assert_eq!(
            proposed(member, list([was("a")]), config),
            list([was("b"), is("c")])
        );
    }
    assert_eq!(
        proposed("map", map("x", was("a")), map("x", is("b"))),
        map("x", was("b"))
    );
    assert_eq!(
        proposed("map", map("x", was("a")), map("y", is("b"))),
        map("y", is("b"))
    );
    for member in ["set", "set_block"] {
        let config = Value::set([is("a"), is("c")]);
        assert_eq!(
            proposed(member, Value::set([was("a"), was("b")]), config),
            Value::set([was("a"), is("c")])
        );
    }
}

#[test]
fn what_is_not_known_is_proposed_as_it_is() {
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
            proposed(member, NULL, Value::Unknown),
            Value::Unknown,
            "{member}"
        );
    }
}

#[test]
fn a_new_object_is_proposed_as_configured() {
    let block = schema().block.unwrap();
    let config = object([("required", "a".into()), ("list", list([item("x", NULL)]))]);
    assert_eq!(proposal::propose(&block, &NULL, &config), config);
    assert_eq!(proposal::propose(&block, &config, &NULL), config);
}
