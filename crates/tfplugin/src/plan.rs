//! The general rules of planning: what follows from a schema alone, before a resource has its say.

use std::collections::BTreeMap;
use std::mem::take;

use super::path::AttributePath;
use super::schema::{Attribute, AttributeKind, Block, Schema};
use super::value::Value;

/// The draft of a plan, from what the host proposes (the configuration, and prior values where it says nothing).
///
/// Write-only values are taken out, defaults put in, and in an object that is new, be it within another, whatever the
/// provider is to give becomes unknown. In one that was there before such values stay as they were: a resource that knows
/// better says so in its own plan.
pub(super) fn draft(schema: &Schema, config: &Value, prior: &Value, proposed: Value) -> Value {
    proposed.map_objects(prior, &|prior, values| {
        draft_block(&schema.block, config, prior, values)
    })
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

fn draft_block(
    block: &Block,
    config: &Value,
    prior: &Value,
    values: BTreeMap<String, Value>,
) -> BTreeMap<String, Value> {
    let mut values = draft_attributes(&block.attributes, config, prior, values);
    for nested in &block.blocks {
        if let Some(value) = values.get_mut(&nested.name) {
            let [config, prior] = [config, prior].map(|it| it.attribute(&nested.name));
            *value = take(value).map_objects(prior, &|prior, values| {
                draft_block(&nested.block, config, prior, values)
            });
        }
    }
    values
}

/// `config` is the configured object; of elements of a list, set or map it is all of them, and tells nothing of one.
fn draft_attributes(
    attributes: &[Attribute],
    config: &Value,
    prior: &Value,
    mut values: BTreeMap<String, Value>,
) -> BTreeMap<String, Value> {
    let is_new = prior.is_null();
    let is_one = matches!(config, Value::Object(_));
    for attribute in attributes {
        let Some(value) = values.get_mut(&attribute.name) else {
            continue;
        };
        let [config, prior] = [config, prior].map(|it| it.attribute(&attribute.name));
        if attribute.write_only {
            *value = Value::Null;
        } else if let Some(default) = &attribute.default
            && is_one
            && config.is_null()
        {
            *value = default.clone();
        } else if is_new && value.is_null() && attribute.is_computed() {
            *value = Value::Unknown;
        } else if let AttributeKind::Nested(_, nested) = &attribute.kind {
            *value = take(value).map_objects(prior, &|prior, values| {
                draft_attributes(nested, config, prior, values)
            });
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::ObjectNesting;

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
        let draft = draft(&schema(), &config, &Value::Null, config.clone());
        assert_eq!(draft.attribute("tls").as_str(), Some("optional"));
        assert_eq!(draft.attribute("id"), &Value::Unknown);
        assert_eq!(draft.attribute("secret_wo"), &Value::Null);
        let rule = &draft.attribute("rules").as_elements().unwrap()[0];
        assert_eq!(rule.attribute("token"), &Value::Null);
        assert_eq!(rule.attribute("number"), &Value::Unknown);
    }

    #[test]
    fn a_change_keeps_computed_values_and_returns_to_the_default() {
        let rule = || Value::object([("token", Value::Null), ("number", "1".into())]);
        let config = object(Value::Null, Value::Null, rule());
        let prior = object("always".into(), "acme".into(), rule());
        let draft = draft(&schema(), &config, &prior, prior.clone());
        assert_eq!(draft.attribute("tls").as_str(), Some("optional"));
        assert_eq!(draft.attribute("id").as_str(), Some("acme"));
    }

    #[test]
    fn what_is_new_within_a_change_is_the_providers_to_fill() {
        let rules = |nesting| Schema {
            version: 0,
            block: Block {
                attributes: vec![Attribute::nested(
                    "rules",
                    nesting,
                    vec![Attribute::string("to"), Attribute::string("id").computed()],
                )],
                ..Block::default()
            },
        };
        let rule = |to: &str, id: Value| Value::object([("to", to.into()), ("id", id)]);
        let old = || rule("a", Value::Null);
        let of = |rules: Value| Value::object([("rules", rules)]);
        let list = |rules: &[Value]| of(Value::List(rules.to_vec()));
        let set = |rules: &[Value]| of(Value::set(rules.to_vec()));
        let map = |rules: &[Value]| {
            let keys = ["x", "y"].map(ToOwned::to_owned).into_iter();
            of(Value::Map(keys.zip(rules.iter().cloned()).collect()))
        };
        for (nesting, wrap) in [
            (ObjectNesting::List, &list as &dyn Fn(&[Value]) -> Value),
            (ObjectNesting::Set, &set),
            (ObjectNesting::Map, &map),
        ] {
            let prior = wrap(&[old()]);
            let proposed = wrap(&[old(), rule("b", Value::Null)]);
            let drafted = draft(&rules(nesting), &proposed, &prior, proposed.clone());
            // What had no value before goes on having none.
            assert_eq!(
                drafted,
                wrap(&[old(), rule("b", Value::Unknown)]),
                "{nesting:?}"
            );
        }
        let proposed = of(rule("b", Value::Null));
        let single = rules(ObjectNesting::Single);
        let drafted = draft(&single, &proposed, &of(Value::Null), proposed.clone());
        assert_eq!(drafted, of(rule("b", Value::Unknown)));
    }

    #[test]
    fn a_nested_object_has_defaults_of_its_own() {
        let webhook = vec![
            Attribute::string("address").required(),
            Attribute::string("method").default("GET"),
        ];
        let schema = Schema {
            version: 0,
            block: Block {
                attributes: vec![Attribute::nested("hook", ObjectNesting::Single, webhook)],
                ..Block::default()
            },
        };
        let hook = |method: Value| {
            let hook = Value::object([("address", "a".into()), ("method", method)]);
            Value::object([("hook", hook)])
        };
        let config = hook(Value::Null);
        // The host proposes what was there before.
        let proposed = hook("POST".into());
        for prior in [Value::Null, proposed.clone()] {
            let drafted = draft(&schema, &config, &prior, proposed.clone());
            assert_eq!(drafted, hook("GET".into()));
        }
        let config = Value::object([("hook", Value::Null)]);
        assert_eq!(draft(&schema, &config, &proposed, config.clone()), config);
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
        let unknown = Value::object([("name", Value::Unknown), ("tls", "optional".into())]);
        assert_eq!(
            requires_replace(&schema(), &prior, &unknown),
            [AttributePath::root("name")]
        );
    }
}
