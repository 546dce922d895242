//! Schemas that core refuses.

use crate::testing::messages::schema::{Attribute, NestedBlock, nested_block};
use crate::testing::messages::{
    Function, ResourceIdentitySchema, Schema, function, resource_identity_schema,
};
use crate::types::Type;

use super::{expect, schema};
use crate::testing::rules::schema as rules;

/// The attribute of this name.
fn attribute<'a>(schema: &'a mut Schema, name: &str) -> &'a mut Attribute {
    let attributes = &mut schema.block.as_mut().unwrap().attributes;
    attributes.iter_mut().find(|it| it.name == name).unwrap()
}

/// The attribute `given` of the objects of a nested attribute.
fn inner<'a>(schema: &'a mut Schema, name: &str) -> &'a mut Attribute {
    &mut attribute(schema, name)
        .nested_type
        .as_mut()
        .unwrap()
        .attributes[0]
}

/// The nested block of this number: one, a list, a set.
fn block(schema: &mut Schema, number: usize) -> &mut NestedBlock {
    &mut schema.block.as_mut().unwrap().block_types[number]
}

type Break = fn(&mut Schema);

#[test]
fn each_broken_rule_of_a_schema_is_found() {
    let breaks: [(&str, Break); 22] = [
        ("", |_| {}),
        ("version is negative", |it| it.version = -1),
        ("no block", |it| it.block = None),
        ("[a-z0-9_]", |it| {
            attribute(it, "optional").name = "Optional".to_owned();
        }),
        ("used twice", |it| {
            attribute(it, "optional").name = "list_block".to_owned();
        }),
        ("neither required", |it| {
            attribute(it, "optional").optional = false;
        }),
        ("neither required", |it| {
            attribute(it, "optional").required = true;
        }),
        ("neither required", |it| {
            attribute(it, "required").computed = true;
        }),
        ("either a type", |it| {
            attribute(it, "list").r#type = Type::Bool.to_json().into();
        }),
        ("either a type", |it| {
            attribute(it, "optional").r#type = b"".to_vec().into();
        }),
        ("not JSON", |it| {
            attribute(it, "optional").r#type = b"string".to_vec().into();
        }),
        ("deprecation", |it| {
            attribute(it, "optional").deprecation_message = "x".to_owned();
        }),
        ("nesting mode", |it| {
            attribute(it, "list").nested_type.as_mut().unwrap().nesting = 0;
        }),
        ("write-only in a set", |it| {
            inner(it, "set").write_only = true;
        }),
        ("dynamic in a set", |it| {
            inner(it, "set").r#type = Type::Dynamic.list().to_json().into();
        }),
        ("", |it| inner(it, "list").write_only = true),
        ("do not fit", |it| block(it, 0).max_items = 1),
        ("do not fit", |it| block(it, 0).nesting = 0),
        ("do not fit", |it| {
            block(it, 1).min_items = 3;
            block(it, 1).max_items = 2;
        }),
        ("do not fit", |it| {
            block(it, 1).nesting = nested_block::NestingMode::Map.into();
            block(it, 1).max_items = 1;
        }),
        ("write-only in a set", |it| {
            block(it, 2).block.as_mut().unwrap().attributes[0].write_only = true;
        }),
        ("not computed in a computed block", |it| {
            block(it, 1).block.as_mut().unwrap().computed = true;
        }),
    ];
    let whole = schema();
    for (expected, make_wrong) in breaks {
        let mut schema = whole.clone();
        make_wrong(&mut schema);
        expect("schema", &rules::problems("it", &schema), expected);
    }
}

#[test]
fn each_broken_rule_of_an_identity_schema_is_found() {
    let attribute = |ty: &Type, required: bool, optional: bool| ResourceIdentitySchema {
        version: 0,
        identity_attributes: vec![resource_identity_schema::IdentityAttribute {
            name: "name".to_owned(),
            r#type: ty.to_json().into(),
            required_for_import: required,
            optional_for_import: optional,
            description: String::new(),
        }],
    };
    let negative = ResourceIdentitySchema {
        version: -1,
        ..attribute(&Type::Bool, false, true)
    };
    for (expected, schema) in [
        ("", attribute(&Type::String, true, false)),
        ("", attribute(&Type::Number.list(), true, false)),
        ("negative", negative),
        (
            "neither primitive",
            attribute(&Type::String.set(), true, false),
        ),
        (
            "neither primitive",
            attribute(&Type::object([]), true, false),
        ),
        (
            "neither primitive",
            attribute(&Type::Bool.list().list(), true, false),
        ),
        ("either required", attribute(&Type::String, true, true)),
        ("either required", attribute(&Type::String, false, false)),
    ] {
        expect(
            "identity",
            &rules::identity_problems("it", &schema),
            expected,
        );
    }
}

#[test]
fn each_broken_rule_of_a_function_is_found() {
    let function = |parameters: &[&str], has_result: bool| Function {
        parameters: parameters
            .iter()
            .map(|name| function::Parameter {
                name: (*name).to_owned(),
                ..Default::default()
            })
            .collect(),
        r#return: has_result.then(function::Return::default),
        ..Default::default()
    };
    for (name, function, expected) in [
        ("f", function(&["a", "b"], true), ""),
        ("1f", function(&[], true), "the name is no identifier"),
        ("f", function(&["a b"], true), "f(a b)"),
        ("f", function(&["a", "a"], true), "used twice"),
        ("f", function(&[], false), "no result"),
    ] {
        expect(name, &rules::function_problems(name, &function), expected);
    }
}
