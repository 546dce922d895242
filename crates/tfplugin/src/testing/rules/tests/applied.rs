//! Results of an apply against their plans, and identities.

use crate::types::Type;
use crate::value::Value;

use super::{expect, item, list, map, object, schema};
use crate::testing::rules::{applied, identity};

const UNKNOWN: Value = Value::Unknown;
const NULL: Value = Value::Null;

/// Checks what came of the planned value of one member.
fn check(member: &str, planned: Value, actual: Value, expected: &str) {
    let block = schema().block.unwrap();
    let case = format!("{member}: {planned:?}, {actual:?}");
    let [planned, actual] = [planned, actual].map(|value| object([(member, value)]));
    expect(
        &case,
        &applied::problems(&block, &planned, &actual),
        expected,
    );
}

fn check_all(rows: impl IntoIterator<Item = (&'static str, Value, Value, &'static str)>) {
    for (member, planned, actual, expected) in rows {
        check(member, planned, actual, expected);
    }
}

#[test]
fn what_was_known_stays_and_what_was_unknown_becomes_anything() {
    check_all([
        ("computed", "a".into(), "a".into(), ""),
        ("computed", "a".into(), "b".into(), "another value"),
        ("computed", "a".into(), NULL, "is null"),
        ("computed", NULL, "a".into(), "was null"),
        ("computed", "a".into(), UNKNOWN, "is unknown"),
        ("computed", UNKNOWN, "a".into(), ""),
        ("computed", UNKNOWN, NULL, ""),
    ]);
}

#[test]
fn collections_keep_their_elements() {
    let a = || item("a", NULL);
    let half = || item("a", UNKNOWN);
    check_all([
        ("list", list([half()]), list([item("a", "made")]), ""),
        (
            "list",
            list([half()]),
            list([item("b", "made")]),
            "another value",
        ),
        ("list", list([half()]), list([]), "another number"),
        ("map", map("x", half()), map("x", a()), ""),
        ("map", map("x", half()), map("y", a()), "other elements"),
        ("one_block", half(), a(), ""),
        ("one_block", half(), NULL, "is absent"),
        ("one_block", NULL, a(), "is present"),
        ("one_block", UNKNOWN, NULL, ""),
        ("list_block", list([half()]), list([a()]), ""),
        (
            "list_block",
            list([half()]),
            list([item("b", NULL)]),
            "another value",
        ),
        (
            "list_block",
            list([half()]),
            list([a(), a()]),
            "another number",
        ),
        ("list_block", UNKNOWN, list([a()]), ""),
    ]);
}

#[test]
fn elements_of_sets_may_become_the_same_but_not_more() {
    for member in ["set", "set_block"] {
        let planned = || Value::set([item("a", UNKNOWN), item(UNKNOWN, NULL)]);
        let one = Value::set([item("a", NULL)]);
        let two = Value::set([item("a", NULL), item("a", "made")]);
        let third = Value::set([item("a", NULL), item("a", "made"), item("b", NULL)]);
        check_all([
            (member, planned(), one, ""),
            (member, planned(), two, ""),
            (member, planned(), third, "more elements"),
        ]);
        let other = Value::set([item("b", "made"), item("a", NULL)]);
        check(member, planned(), other, "other elements");
    }
}

#[test]
fn an_identity_is_known_and_of_its_own_kind() {
    let ty = Type::object([("name", Type::String)]);
    let named = |name: Value| Value::object([("name", name)]);
    let (known, unknown) = (named("a".into()), named(UNKNOWN));
    let of_object = |identity: Option<&Value>| identity::of_object(identity, Some(&ty));
    assert_eq!(of_object(Some(&known)), None);
    assert_eq!(
        of_object(Some(&unknown)),
        Some("an identity with unknown values")
    );
    assert_eq!(of_object(None), Some("an object without its identity"));
    assert_eq!(identity::of_object(None, None), None);
    let other = named("b".into());
    let of_plan = |planned, makes| identity::of_plan(Some(&known), Some(planned), makes);
    assert_eq!(of_plan(&known, false), None);
    assert_eq!(
        of_plan(&unknown, false),
        Some("an identity with unknown values")
    );
    assert_eq!(
        of_plan(&other, false),
        Some("another identity for the same object")
    );
    assert_eq!(of_plan(&other, true), None);
    assert_eq!(of_plan(&unknown, true), None);
}
