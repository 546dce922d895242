//! What core proposes to a provider: the configuration, and what was known before where it says nothing and the provider
//! has a say.

use std::collections::BTreeMap;

use crate::testing::messages::schema::{
    Attribute, Block, NestedBlock, Object, nested_block, object,
};
use crate::value::Value;

use super::types::inner;
use super::values::at;

/// The proposed state for a configuration, with `prior` null where the object is new.
pub fn propose(block: &Block, prior: &Value, config: &Value) -> Value {
    if config.is_null() || config.is_unknown() {
        return prior.clone();
    }
    let mut proposed = attributes(&block.attributes, prior, config);
    for nested in &block.block_types {
        let name = &nested.type_name;
        proposed.insert(
            name.clone(),
            blocks(nested, prior.attribute(name), config.attribute(name)),
        );
    }
    Value::Object(proposed)
}

fn attributes(list: &[Attribute], prior: &Value, config: &Value) -> BTreeMap<String, Value> {
    let propose = |it: &Attribute| {
        let (prior, config) = (prior.attribute(&it.name), config.attribute(&it.name));
        let value = if it.computed && config.is_null() {
            // What only a configuration can have given was taken out of it since.
            if it.optional && has_configured_part(it, prior) {
                Value::Null
            } else {
                prior.clone()
            }
        } else if let Some(nested) = &it.nested_type {
            objects(nested, prior, config)
        } else {
            config.clone()
        };
        (it.name.clone(), value)
    };
    list.iter().map(propose).collect()
}

/// Whether a nested attribute holds a value that the provider cannot have given.
fn has_configured_part(attribute: &Attribute, value: &Value) -> bool {
    let Some(nested) = &attribute.nested_type else {
        return false;
    };
    let of_object = |object: &Value| {
        nested.attributes.iter().any(|it| {
            let value = object.attribute(&it.name);
            !value.is_null() && (!it.computed || has_configured_part(it, value))
        })
    };
    match (value, nested.nesting()) {
        (Value::Map(entries), _) => entries.values().any(of_object),
        (_, object::NestingMode::Single) => of_object(value),
        _ => value
            .as_elements()
            .unwrap_or_default()
            .iter()
            .any(of_object),
    }
}

fn objects(nested: &Object, prior: &Value, config: &Value) -> Value {
    let propose = |prior: &Value, config: &Value| match config {
        Value::Object(_) => Value::Object(attributes(&nested.attributes, prior, config)),
        _ => config.clone(),
    };
    let derives = |prior: &Value, config: &Value| derives(&nested.attributes, &[], prior, config);
    each(config, prior, &propose, &derives)
}

fn blocks(nested: &NestedBlock, prior: &Value, config: &Value) -> Value {
    use nested_block::NestingMode;
    let block = inner(nested);
    let derives = |prior: &Value, config: &Value| {
        derives(&block.attributes, &block.block_types, prior, config)
    };
    match nested.nesting() {
        NestingMode::Single if config.is_null() => Value::Null,
        NestingMode::Single | NestingMode::Group if config.is_unknown() => config.clone(),
        NestingMode::Single | NestingMode::Group => propose(block, prior, config),
        _ => each(
            config,
            prior,
            &|prior, config| propose(block, prior, config),
            &derives,
        ),
    }
}

/// Proposes for each element of a collection, with the prior element that it goes on from.
fn each(
    config: &Value,
    prior: &Value,
    propose: &dyn Fn(&Value, &Value) -> Value,
    derives: &dyn Fn(&Value, &Value) -> bool,
) -> Value {
    match config {
        Value::List(elements) => {
            let elements = elements.iter().enumerate();
            Value::List(
                elements
                    .map(|(index, element)| propose(at(prior, index), element))
                    .collect(),
            )
        }
        Value::Map(entries) => {
            let prior = prior.as_entries();
            let prior = |key: &String| prior.and_then(|it| it.get(key)).unwrap_or(&Value::Null);
            let entries = entries.iter();
            Value::Map(
                entries
                    .map(|(key, element)| (key.clone(), propose(prior(key), element)))
                    .collect(),
            )
        }
        // Elements of a set have no name: each goes on from the first that could have come of its configuration.
        Value::Set(elements) => {
            let mut left: Vec<&Value> = prior.as_elements().unwrap_or_default().iter().collect();
            let propose = |element: &Value| {
                let position = left.iter().position(|prior| derives(prior, element));
                let prior = position.map_or(&Value::Null, |position| left.remove(position));
                propose(prior, element)
            };
            Value::set(elements.iter().map(propose).collect::<Vec<_>>())
        }
        Value::Object(_) => propose(prior, config),
        _ => config.clone(),
    }
}

/// Whether a prior element can have come of this configuration: it differs only in what the provider gives.
fn derives(
    attributes: &[Attribute],
    blocks: &[NestedBlock],
    prior: &Value,
    config: &Value,
) -> bool {
    attributes.iter().all(|it| {
        let (prior, config) = (prior.attribute(&it.name), config.attribute(&it.name));
        prior == config
            || match &it.nested_type {
                Some(nested) => each_derives(prior, config, &|prior, config| {
                    derives(&nested.attributes, &[], prior, config)
                }),
                None => it.computed && config.is_null(),
            }
    }) && blocks.iter().all(|nested| {
        let name = &nested.type_name;
        let (prior, config) = (prior.attribute(name), config.attribute(name));
        let block = inner(nested);
        prior == config
            || each_derives(prior, config, &|prior, config| {
                derives(&block.attributes, &block.block_types, prior, config)
            })
    })
}

fn each_derives(prior: &Value, config: &Value, derives: &dyn Fn(&Value, &Value) -> bool) -> bool {
    match (prior, config) {
        (Value::Object(_), Value::Object(_)) => derives(prior, config),
        (Value::List(before), Value::List(now)) if before.len() == now.len() => before
            .iter()
            .zip(now)
            .all(|(before, now)| derives(before, now)),
        (Value::Map(before), Value::Map(now)) if before.keys().eq(now.keys()) => {
            let pairs = before.values().zip(now.values());
            pairs.into_iter().all(|(before, now)| derives(before, now))
        }
        _ => false,
    }
}
