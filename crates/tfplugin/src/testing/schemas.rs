//! All that a provider says of itself, and configurations by it.

use std::collections::BTreeMap;

use super::error::Error;
use super::messages as wire;
use crate::value::Value;
use wire::get_provider_schema;

/// All schemas of a provider, as messages.
#[derive(Clone, Debug)]
pub struct Schemas {
    /// Those of the provider itself, and of what it has.
    pub all: get_provider_schema::Response,
    /// Those of the identities of its resources.
    pub identities: BTreeMap<String, wire::ResourceIdentitySchema>,
}

/// A configuration with these attributes and blocks; the others are null, or no blocks.
pub(super) fn config(
    block: &wire::schema::Block,
    members: &[(&str, Value)],
) -> Result<Value, Error> {
    use wire::schema::nested_block::NestingMode;
    let attributes = block.attributes.iter();
    let attributes = attributes.map(|it| (it.name.as_str(), Value::Null));
    let blocks = block.block_types.iter().map(|it| {
        let none = match it.nesting() {
            NestingMode::List => Value::List(Vec::new()),
            NestingMode::Set => Value::Set(Vec::new()),
            NestingMode::Map => Value::Map(BTreeMap::new()),
            _ => Value::Null,
        };
        (it.type_name.as_str(), none)
    });
    let mut config = Value::object(attributes.chain(blocks));
    for (name, value) in members {
        if config.as_entries().is_none_or(|it| !it.contains_key(*name)) {
            return Err(Error::Value(format!("there is no {name}")));
        }
        let mut attributes = block.attributes.iter();
        let attribute = attributes.find(|it| it.name == *name);
        let value = attribute.map_or_else(|| value.clone(), |it| filled(it, value.clone()));
        config.set_attribute(name, value);
    }
    Ok(config)
}

/// The value of an attribute, in whose objects what is left out is null.
fn filled(attribute: &wire::schema::Attribute, value: Value) -> Value {
    let Some(nested) = &attribute.nested_type else {
        return value;
    };
    let object = |value| match value {
        Value::Object(mut entries) => {
            for attribute in &nested.attributes {
                let entry = entries.remove(&attribute.name).unwrap_or_default();
                entries.insert(attribute.name.clone(), filled(attribute, entry));
            }
            Value::Object(entries)
        }
        other => other,
    };
    match value {
        Value::List(elements) => Value::List(elements.into_iter().map(object).collect()),
        Value::Set(elements) => Value::Set(elements.into_iter().map(object).collect()),
        Value::Map(entries) => {
            let entries = entries.into_iter();
            Value::Map(entries.map(|(key, value)| (key, object(value))).collect())
        }
        other => object(other),
    }
}
