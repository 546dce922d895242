//! Each rule of core's can fail, and does so for the right reason; what core allows passes.

mod applied;
mod planned;
mod proposal;
mod schema;

use crate::convert;
use crate::generated as wire;
use crate::schema::{Attribute, Block, BlockNesting, NestedBlock, ObjectNesting, Schema};
use crate::types::Type;
use crate::value::Value;

/// A schema with one of each kind of thing.
fn schema() -> wire::Schema {
    let inner = || {
        vec![
            Attribute::string("given"),
            Attribute::string("made").computed(),
        ]
    };
    let nested = |name: &str, nesting| Attribute::nested(name, nesting, inner());
    let block = |name: &str, nesting| NestedBlock {
        name: name.to_owned(),
        nesting,
        block: Block {
            attributes: inner(),
            ..Block::default()
        },
    };
    let attributes = vec![
        Attribute::string("required").required(),
        Attribute::string("optional"),
        Attribute::string("either").default("x"),
        Attribute::string("computed").computed(),
        Attribute::string("secret").write_only(),
        Attribute::new("texts", Type::String.set()),
        nested("one", ObjectNesting::Single),
        nested("list", ObjectNesting::List),
        nested("map", ObjectNesting::Map),
        nested("set", ObjectNesting::Set),
    ];
    let blocks = vec![
        block("one_block", BlockNesting::Single),
        block("list_block", BlockNesting::List),
        block("set_block", BlockNesting::Set),
    ];
    let block = Block {
        attributes,
        blocks,
        ..Block::default()
    };
    convert::schema::to_wire(&Schema { version: 0, block })
}

/// An object of [`schema`] with these members; the others are null, or empty collections of blocks.
fn object<'a>(members: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let absent = [
        "required",
        "optional",
        "either",
        "computed",
        "secret",
        "texts",
        "one",
        "list",
        "map",
        "set",
        "one_block",
    ];
    let mut object = Value::object(absent.map(|name| (name, Value::Null)));
    object.set_attribute("list_block", Value::List(Vec::new()));
    object.set_attribute("set_block", Value::Set(Vec::new()));
    for (name, value) in members {
        object.set_attribute(name, value);
    }
    object
}

/// An object of a nested attribute or block.
fn item(given: impl Into<Value>, made: impl Into<Value>) -> Value {
    Value::object([("given", given.into()), ("made", made.into())])
}

fn list(items: impl IntoIterator<Item = Value>) -> Value {
    Value::List(items.into_iter().collect())
}

fn map(key: &str, item: Value) -> Value {
    Value::Map([(key.to_owned(), item)].into())
}

/// Fails unless there is exactly this problem, or none where nothing is expected.
#[track_caller]
fn expect(case: &str, found: &[String], expected: &str) {
    let is_right = match (found, expected) {
        ([], "") => true,
        ([only], expected) => !expected.is_empty() && only.contains(expected),
        _ => false,
    };
    assert!(is_right, "{case}: {found:?} in the place of {expected:?}");
}
