//! The way through a configuration by its schema, to the attributes that a rule is about.

use crate::path::{AttributePath, Step};
use crate::schema::{Attribute, AttributeKind, Block};
use crate::value::Value;

/// An attribute of one object, with its path as far as the protocol can tell it.
pub(super) type Found<'a> = (AttributePath, &'a Attribute);

/// Whether an attribute with this value is looked for.
pub(super) type Rule<'r> = &'r dyn Fn(&Attribute, &Value) -> bool;

/// Finds attributes of the block, and of each object within it that is there and known.
pub(super) fn find<'a>(block: &'a Block, config: &Value, rule: Rule<'_>) -> Vec<Found<'a>> {
    let mut found = in_attributes(&block.attributes, config, rule);
    for nested in &block.blocks {
        let value = config.attribute(&nested.name);
        let look = |object: &Value| find(&nested.block, object, rule);
        found.extend(in_objects(&nested.name, value, &look));
    }
    found
}

fn in_attributes<'a>(
    attributes: &'a [Attribute],
    object: &Value,
    rule: Rule<'_>,
) -> Vec<Found<'a>> {
    let mut found = Vec::new();
    let Value::Object(_) = object else {
        return found;
    };
    for attribute in attributes {
        let value = object.attribute(&attribute.name);
        if rule(attribute, value) {
            found.push((AttributePath::root(&attribute.name), attribute));
        }
        if let AttributeKind::Nested(_, nested) = &attribute.kind {
            let look = |object: &Value| in_attributes(nested, object, rule);
            found.extend(in_objects(&attribute.name, value, &look));
        }
    }
    found
}

/// What is found in the object, or in each object of the collection, that is called `name`.
fn in_objects<'a>(
    name: &str,
    value: &Value,
    look: &dyn Fn(&Value) -> Vec<Found<'a>>,
) -> Vec<Found<'a>> {
    let found = match value {
        Value::List(elements) => {
            let elements = elements.iter().enumerate();
            let found = elements.flat_map(|(index, it)| within(&Step::at(index), look(it)));
            found.collect()
        }
        Value::Map(entries) => {
            let entries = entries.iter();
            let found = entries.flat_map(|(key, it)| within(&Step::Key(key.clone()), look(it)));
            found.collect()
        }
        // The protocol has no path into an element of a set, so that it ends there.
        Value::Set(elements) => {
            let found = elements.iter().flat_map(look);
            let at_set = |(_, attribute)| (AttributePath::default(), attribute);
            found.map(at_set).collect()
        }
        object => look(object),
    };
    within(&Step::Attribute(name.to_owned()), found)
}

/// The same from one step further out.
fn within<'a>(step: &Step, found: Vec<Found<'a>>) -> Vec<Found<'a>> {
    let found = found.into_iter();
    found
        .map(|(path, attribute)| (path.within(step.clone()), attribute))
        .collect()
}
