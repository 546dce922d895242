//! Schemas to their messages.

use crate::schema::{
    Attribute, AttributeKind, Block, BlockNesting, IdentitySchema, Mode, NestedBlock,
    ObjectNesting, Schema,
};
use crate::server::generated as wire;
use crate::types::Type;

/// The message of a schema.
pub(crate) fn to_wire(schema: &Schema) -> wire::Schema {
    wire::Schema {
        version: schema.version,
        block: Some(block_to_wire(&schema.block, schema.version)),
    }
}

/// The message of an identity schema.
pub(crate) fn identity_to_wire(schema: &IdentitySchema) -> wire::ResourceIdentitySchema {
    let attributes = schema.attributes.iter().map(|attribute| {
        wire::resource_identity_schema::IdentityAttribute {
            name: attribute.name.clone(),
            r#type: attribute.ty.to_json().into(),
            required_for_import: attribute.required_for_import,
            optional_for_import: !attribute.required_for_import,
            description: attribute.description.clone(),
        }
    });
    wire::ResourceIdentitySchema {
        version: schema.version,
        identity_attributes: attributes.collect(),
    }
}

fn block_to_wire(block: &Block, version: i64) -> wire::schema::Block {
    wire::schema::Block {
        version,
        attributes: block.attributes.iter().map(attribute_to_wire).collect(),
        block_types: block.blocks.iter().map(nested_block_to_wire).collect(),
        description: block.description.clone(),
        description_kind: wire::StringKind::Markdown.into(),
        deprecated: block.deprecated.is_some(),
        deprecation_message: block.deprecated.clone().unwrap_or_default(),
        computed: false,
    }
}

fn nested_block_to_wire(nested: &NestedBlock) -> wire::schema::NestedBlock {
    use wire::schema::nested_block::NestingMode;
    let nesting = match nested.nesting {
        BlockNesting::Single => NestingMode::Single,
        BlockNesting::List => NestingMode::List,
        BlockNesting::Set => NestingMode::Set,
    };
    wire::schema::NestedBlock {
        type_name: nested.name.clone(),
        block: Some(block_to_wire(&nested.block, 0)),
        nesting: nesting.into(),
        // A single block must have min = max, of 0 where it may be left out.
        min_items: 0,
        max_items: 0,
    }
}

fn attribute_to_wire(attribute: &Attribute) -> wire::schema::Attribute {
    // Exactly one of the two may be set, or the host refuses the whole provider.
    let (plain, nested) = match &attribute.kind {
        AttributeKind::Plain(ty) => (Some(ty), None),
        AttributeKind::Nested(nesting, attributes) => {
            (None, Some(object_to_wire(*nesting, attributes)))
        }
    };
    wire::schema::Attribute {
        name: attribute.name.clone(),
        r#type: plain.map(Type::to_json).unwrap_or_default().into(),
        nested_type: nested,
        description: attribute.description.clone(),
        description_kind: wire::StringKind::Markdown.into(),
        required: attribute.mode == Mode::Required,
        optional: matches!(attribute.mode, Mode::Optional | Mode::OptionalComputed),
        computed: attribute.is_computed(),
        sensitive: attribute.sensitive,
        write_only: attribute.write_only,
        deprecated: attribute.deprecated.is_some(),
        deprecation_message: attribute.deprecated.clone().unwrap_or_default(),
    }
}

fn object_to_wire(nesting: ObjectNesting, attributes: &[Attribute]) -> wire::schema::Object {
    use wire::schema::object::NestingMode;
    let nesting = match nesting {
        ObjectNesting::Single => NestingMode::Single,
        ObjectNesting::List => NestingMode::List,
        ObjectNesting::Set => NestingMode::Set,
        ObjectNesting::Map => NestingMode::Map,
    };
    wire::schema::Object {
        attributes: attributes.iter().map(attribute_to_wire).collect(),
        nesting: nesting.into(),
        ..wire::schema::Object::default()
    }
}
