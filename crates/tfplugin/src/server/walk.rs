//! The way through a configuration by its schema: each attribute of each object, with the path that leads there.

use crate::path::AttributePath;
use crate::schema::{Attribute, AttributeKind, Block};
use crate::value::Value;

/// An attribute of one object of a configuration.
pub(super) struct AttributeAt<'a> {
    pub(super) attribute: &'a Attribute,
    pub(super) value: &'a Value,
    object: &'a ObjectPath,
}

impl AttributeAt<'_> {
    /// The attribute's path.
    pub(super) fn path(&self) -> AttributePath {
        self.object.attribute(&self.attribute.name).0
    }
}

/// Looks at each attribute of the block, and of each object within it that is there and known.
pub(super) fn each_attribute(block: &Block, config: &Value, look: &mut dyn FnMut(AttributeAt<'_>)) {
    in_block(block, config, &ObjectPath::default(), look);
}

fn in_block(
    block: &Block,
    value: &Value,
    path: &ObjectPath,
    look: &mut dyn FnMut(AttributeAt<'_>),
) {
    let Value::Object(_) = value else { return };
    in_attributes(&block.attributes, value, path, look);
    for nested in &block.blocks {
        let path = path.attribute(&nested.name);
        each_object(value.attribute(&nested.name), &path, &mut |object, path| {
            in_block(&nested.block, object, path, look);
        });
    }
}

fn in_attributes(
    attributes: &[Attribute],
    object: &Value,
    path: &ObjectPath,
    look: &mut dyn FnMut(AttributeAt<'_>),
) {
    for attribute in attributes {
        let value = object.attribute(&attribute.name);
        look(AttributeAt {
            attribute,
            value,
            object: path,
        });
        if let AttributeKind::Nested(_, nested) = &attribute.kind {
            let path = path.attribute(&attribute.name);
            each_object(value, &path, &mut |object, path| {
                in_attributes(nested, object, path, look);
            });
        }
    }
}

/// Goes into an object, or into each object of a collection.
fn each_object(value: &Value, path: &ObjectPath, go: &mut dyn FnMut(&Value, &ObjectPath)) {
    let mut enter = |object: &Value, path: &ObjectPath| {
        if let Value::Object(_) = object {
            go(object, path);
        }
    };
    match value {
        Value::Object(_) => enter(value, path),
        Value::List(elements) => {
            for (index, element) in elements.iter().enumerate() {
                enter(element, &path.step(|path| path.index(index)));
            }
        }
        Value::Map(entries) => {
            for (key, element) in entries {
                enter(element, &path.step(|path| path.key(key)));
            }
        }
        Value::Set(elements) => {
            let path = ObjectPath(path.0.clone(), Reach::AtSet);
            for element in elements {
                enter(element, &path);
            }
        }
        _ => {}
    }
}

/// The path of an object, as far as the protocol can tell it.
#[derive(Default)]
struct ObjectPath(AttributePath, Reach);

/// Whether a path leads all the way.
#[derive(Clone, Copy, Default, PartialEq)]
enum Reach {
    #[default]
    Whole,
    /// It ends at a set: the protocol has no path into an element of one.
    AtSet,
}

impl ObjectPath {
    fn attribute(&self, name: &str) -> Self {
        self.step(|path| path.attribute(name))
    }

    fn step(&self, step: impl FnOnce(AttributePath) -> AttributePath) -> Self {
        let path = self.0.clone();
        match self.1 {
            Reach::Whole => Self(step(path), Reach::Whole),
            Reach::AtSet => Self(path, Reach::AtSet),
        }
    }
}
