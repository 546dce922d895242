//! Random configurations of a schema, and what a plan knows of one.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use tfplugin::schema::{
    Attribute, AttributeKind, Block, BlockNesting, Mode, NestedBlock, ObjectNesting,
};
use tfplugin::value::Value;

use super::{Choices, values};

/// A configuration of a block, wholly known.
pub(crate) fn configs(block: &Block) -> BoxedStrategy<Value> {
    let attributes = block.attributes.iter().map(named_attribute);
    let blocks = block.blocks.iter().map(named_block);
    object(attributes.chain(blocks).collect())
}

fn object(members: Vec<(String, BoxedStrategy<Value>)>) -> BoxedStrategy<Value> {
    let (names, values): (Vec<_>, Vec<_>) = members.into_iter().unzip();
    values
        .prop_map(move |values| Value::Object(names.iter().cloned().zip(values).collect()))
        .boxed()
}

fn named_attribute(attribute: &Attribute) -> (String, BoxedStrategy<Value>) {
    let given = given(attribute);
    let value = match attribute.mode {
        Mode::Computed => Just(Value::Null).boxed(),
        Mode::Required => given,
        Mode::Optional | Mode::OptionalComputed => {
            prop_oneof![1 => Just(Value::Null), 2 => given].boxed()
        }
    };
    (attribute.name.clone(), value)
}

fn given(attribute: &Attribute) -> BoxedStrategy<Value> {
    match &attribute.kind {
        AttributeKind::Plain(ty) => values(ty),
        AttributeKind::Nested(nesting, inner) => {
            let objects = object(inner.iter().map(named_attribute).collect());
            match nesting {
                ObjectNesting::Single => objects,
                ObjectNesting::List => vec(objects, 0..3).prop_map(Value::List).boxed(),
                ObjectNesting::Set => vec(objects, 0..3).prop_map(Value::set).boxed(),
                ObjectNesting::Map => btree_map("[ab]", objects, 0..3)
                    .prop_map(Value::Map)
                    .boxed(),
            }
        }
    }
}

fn named_block(nested: &NestedBlock) -> (String, BoxedStrategy<Value>) {
    let objects = configs(&nested.block);
    let value = match nested.nesting {
        BlockNesting::Single => prop_oneof![Just(Value::Null), objects].boxed(),
        BlockNesting::List => vec(objects, 0..3).prop_map(Value::List).boxed(),
        BlockNesting::Set => vec(objects, 0..3).prop_map(Value::set).boxed(),
    };
    (nested.name.clone(), value)
}

/// The same configuration while some of it is not known yet.
pub(crate) fn obscure(block: &Block, config: &Value, choices: &mut Choices) -> Value {
    let Value::Object(members) = config else {
        return config.clone();
    };
    let mut obscured = obscure_attributes(&block.attributes, members, choices);
    for nested in &block.blocks {
        let value = config.attribute(&nested.name);
        // Blocks that a `dynamic` block makes can be unknown as a whole.
        let value = if choices.one_in(8) {
            Value::Unknown
        } else {
            each(value, &mut |object| obscure(&nested.block, object, choices))
        };
        obscured.insert(nested.name.clone(), value);
    }
    Value::Object(obscured)
}

fn obscure_attributes(
    attributes: &[Attribute],
    members: &BTreeMap<String, Value>,
    choices: &mut Choices,
) -> BTreeMap<String, Value> {
    let mut obscured = BTreeMap::new();
    for attribute in attributes {
        let value = &members[&attribute.name];
        let value = if attribute.mode != Mode::Computed && choices.one_in(4) {
            Value::Unknown
        } else if let AttributeKind::Nested(_, inner) = &attribute.kind {
            each(value, &mut |object| match object {
                Value::Object(members) => {
                    Value::Object(obscure_attributes(inner, members, choices))
                }
                other => other.clone(),
            })
        } else {
            value.clone()
        };
        obscured.insert(attribute.name.clone(), value);
    }
    obscured
}

fn each(value: &Value, change: &mut dyn FnMut(&Value) -> Value) -> Value {
    match value {
        Value::List(elements) => Value::List(elements.iter().map(change).collect()),
        Value::Set(elements) => Value::set(elements.iter().map(change).collect::<Vec<_>>()),
        Value::Map(entries) => Value::Map(
            entries
                .iter()
                .map(|(key, value)| (key.clone(), change(value)))
                .collect(),
        ),
        Value::Object(_) => change(value),
        other => other.clone(),
    }
}
