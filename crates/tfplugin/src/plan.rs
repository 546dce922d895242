//! The general rules of planning: what follows from a schema alone, before a resource has its say.

use std::collections::BTreeMap;

use super::path::AttributePath;
use super::schema::{Attribute, AttributeKind, Block, Schema};
use super::value::Value;

/// The draft of a plan, from what the host proposes (the configuration, and prior values where it says nothing).
///
/// Write-only values are taken out, defaults put in, and in an object that is new, be it within another, whatever the
/// provider is to give becomes unknown. In one that was there before such values stay as they were: a resource that knows
/// better says so in its own plan.
pub(super) fn draft(schema: &Schema, config: &Value, prior: &Value, proposed: Value) -> Value {
    let mut draft = draft_block(&schema.block, prior, proposed);
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

fn draft_block(block: &Block, prior: &Value, proposed: Value) -> Value {
    let Value::Object(mut values) = proposed else {
        return proposed;
    };
    draft_attributes(&block.attributes, prior, &mut values);
    for nested in &block.blocks {
        if let Some(value) = values.remove(&nested.name) {
            let prior = prior.attribute(&nested.name);
            let value = draft_each(prior, value, &|prior, object| {
                draft_block(&nested.block, prior, object)
            });
            values.insert(nested.name.clone(), value);
        }
    }
    Value::Object(values)
}

fn draft_attributes(attributes: &[Attribute], prior: &Value, values: &mut BTreeMap<String, Value>) {
    let is_new = prior.is_null();
    for attribute in attributes {
        let Some(value) = values.remove(&attribute.name) else {
            continue;
        };
        let value = if attribute.write_only {
            Value::Null
        } else if is_new && value.is_null() && attribute.is_computed() {
            Value::Unknown
        } else if let AttributeKind::Nested(_, nested) = &attribute.kind {
            let prior = prior.attribute(&attribute.name);
            draft_each(prior, value, &|prior, object| match object {
                Value::Object(mut values) => {
                    draft_attributes(nested, prior, &mut values);
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

/// Applies a change to an object, or to each object of a collection, beside what was there before; null where it is new.
fn draft_each(prior: &Value, value: Value, change: &dyn Fn(&Value, Value) -> Value) -> Value {
    const NEW: &Value = &Value::Null;
    match value {
        Value::Object(_) => change(prior, value),
        Value::List(elements) => {
            let before = prior.as_elements().unwrap_or_default();
            let before = before.iter().chain(std::iter::repeat(NEW));
            let pairs = before.zip(elements);
            Value::List(pairs.map(|(prior, value)| change(prior, value)).collect())
        }
        // An element of a set that was there before is proposed just as it was.
        Value::Set(elements) => {
            let before = prior.as_elements().unwrap_or_default();
            let was_there = |value: &Value| before.iter().find(|prior| *prior == value);
            let pairs = elements
                .into_iter()
                .map(|value| (was_there(&value).unwrap_or(NEW), value));
            Value::set(pairs.map(|(prior, value)| change(prior, value)))
        }
        Value::Map(entries) => {
            let before = prior.as_entries();
            let was = |key: &String| before.and_then(|before| before.get(key)).unwrap_or(NEW);
            let entries = entries.into_iter();
            Value::Map(
                entries
                    .map(|(key, value)| (key.clone(), change(was(&key), value)))
                    .collect(),
            )
        }
        other => other,
    }
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
