//! Plans against configuration and prior state.

use crate::path::AttributePath;
use crate::value::Value;

use super::{expect, item, list, map, object, schema};
use crate::testing::rules::{planned, values};

const UNKNOWN: Value = Value::Unknown;
const NULL: Value = Value::Null;

/// Checks the planned value of one member for a prior and a configured one.
fn check(member: &str, prior: Value, config: Value, planned: Value, expected: &str) {
    let block = schema().block.unwrap();
    let case = format!("{member}: {prior:?}, {config:?}, {planned:?}");
    let [prior, config, planned] = [prior, config, planned].map(|value| object([(member, value)]));
    let found = planned::problems(&block, &prior, &config, &planned);
    expect(&case, &found, expected);
}

fn check_all(rows: impl IntoIterator<Item = (&'static str, Value, Value, Value, &'static str)>) {
    for (member, prior, config, planned, expected) in rows {
        check(member, prior, config, planned, expected);
    }
}

#[test]
fn an_attribute_is_planned_as_configured_or_as_it_was() {
    let one = || Value::from("one");
    let two = || Value::from("two");
    let three = || Value::from("three");
    for member in ["required", "optional", "either"] {
        check_all([
            (member, one(), two(), two(), ""),
            (member, one(), two(), one(), ""),
            (member, NULL, UNKNOWN, UNKNOWN, ""),
            (member, one(), two(), three(), "neither"),
            (member, NULL, two(), three(), "neither"),
            (member, NULL, two(), NULL, "neither"),
            (member, NULL, two(), UNKNOWN, "neither"),
            (member, NULL, UNKNOWN, one(), "neither"),
        ]);
    }
    check(
        "texts",
        NULL,
        Value::string_set(["a"]),
        Value::string_set(["b"]),
        "neither",
    );
}

#[test]
fn what_nobody_configured_is_the_providers_only_where_it_is_computed() {
    for value in [Value::from("made"), UNKNOWN] {
        check_all([
            ("either", NULL, NULL, value.clone(), ""),
            ("computed", NULL, NULL, value.clone(), ""),
            ("optional", NULL, NULL, value.clone(), "nobody may give"),
            ("required", NULL, NULL, value, "nobody may give"),
        ]);
    }
    // Not even what it was before.
    check(
        "optional",
        "was".into(),
        NULL,
        "was".into(),
        "nobody may give",
    );
}

#[test]
fn a_write_only_value_is_not_planned() {
    check_all([
        ("secret", NULL, "hush".into(), NULL, ""),
        ("secret", NULL, "hush".into(), "else".into(), "write-only"),
    ]);
    let block = schema().block.unwrap();
    let planned = object([("secret", "hush".into())]);
    expect(
        "kept",
        &values::write_only_values(&block, &planned),
        ".secret",
    );
}

#[test]
fn objects_are_compared_one_by_one() {
    let of = |given: &str, made: &str| item(given, made);
    let configured = |given: &str| item(given, NULL);
    for (wrap, member) in [
        ((|it| it) as fn(Value) -> Value, "one"),
        (|it| list([it]), "list"),
        (|it| map("key", it), "map"),
        (|it| it, "one_block"),
        (|it| list([it]), "list_block"),
    ] {
        let config = || wrap(configured("a"));
        check_all([
            (member, NULL, config(), wrap(of("a", "made")), ""),
            (member, NULL, config(), wrap(item("a", UNKNOWN)), ""),
            (member, NULL, config(), wrap(of("b", "made")), "neither"),
            (member, wrap(of("b", "x")), config(), wrap(of("b", "y")), ""),
        ]);
    }
}

#[test]
fn collections_have_the_elements_of_the_configuration() {
    let a = || item("a", NULL);
    check_all([
        ("list", NULL, list([a()]), list([]), "other elements"),
        (
            "list",
            NULL,
            list([a()]),
            list([a(), a()]),
            "other elements",
        ),
        ("list", NULL, list([a()]), NULL, "not planned"),
        ("list", NULL, list([a()]), UNKNOWN, "became unknown"),
        ("list", NULL, UNKNOWN, list([a()]), "other elements"),
        ("map", NULL, map("x", a()), map("y", a()), "other elements"),
        (
            "set",
            NULL,
            Value::set([a()]),
            Value::set([item("b", "made")]),
            "",
        ),
        (
            "set",
            NULL,
            Value::set([a()]),
            Value::set([a(), item("b", NULL)]),
            "another number",
        ),
    ]);
    let with_unknown = Value::set([item(UNKNOWN, NULL), a()]);
    check("set", NULL, with_unknown, Value::set([a()]), "");
}

#[test]
fn blocks_are_as_many_as_configured_and_never_unknown() {
    let a = || item("a", NULL);
    check_all([
        ("one_block", NULL, a(), NULL, "not planned"),
        ("one_block", NULL, NULL, a(), "has none"),
        ("one_block", NULL, a(), UNKNOWN, "became unknown"),
        (
            "list_block",
            list([]),
            list([a()]),
            list([]),
            "other elements",
        ),
        (
            "list_block",
            list([]),
            list([a()]),
            list([UNKNOWN]),
            "an unknown block",
        ),
        ("list_block", list([]), list([]), NULL, "null in the place"),
        (
            "list_block",
            list([]),
            UNKNOWN,
            list([a()]),
            "not known yet",
        ),
        ("list_block", list([]), UNKNOWN, UNKNOWN, ""),
    ]);
    let set = |items: [Value; 1]| Value::set(items);
    check_all([
        (
            "set_block",
            set([a()]),
            set([a()]),
            set([item("b", "made")]),
            "",
        ),
        (
            "set_block",
            set([a()]),
            set([a()]),
            set([UNKNOWN]),
            "an unknown block",
        ),
        (
            "set_block",
            set([a()]),
            set([a()]),
            NULL,
            "null in the place",
        ),
    ]);
}

#[test]
fn an_object_is_planned_where_one_is_configured() {
    let block = schema().block.unwrap();
    let there = object([]);
    for (config, planned, expected) in [
        (&there, &NULL, "not planned"),
        (&NULL, &there, "has none"),
        (&NULL, &NULL, ""),
    ] {
        let found = planned::problems(&block, &NULL, config, planned);
        expect("whole object", &found, expected);
    }
}

#[test]
fn only_a_path_whose_value_changes_replaces_and_it_must_exist() {
    let before = object([("required", "a".into()), ("list", list([item("x", NULL)]))]);
    let after = object([("required", UNKNOWN), ("list", list([item("x", NULL)]))]);
    let [changed, same] = ["required", "optional"].map(AttributePath::root);
    let inner = AttributePath::root("list").index(0).attribute("given");
    let named = [changed.clone(), same, inner];
    let replacing =
        |prior: &Value, named: &[AttributePath]| planned::replacing(prior, &after, named);
    assert_eq!(replacing(&before, &named), Ok(vec![changed]));
    assert_eq!(
        replacing(&NULL, &named),
        Ok(Vec::new()),
        "nothing is replaced by a creation"
    );
    for nowhere in [
        AttributePath::root("nowhere"),
        AttributePath::root("list").index(1),
        AttributePath::root("required").key("x"),
    ] {
        assert!(replacing(&before, &[nowhere]).is_err());
    }
}
