//! What core demands of the result of an apply: what was known in the plan is as planned, and everything is known.

use crate::testing::messages::schema::{Block, NestedBlock, nested_block};
use crate::value::Value;

use super::types::inner;
use super::values::at;

/// Every difference between a plan and what came of it, each with its path.
pub fn problems(schema: &Block, planned: &Value, actual: &Value) -> Vec<String> {
    let mut found = Vec::new();
    block("", schema, planned, actual, &mut found);
    found
}

fn block(path: &str, schema: &Block, planned: &Value, actual: &Value, found: &mut Vec<String>) {
    match (planned.is_null(), actual.is_null()) {
        (true, true) => return,
        (true, false) => return found.push(format!("{path}: was absent, is present")),
        (false, true) => return found.push(format!("{path}: was present, is absent")),
        (false, false) => {}
    }
    for attribute in &schema.attributes {
        let name = &attribute.name;
        let (planned, actual) = (planned.attribute(name), actual.attribute(name));
        value(&format!("{path}.{name}"), planned, actual, found);
    }
    for nested in &schema.block_types {
        let name = &nested.type_name;
        let (planned, actual) = (planned.attribute(name), actual.attribute(name));
        blocks(&format!("{path}.{name}"), nested, planned, actual, found);
    }
}

fn blocks(
    path: &str,
    nested: &NestedBlock,
    planned: &Value,
    actual: &Value,
    found: &mut Vec<String>,
) {
    use nested_block::NestingMode;
    let schema = inner(nested);
    let is_compatible = |planned: &Value, actual: &Value| {
        let mut found = Vec::new();
        block(path, schema, planned, actual, &mut found);
        found.is_empty()
    };
    match nested.nesting() {
        _ if planned.is_unknown() => {}
        NestingMode::Single | NestingMode::Group => block(path, schema, planned, actual, found),
        _ if planned.is_null() || actual.is_null() => {}
        NestingMode::Set => set(path, planned, actual, &is_compatible, found),
        _ if size(planned) != size(actual) => {
            found.push(format!("{path}: another number of blocks"));
        }
        NestingMode::Map => {
            let entries = |value: &Value| value.as_entries().cloned().unwrap_or_default();
            let now = entries(actual);
            for (key, planned) in entries(planned) {
                if let Some(actual) = now.get(&key) {
                    block(&format!("{path}[{key:?}]"), schema, &planned, actual, found);
                }
            }
        }
        _ => {
            let elements = planned.as_elements().unwrap_or_default().iter();
            for (index, planned) in elements.enumerate() {
                block(
                    &format!("{path}[{index}]"),
                    schema,
                    planned,
                    at(actual, index),
                    found,
                );
            }
        }
    }
}

fn value(path: &str, planned: &Value, actual: &Value, found: &mut Vec<String>) {
    match (planned, actual) {
        (Value::Unknown, _) | (Value::Null, Value::Null) => {}
        (Value::Null, _) => found.push(format!("{path}: was null")),
        (_, Value::Null) => found.push(format!("{path}: is null")),
        (_, Value::Unknown) => found.push(format!("{path}: was known, is unknown")),
        (Value::List(before), Value::List(after)) | (Value::Tuple(before), Value::Tuple(after)) => {
            if before.len() != after.len() {
                found.push(format!("{path}: another number of elements"));
            }
            for (index, (before, after)) in before.iter().zip(after).enumerate() {
                value(&format!("{path}[{index}]"), before, after, found);
            }
        }
        (Value::Map(before), Value::Map(after)) | (Value::Object(before), Value::Object(after)) => {
            if !before.keys().eq(after.keys()) {
                found.push(format!("{path}: other elements"));
            }
            for (key, before) in before {
                if let Some(after) = after.get(key) {
                    value(&format!("{path}.{key}"), before, after, found);
                }
            }
        }
        (Value::Set(_), Value::Set(_)) => {
            let is_compatible = |planned: &Value, actual: &Value| {
                let mut found = Vec::new();
                value(path, planned, actual, &mut found);
                found.is_empty()
            };
            set(path, planned, actual, &is_compatible, found);
        }
        (Value::Dynamic(before), Value::Dynamic(after)) if before.0 == after.0 => {
            value(path, &before.1, &after.1, found);
        }
        _ if planned == actual => {}
        _ => found.push(format!("{path}: another value")),
    }
}

/// Elements of sets have no names: each must be like one of the other side. They may become fewer, as unknown ones turn
/// out to be the same.
fn set(
    path: &str,
    planned: &Value,
    actual: &Value,
    is_compatible: &dyn Fn(&Value, &Value) -> bool,
    found: &mut Vec<String>,
) {
    let before = planned.as_elements().unwrap_or_default();
    let after = actual.as_elements().unwrap_or_default();
    let all_planned = before
        .iter()
        .all(|before| after.iter().any(|after| is_compatible(before, after)));
    let all_actual = after
        .iter()
        .all(|after| before.iter().any(|before| is_compatible(before, after)));
    if !all_planned || !all_actual {
        found.push(format!("{path}: other elements"));
    }
    if before.len() < after.len() {
        found.push(format!("{path}: more elements"));
    }
}

/// How many elements a collection has.
fn size(value: &Value) -> Option<u64> {
    let length = match value {
        Value::List(elements) | Value::Set(elements) => elements.len(),
        Value::Map(entries) => entries.len(),
        _ => return None,
    };
    u64::try_from(length).ok()
}
