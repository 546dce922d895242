//! Looking at values as core does.

use crate::testing::messages::schema::{Attribute, Block};
use crate::value::Value;

use super::types::inner;

/// An element of a list or tuple; null where there is none.
pub fn at(value: &Value, index: usize) -> &Value {
    let elements = value.as_elements().unwrap_or_default();
    elements.get(index).unwrap_or(&Value::Null)
}

/// The objects that a value consists of: itself, its elements, or none.
pub fn objects(value: &Value) -> Vec<&Value> {
    match value {
        Value::Object(_) => vec![value],
        Value::List(elements) | Value::Set(elements) => elements.iter().collect(),
        Value::Map(entries) => entries.values().collect(),
        _ => Vec::new(),
    }
}

/// The paths of write-only attributes that have a value, which none may have in anything that is kept.
pub fn write_only_values(block: &Block, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    of_block("", block, value, &mut found);
    found
}

fn of_block(path: &str, block: &Block, value: &Value, found: &mut Vec<String>) {
    of_attributes(path, &block.attributes, value, found);
    for nested in &block.block_types {
        let path = format!("{path}.{}", nested.type_name);
        for object in objects(value.attribute(&nested.type_name)) {
            of_block(&path, inner(nested), object, found);
        }
    }
}

fn of_attributes(path: &str, attributes: &[Attribute], value: &Value, found: &mut Vec<String>) {
    for attribute in attributes {
        let path = format!("{path}.{}", attribute.name);
        let value = value.attribute(&attribute.name);
        if attribute.write_only && !value.is_null() {
            found.push(path.clone());
        }
        if let Some(nested) = &attribute.nested_type {
            for object in objects(value) {
                of_attributes(&path, &nested.attributes, object, found);
            }
        }
    }
}
