//! What users can rely on, out of the provider's own schemas: names, types and rules, but no descriptions.

use std::collections::BTreeMap;

use serde_json::json;
use terraform_provider_vonage::Vonage;
use terraform_provider_vonage::env::ProcessEnvironment;
use tfplugin::function::{Parameter, Signature};
use tfplugin::provider::Provider as _;
use tfplugin::schema::{Attribute, AttributeKind, Block, IdentitySchema, Mode, Schema};
use tfplugin::testing::codec;

use super::{Facts, Json};

pub(super) fn of_the_provider() -> Facts {
    let provider = Vonage::new(ProcessEnvironment);
    let mut facts = Facts::new();
    add_schema("provider", &provider.schema(), &mut facts);
    for resource in provider.resources() {
        let name = resource.type_name();
        add_schema(&format!("resource {name}"), &resource.schema(), &mut facts);
        if let Some(identity) = resource.identity_schema() {
            add_identity(&format!("identity {name}"), &identity, &mut facts);
        }
    }
    for source in provider.data_sources() {
        add_schema(
            &format!("data {}", source.type_name()),
            &source.schema(),
            &mut facts,
        );
    }
    for list in provider.list_resources() {
        add_schema(
            &format!("list {}", list.type_name()),
            &list.schema(),
            &mut facts,
        );
    }
    for function in provider.functions() {
        let path = format!("function {}", function.name());
        add(&path, of_signature(&function.signature()), &mut facts);
    }
    facts
}

/// Adds what holds for one path. What does not hold is left out.
fn add<const N: usize>(path: &str, all: [(&str, Json); N], facts: &mut Facts) {
    let holds = |value: &Json| !matches!(value, Json::Null | Json::Bool(false));
    let all = all.into_iter().filter(|(_, value)| holds(value));
    let all: BTreeMap<_, _> = all.map(|(name, value)| (name.to_owned(), value)).collect();
    facts.insert(path.to_owned(), all);
}

fn add_schema(path: &str, schema: &Schema, facts: &mut Facts) {
    let deprecated = schema.block.deprecated.is_some();
    let all = [
        ("version", json!(schema.version)),
        ("deprecated", json!(deprecated)),
    ];
    add(path, all, facts);
    add_members(path, &schema.block, facts);
}

fn add_members(path: &str, block: &Block, facts: &mut Facts) {
    for attribute in &block.attributes {
        add_attribute(path, attribute, facts);
    }
    for nested in &block.blocks {
        let path = format!("{path}.{}", nested.name);
        let all = [
            (
                "block",
                json!(format!("{:?}", nested.nesting).to_lowercase()),
            ),
            ("deprecated", json!(nested.block.deprecated.is_some())),
        ];
        add(&path, all, facts);
        add_members(&path, &nested.block, facts);
    }
}

fn add_attribute(parent: &str, attribute: &Attribute, facts: &mut Facts) {
    let path = format!("{parent}.{}", attribute.name);
    let (ty, attributes) = match &attribute.kind {
        AttributeKind::Plain(ty) => (ty.to_json_value(), &[][..]),
        AttributeKind::Nested(nesting, attributes) => {
            let nesting = format!("{nesting:?}").to_lowercase();
            (json!(["nested", nesting]), &attributes[..])
        }
    };
    let mode = match attribute.mode {
        Mode::Required => "required",
        Mode::Optional => "optional",
        Mode::OptionalComputed => "optional_computed",
        Mode::Computed => "computed",
    };
    let default = attribute.default.as_ref();
    let all = [
        ("type", ty),
        ("mode", json!(mode)),
        ("sensitive", json!(attribute.sensitive)),
        ("write_only", json!(attribute.write_only)),
        ("requires_replace", json!(attribute.requires_replace)),
        (
            "default",
            json!(default.map(|value| codec::to_json(value).unwrap())),
        ),
        ("deprecated", json!(attribute.deprecated.is_some())),
    ];
    add(&path, all, facts);
    for nested in attributes {
        add_attribute(&path, nested, facts);
    }
}

fn add_identity(path: &str, schema: &IdentitySchema, facts: &mut Facts) {
    add(path, [("version", json!(schema.version))], facts);
    for attribute in &schema.attributes {
        let mode = if attribute.required_for_import {
            "required"
        } else {
            "optional"
        };
        let all = [
            ("type", attribute.ty.to_json_value()),
            ("mode", json!(mode)),
        ];
        add(&format!("{path}.{}", attribute.name), all, facts);
    }
}

fn of_signature(signature: &Signature) -> [(&'static str, Json); 3] {
    let of_parameter = |parameter: &Parameter| {
        json!({
            "type": parameter.ty.to_json_value(),
            "allow_null": parameter.allow_null,
            "allow_unknown": parameter.allow_unknown,
        })
    };
    let parameters: Vec<_> = signature.parameters.iter().map(of_parameter).collect();
    [
        ("parameters", json!(parameters)),
        (
            "variadic",
            json!(signature.variadic.as_ref().map(of_parameter)),
        ),
        ("result", signature.result.to_json_value()),
    ]
}
