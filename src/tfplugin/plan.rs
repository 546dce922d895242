//! The general rules of planning: what follows from a schema alone, before a resource has its say.

use super::path::AttributePath;
use super::schema::{Attribute, AttributeKind, Block, Schema};
use super::value::Value;

/// The draft of a plan, from what the host proposes (the configuration, and prior values where it says nothing).
///
/// Write-only values are taken out, defaults put in, and on creation whatever the provider is to give becomes unknown. On
/// a change such values stay as they were: a resource that knows better says so in its own plan.
pub(super) fn draft(schema: &Schema, config: &Value, proposed: Value, creating: bool) -> Value {
    let mut draft = draft_block(&schema.block, proposed, creating);
    for attribute in &schema.block.attributes {
        if let Some(default) = &attribute.default
            && config.attribute(&attribute.name).is_null()
        {
            draft.set_attribute(&attribute.name, default.clone());
        }
    }
    draft
}

/// The attributes whose planned change needs a new object, by the schema.
pub(super) fn requires_replace(
    schema: &Schema,
    prior: &Value,
    planned: &Value,
) -> Vec<AttributePath> {
    let changed = |attribute: &&Attribute| {
        prior.attribute(&attribute.name) != planned.attribute(&attribute.name)
    };
    let attributes = schema
        .block
        .attributes
        .iter()
        .filter(|attribute| attribute.requires_replace);
    attributes
        .filter(changed)
        .map(|attribute| AttributePath::root(&attribute.name))
        .collect()
}

fn draft_block(block: &Block, proposed: Value, creating: bool) -> Value {
    let Value::Object(mut values) = proposed else {
        return proposed;
    };
    draft_attributes(&block.attributes, &mut values, creating);
    for nested in &block.blocks {
        if let Some(value) = values.remove(&nested.name) {
            let value = value.map_objects(&|object| draft_block(&nested.block, object, creating));
            values.insert(nested.name.clone(), value);
        }
    }
    Value::Object(values)
}

fn draft_attributes(
    attributes: &[Attribute],
    values: &mut std::collections::BTreeMap<String, Value>,
    creating: bool,
) {
    for attribute in attributes {
        let Some(value) = values.remove(&attribute.name) else {
            continue;
        };
        let value = if attribute.write_only {
            Value::Null
        } else if creating && value.is_null() && attribute.is_computed() {
            Value::UNKNOWN
        } else if let AttributeKind::Nested(_, nested) = &attribute.kind {
            value.map_objects(&|object| match object {
                Value::Object(mut values) => {
                    draft_attributes(nested, &mut values, creating);
                    Value::Object(values)
                }
                other => other,
            })
        } else {
            value
        };
        values.insert(attribute.name.clone(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tfplugin::schema::ObjectNesting;

    fn schema() -> Schema {
        let attributes = vec![
            Attribute::string("name").required().requires_replace(),
            Attribute::string("tls").default("optional"),
            Attribute::string("id").computed(),
            Attribute::string("secret_wo").write_only(),
            Attribute::nested(
                "rules",
                ObjectNesting::List,
                vec![
                    Attribute::string("token").write_only(),
                    Attribute::string("number").computed(),
                ],
            ),
        ];
        Schema {
            version: 0,
            block: Block {
                attributes,
                ..Block::default()
            },
        }
    }

    fn object(tls: Value, id: Value, rule: Value) -> Value {
        Value::object([
            ("name", "acme".into()),
            ("tls", tls),
            ("id", id),
            ("secret_wo", "hush".into()),
            ("rules", Value::List(vec![rule])),
        ])
    }

    #[test]
    fn a_creation_plans_defaults_and_unknowns_and_drops_write_only_values() {
        let rule = Value::object([("token", "hush".into()), ("number", Value::Null)]);
        let config = object(Value::Null, Value::Null, rule);
        let draft = draft(&schema(), &config, config.clone(), true);
        assert_eq!(draft.attribute("tls").as_str(), Some("optional"));
        assert_eq!(draft.attribute("id"), &Value::UNKNOWN);
        assert_eq!(draft.attribute("secret_wo"), &Value::Null);
        let rule = &draft.attribute("rules").as_elements().unwrap()[0];
        assert_eq!(rule.attribute("token"), &Value::Null);
        assert_eq!(rule.attribute("number"), &Value::UNKNOWN);
    }

    #[test]
    fn a_change_keeps_computed_values_and_returns_to_the_default() {
        let rule = || Value::object([("token", Value::Null), ("number", "1".into())]);
        let config = object(Value::Null, Value::Null, rule());
        let proposed = object("always".into(), "acme".into(), rule());
        let draft = draft(&schema(), &config, proposed, false);
        assert_eq!(draft.attribute("tls").as_str(), Some("optional"));
        assert_eq!(draft.attribute("id").as_str(), Some("acme"));
    }

    #[test]
    fn only_a_changed_attribute_that_the_schema_names_replaces() {
        let prior = Value::object([("name", "acme".into()), ("tls", "optional".into())]);
        let renamed = Value::object([("name", "other".into()), ("tls", "never".into())]);
        assert_eq!(
            requires_replace(&schema(), &prior, &renamed),
            [AttributePath::root("name")]
        );
        assert_eq!(requires_replace(&schema(), &prior, &prior), []);
        let unknown = Value::object([("name", Value::UNKNOWN), ("tls", "optional".into())]);
        assert_eq!(
            requires_replace(&schema(), &prior, &unknown),
            [AttributePath::root("name")]
        );
    }
}
