//! The configuration of an object that exists: what follows from a schema and a state alone.

use std::collections::BTreeMap;
use std::mem::take;

use super::schema::{Attribute, AttributeKind, Block, BlockNesting, Mode, NestedBlock, Schema};
use super::value::Value;

/// The configuration that a practitioner would write for an object with this state.
///
/// Null is whatever a configuration cannot say (values that the provider gives, write-only values), should not repeat
/// (defaults) or must not show (sensitive values): what only the practitioner knows, such as a secret, is left to them.
pub fn config(schema: &Schema, state: Value) -> Value {
    match state {
        Value::Object(values) => Value::Object(of_block(&schema.block, values)),
        _ => schema.empty_config(),
    }
}

fn of_block(block: &Block, values: BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    let mut values = of_attributes(&block.attributes, values);
    for nested in &block.blocks {
        if let Some(value) = values.get_mut(&nested.name) {
            *value = of_nested_block(nested, take(value));
        }
    }
    values
}

/// A single block that says nothing is one that nobody would write.
fn of_nested_block(nested: &NestedBlock, value: Value) -> Value {
    let written = value.map_objects(&Value::Null, &|_, values| of_block(&nested.block, values));
    let says_nothing = written
        .as_entries()
        .is_some_and(|entries| entries.values().all(Value::is_null));
    if nested.nesting == BlockNesting::Single && says_nothing {
        return Value::Null;
    }
    written
}

fn of_attributes(
    attributes: &[Attribute],
    mut values: BTreeMap<String, Value>,
) -> BTreeMap<String, Value> {
    for attribute in attributes {
        if let Some(value) = values.get_mut(&attribute.name) {
            *value = of_attribute(attribute, take(value));
        }
    }
    values
}

fn of_attribute(attribute: &Attribute, value: Value) -> Value {
    let is_left_out = attribute.mode == Mode::Computed
        || attribute.write_only
        || attribute.sensitive
        || attribute.default.as_ref() == Some(&value);
    match &attribute.kind {
        _ if is_left_out => Value::Null,
        AttributeKind::Plain(_) => value,
        AttributeKind::Nested(_, nested) => {
            value.map_objects(&Value::Null, &|_, values| of_attributes(nested, values))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::ObjectNesting;

    fn schema() -> Schema {
        let rules = vec![
            Attribute::string("action").required(),
            Attribute::string("number").computed(),
        ];
        let durations = |name: &str, nesting| NestedBlock {
            name: name.to_owned(),
            nesting,
            block: Block {
                attributes: vec![Attribute::string("create"), Attribute::string("delete")],
                ..Block::default()
            },
        };
        let attributes = vec![
            Attribute::string("name").required(),
            Attribute::string("tls").default("optional"),
            Attribute::string("size").default("small"),
            Attribute::string("id").computed(),
            Attribute::string("secret").sensitive(),
            Attribute::string("secret_wo").write_only(),
            Attribute::nested("rules", ObjectNesting::List, rules),
            Attribute::nested("seen", ObjectNesting::Map, Vec::new()).computed(),
        ];
        let block = Block {
            attributes,
            blocks: vec![
                durations("timeouts", BlockNesting::Single),
                durations("windows", BlockNesting::List),
            ],
            ..Block::default()
        };
        Schema { version: 0, block }
    }

    fn durations(create: Value) -> Value {
        Value::object([("create", create), ("delete", Value::Null)])
    }

    fn state() -> Value {
        let rule = Value::object([("action", "allow".into()), ("number", "1".into())]);
        Value::object([
            ("name", "acme".into()),
            ("tls", "optional".into()),
            ("size", "large".into()),
            ("id", "acme".into()),
            ("secret", "hush".into()),
            ("secret_wo", Value::Null),
            ("rules", Value::List(vec![rule])),
            ("seen", Value::Map(BTreeMap::new())),
            ("timeouts", durations(Value::Null)),
            ("windows", Value::List(vec![durations(Value::Null)])),
        ])
    }

    #[test]
    fn what_a_practitioner_would_write_stays() {
        let config = config(&schema(), state());
        assert_eq!(config.attribute("name").as_str(), Some("acme"));
        assert_eq!(config.attribute("size").as_str(), Some("large"));
        let rules = config.attribute("rules").as_elements().unwrap();
        assert_eq!(rules[0].attribute("action").as_str(), Some("allow"));
        assert!(rules[0].attribute("number").is_null());
    }

    #[test]
    fn what_follows_by_itself_or_must_not_be_shown_is_null() {
        let config = config(&schema(), state());
        for name in ["tls", "id", "secret", "secret_wo", "seen", "timeouts"] {
            assert!(config.attribute(name).is_null(), "{name}");
        }
    }

    #[test]
    fn blocks_are_written_as_often_as_they_are_there() {
        let mut given = state();
        given.set_attribute("timeouts", durations("2m".into()));
        let config = config(&schema(), given);
        assert_eq!(config.attribute("timeouts"), &durations("2m".into()));
        let windows = config.attribute("windows").as_elements();
        assert_eq!(windows.map(<[Value]>::len), Some(1));
    }

    #[test]
    fn of_an_object_that_was_not_given_nothing_is_written() {
        assert_eq!(config(&schema(), Value::Null), schema().empty_config());
    }
}
