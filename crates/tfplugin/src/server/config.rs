//! The configuration in a request: decoded, and with a value wherever one is required.

use super::convert::value::from_wire;
use super::generated::DynamicValue;
use super::walk::{self, Found};
use crate::diagnostics::Diagnostics;
use crate::schema::{Block, Mode, Schema};
use crate::types::Type;
use crate::value::Value;

/// The configuration of a message; a block that was left out says nothing.
///
/// Hosts only see to it that a required argument is written down, whatever it comes to. Where it comes to null, the call
/// ends here: no provider has to tell null from an empty text or an empty list.
pub(super) fn read(
    message: Option<&DynamicValue>,
    schema: &Schema,
    ty: &Type,
) -> Result<Value, Diagnostics> {
    let config = match from_wire(message, ty, "the configuration")? {
        Value::Null => schema.empty_config(),
        config => config,
    };
    let missing = missing_arguments(&schema.block, &config);
    if missing.has_errors() {
        return Err(missing);
    }
    Ok(config)
}

/// Ends a call whose configuration is wrong: not every host has it checked before.
pub(super) fn must_be_valid(problems: Diagnostics) -> Result<(), Diagnostics> {
    if problems.has_errors() {
        return Err(problems.into_errors());
    }
    Ok(())
}

/// An error at each required argument that is null. What is unknown may yet become a value.
fn missing_arguments(block: &Block, config: &Value) -> Diagnostics {
    let missing = walk::find(block, config, &|attribute, value| {
        attribute.mode == Mode::Required && value.is_null()
    });
    let error = |(path, attribute): Found<'_>| {
        let detail = format!(
            "`{}` is required, but its value is null: it is not set, or it is set to an expression that gives null, such \
             as a variable without a value, or a `lookup` whose default is null. Set it to a value.",
            attribute.name
        );
        Diagnostics::error_at(path, "Missing required argument", detail)
    };
    missing.into_iter().map(error).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Attribute, BlockNesting, NestedBlock, ObjectNesting};

    fn block() -> Block {
        let inner = || {
            vec![
                Attribute::string("to").required(),
                Attribute::string("note"),
            ]
        };
        let nested = |name: &str, nesting| Attribute::nested(name, nesting, inner());
        let in_block = |name: &str, nesting| NestedBlock {
            name: name.to_owned(),
            nesting,
            block: Block {
                attributes: inner(),
                ..Block::default()
            },
        };
        Block {
            attributes: vec![
                Attribute::string("name").required(),
                Attribute::string("id").computed(),
                nested("one", ObjectNesting::Single).required(),
                nested("list", ObjectNesting::List),
                nested("map", ObjectNesting::Map),
                nested("set", ObjectNesting::Set),
            ],
            blocks: vec![
                in_block("one_block", BlockNesting::Single),
                in_block("list_block", BlockNesting::List),
                in_block("set_block", BlockNesting::Set),
            ],
            ..Block::default()
        }
    }

    /// A configuration, each of whose objects has this value in its required argument.
    fn config(to: &Value) -> Value {
        let inner = || Value::object([("to", to.clone()), ("note", Value::Null)]);
        let map = [("a".to_owned(), inner())].into_iter().collect();
        Value::object([
            ("name", to.clone()),
            ("id", Value::Null),
            ("one", inner()),
            ("list", Value::List(vec![inner(), Value::Null])),
            ("map", Value::Map(map)),
            ("set", Value::set([inner()])),
            ("one_block", inner()),
            ("list_block", Value::List(vec![inner()])),
            ("set_block", Value::set([inner()])),
        ])
    }

    fn missing(config: &Value) -> Vec<String> {
        missing_arguments(&block(), config)
            .iter()
            .map(|problem| problem.path.to_string())
            .collect()
    }

    #[test]
    fn each_required_argument_that_is_null_is_an_error_at_a_path_of_the_schema() {
        let everywhere = [
            "name",
            "one.to",
            "list[0].to",
            "map[\"a\"].to",
            "set",
            "one_block.to",
            "list_block[0].to",
            "set_block",
        ];
        assert_eq!(missing(&config(&Value::Null)), everywhere);
    }

    #[test]
    fn what_has_a_value_or_may_get_one_is_not_missing() {
        for value in ["text".into(), Value::Unknown] {
            assert_eq!(missing(&config(&value)), [""; 0]);
        }
    }

    #[test]
    fn nothing_is_asked_of_objects_that_are_not_there_or_not_known() {
        for absent in [Value::Null, Value::Unknown] {
            let mut config = config(&"text".into());
            for name in ["list", "map", "set", "one_block", "list_block", "set_block"] {
                config.set_attribute(name, absent.clone());
            }
            assert_eq!(missing(&config), [""; 0]);
        }
        let mut config = config(&"text".into());
        config.set_attribute("one", Value::Null);
        assert_eq!(missing(&config), ["one"]);
    }
}
