//! The types of values, as the messages of a schema imply them. What [`schema`](super::schema) refuses has some type too.

use crate::testing::messages::attribute_path::step::Selector;
use crate::testing::messages::schema::{
    Attribute, Block, NestedBlock, Object, nested_block, object,
};
use crate::testing::messages::{AttributePath, ResourceIdentitySchema, Schema};
use crate::types::Type;

/// The type of an object of a schema.
pub fn of_schema(schema: &Schema) -> Type {
    of_block(schema.block.as_ref().unwrap_or(&EMPTY))
}

/// The type of an object of a block.
pub fn of_block(block: &Block) -> Type {
    let attributes = block.attributes.iter();
    let attributes = attributes.map(|it| (it.name.as_str(), of_attribute(it)));
    let blocks = block.block_types.iter();
    let blocks = blocks.map(|it| (it.type_name.as_str(), of_nested_block(it)));
    Type::object(attributes.chain(blocks))
}

/// The type of an attribute's value.
pub fn of_attribute(attribute: &Attribute) -> Type {
    match &attribute.nested_type {
        Some(nested) => of_object(nested),
        None => Type::from_json(&attribute.r#type).unwrap_or(Type::Dynamic),
    }
}

/// The type of an identity.
pub fn of_identity(schema: &ResourceIdentitySchema) -> Type {
    let attributes = schema.identity_attributes.iter();
    Type::object(attributes.map(|it| {
        let ty = Type::from_json(&it.r#type).unwrap_or(Type::Dynamic);
        (it.name.as_str(), ty)
    }))
}

/// Whether a path leads to something that objects of this type can have. An element of a set is named by its text.
pub fn has(ty: &Type, path: &AttributePath) -> bool {
    let mut ty = ty;
    !path.steps.is_empty()
        && path.steps.iter().all(|step| {
            let inner = match (ty, step.selector.as_ref()) {
                (Type::Object(types), Some(Selector::AttributeName(name))) => types.get(name),
                (Type::List(inner), Some(Selector::ElementKeyInt(_)))
                | (Type::Map(inner), Some(Selector::ElementKeyString(_))) => Some(&**inner),
                (Type::Set(inner), Some(Selector::ElementKeyString(_)))
                    if **inner == Type::String =>
                {
                    Some(&**inner)
                }
                _ => None,
            };
            inner.is_some_and(|inner| {
                ty = inner;
                true
            })
        })
}

/// What a nested block holds.
pub fn inner(nested: &NestedBlock) -> &Block {
    nested.block.as_ref().unwrap_or(&EMPTY)
}

static EMPTY: Block = Block {
    version: 0,
    attributes: Vec::new(),
    block_types: Vec::new(),
    description: String::new(),
    description_kind: 0,
    deprecated: false,
    deprecation_message: String::new(),
    computed: false,
};

fn of_nested_block(nested: &NestedBlock) -> Type {
    use nested_block::NestingMode;
    let block = of_block(inner(nested));
    match nested.nesting() {
        NestingMode::Single | NestingMode::Group | NestingMode::Invalid => block,
        NestingMode::List => block.list(),
        NestingMode::Set => block.set(),
        NestingMode::Map => block.map(),
    }
}

fn of_object(nested: &Object) -> Type {
    use object::NestingMode;
    let attributes = nested.attributes.iter();
    let object = Type::object(attributes.map(|it| (it.name.as_str(), of_attribute(it))));
    match nested.nesting() {
        NestingMode::Single | NestingMode::Invalid => object,
        NestingMode::List => object.list(),
        NestingMode::Set => object.set(),
        NestingMode::Map => object.map(),
    }
}
