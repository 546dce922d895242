//! Each rule of core's can fail, and does so for the right reason; what core allows passes.

mod applied;
mod planned;
mod proposal;
mod schema;

use crate::testing::messages as wire;
use crate::types::Type;
use crate::value::Value;
use wire::schema::{Attribute, Block, NestedBlock, Object, nested_block, object};

/// A schema with one of each kind of thing.
fn schema() -> wire::Schema {
    let block = Block {
        attributes: vec![
            Attribute {
                required: true,
                ..plain("required", &Type::String)
            },
            optional("optional", &Type::String),
            Attribute {
                computed: true,
                ..optional("either", &Type::String)
            },
            computed("computed"),
            Attribute {
                write_only: true,
                ..optional("secret", &Type::String)
            },
            optional("texts", &Type::String.set()),
            nested("one", object::NestingMode::Single),
            nested("list", object::NestingMode::List),
            nested("map", object::NestingMode::Map),
            nested("set", object::NestingMode::Set),
        ],
        block_types: vec![
            nested_block("one_block", nested_block::NestingMode::Single),
            nested_block("list_block", nested_block::NestingMode::List),
            nested_block("set_block", nested_block::NestingMode::Set),
        ],
        ..Block::default()
    };
    wire::Schema {
        version: 0,
        block: Some(block),
    }
}

fn plain(name: &str, ty: &Type) -> Attribute {
    Attribute {
        name: name.to_owned(),
        r#type: ty.to_json().into(),
        ..Attribute::default()
    }
}

fn optional(name: &str, ty: &Type) -> Attribute {
    Attribute {
        optional: true,
        ..plain(name, ty)
    }
}

fn computed(name: &str) -> Attribute {
    Attribute {
        computed: true,
        ..plain(name, &Type::String)
    }
}

fn inner() -> Vec<Attribute> {
    vec![optional("given", &Type::String), computed("made")]
}

fn nested(name: &str, nesting: object::NestingMode) -> Attribute {
    let nested_type = Object {
        attributes: inner(),
        nesting: nesting.into(),
        ..Object::default()
    };
    Attribute {
        name: name.to_owned(),
        optional: true,
        nested_type: Some(nested_type),
        ..Attribute::default()
    }
}

fn nested_block(name: &str, nesting: nested_block::NestingMode) -> NestedBlock {
    NestedBlock {
        type_name: name.to_owned(),
        nesting: nesting.into(),
        block: Some(Block {
            attributes: inner(),
            ..Block::default()
        }),
        ..NestedBlock::default()
    }
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
