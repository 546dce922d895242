//! What core demands of schemas when it loads a provider; where one is broken it refuses the provider as a whole.

use std::collections::BTreeSet;

use crate::testing::messages::schema::{Attribute, Block, NestedBlock, nested_block, object};
use crate::testing::messages::{Function, ResourceIdentitySchema, Schema, function};
use crate::types::Type;

use super::types;
use crate::testing::Schemas;

/// Every broken rule in all that a provider says of itself.
pub fn all_problems(schemas: &Schemas) -> Vec<String> {
    let mut found = match &schemas.all.provider {
        Some(schema) => problems("provider", schema),
        None => vec!["provider: there is no schema of its own".to_owned()],
    };
    let resources = schemas.all.resource_schemas.iter();
    let data_sources = schemas.all.data_source_schemas.iter();
    let lists = schemas.all.list_resource_schemas.iter();
    for (name, schema) in resources.chain(data_sources).chain(lists) {
        found.extend(problems(name, schema));
    }
    for (name, schema) in &schemas.identities {
        found.extend(identity_problems(name, schema));
    }
    for (name, function) in &schemas.all.functions {
        found.extend(function_problems(name, function));
    }
    found
}

/// Every broken rule of a schema, each with the path of what breaks it.
pub fn problems(name: &str, schema: &Schema) -> Vec<String> {
    let mut found = Vec::new();
    if schema.version < 0 {
        found.push(format!("{name}: the version is negative"));
    }
    match &schema.block {
        Some(whole) => block(name, whole, &mut found),
        None => found.push(format!("{name}: there is no block")),
    }
    found
}

/// Every broken rule of an identity schema.
pub fn identity_problems(name: &str, schema: &ResourceIdentitySchema) -> Vec<String> {
    let mut found = Vec::new();
    if schema.version < 0 {
        found.push(format!("{name}: the version is negative"));
    }
    for attribute in &schema.identity_attributes {
        let path = format!("{name}.{}", attribute.name);
        let is_primitive = |ty: &Type| matches!(ty, Type::Bool | Type::Number | Type::String);
        match Type::from_json(&attribute.r#type) {
            Ok(Type::List(element)) if is_primitive(&element) => {}
            Ok(ty) if is_primitive(&ty) => {}
            _ => found.push(format!(
                "{path}: the type is neither primitive nor a list of one"
            )),
        }
        if attribute.required_for_import == attribute.optional_for_import {
            found.push(format!(
                "{path}: it must be either required or optional for import"
            ));
        }
    }
    found
}

/// Every broken rule of a function's signature.
pub fn function_problems(name: &str, function: &Function) -> Vec<String> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    if !is_identifier(name) {
        found.push(format!("{name}: the name is no identifier"));
    }
    let parameters = function.parameters.iter();
    for function::Parameter {
        name: parameter, ..
    } in parameters.chain(function.variadic_parameter.as_ref())
    {
        if !is_identifier(parameter) {
            found.push(format!("{name}({parameter}): the name is no identifier"));
        }
        if !seen.insert(parameter) {
            found.push(format!("{name}({parameter}): the name is used twice"));
        }
    }
    if function.r#return.is_none() {
        found.push(format!("{name}: there is no result"));
    }
    found
}

fn is_identifier(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|it| it.is_ascii_alphabetic())
        && letters.all(|it| it.is_ascii_alphanumeric() || it == '_' || it == '-')
}

fn is_name(name: &str) -> bool {
    let is_allowed = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_';
    !name.is_empty() && name.chars().all(is_allowed)
}

fn block(path: &str, whole: &Block, found: &mut Vec<String>) {
    if !whole.deprecated && !whole.deprecation_message.is_empty() {
        found.push(format!("{path}: a message of deprecation without one"));
    }
    let mut names = BTreeSet::new();
    let attributes = whole.attributes.iter().map(|it| &it.name);
    for name in attributes.chain(whole.block_types.iter().map(|it| &it.type_name)) {
        if !is_name(name) {
            found.push(format!("{path}.{name}: a name is of [a-z0-9_]"));
        }
        if !names.insert(name) {
            found.push(format!("{path}.{name}: the name is used twice"));
        }
    }
    for it in &whole.attributes {
        attribute(&format!("{path}.{}", it.name), it, found);
        if whole.computed && !it.computed {
            found.push(format!(
                "{path}.{}: not computed in a computed block",
                it.name
            ));
        }
    }
    for nested in &whole.block_types {
        nested_block(&format!("{path}.{}", nested.type_name), nested, found);
        if whole.computed && !types::inner(nested).computed {
            let name = &nested.type_name;
            found.push(format!("{path}.{name}: not computed in a computed block"));
        }
    }
}

fn nested_block(path: &str, nested: &NestedBlock, found: &mut Vec<String>) {
    use nested_block::NestingMode;
    let Some(inner) = &nested.block else {
        found.push(format!("{path}: there is no block"));
        return;
    };
    let (min, max) = (nested.min_items, nested.max_items);
    let limits_are_right = match nested.nesting() {
        NestingMode::Single => min == max && (min == 0 || min == 1),
        NestingMode::Group | NestingMode::Map => min == 0 && max == 0,
        NestingMode::List | NestingMode::Set => {
            min >= 0 && max >= 0 && (max == 0 || min <= max) && (min == 0 || !inner.computed)
        }
        NestingMode::Invalid => false,
    };
    if !limits_are_right {
        found.push(format!("{path}: nesting mode and limits do not fit"));
    }
    if nested.nesting() == NestingMode::Group && inner.computed {
        found.push(format!("{path}: a group cannot be computed"));
    }
    if nested.nesting() == NestingMode::Set {
        elements_of_set(path, &inner.attributes, &inner.block_types, found);
    }
    block(path, inner, found);
}

fn attribute(path: &str, it: &Attribute, found: &mut Vec<String>) {
    let modes = (it.required, it.optional, it.computed);
    if !matches!(
        modes,
        (true, false, false) | (false, true, _) | (false, false, true)
    ) {
        found.push(format!(
            "{path}: it is neither required, nor optional, nor computed, or several of them"
        ));
    }
    if it.r#type.is_empty() == it.nested_type.is_none() {
        found.push(format!(
            "{path}: it must have either a type or a nested type"
        ));
        return;
    }
    if !it.deprecated && !it.deprecation_message.is_empty() {
        found.push(format!("{path}: a message of deprecation without one"));
    }
    let Some(nested) = &it.nested_type else {
        if let Err(error) = Type::from_json(&it.r#type) {
            found.push(format!("{path}: {error}"));
        }
        return;
    };
    if nested.nesting() == object::NestingMode::Invalid {
        found.push(format!("{path}: there is no nesting mode"));
    }
    if nested.nesting() == object::NestingMode::Set {
        elements_of_set(path, &nested.attributes, &[], found);
    }
    for inner in &nested.attributes {
        attribute(&format!("{path}.{}", inner.name), inner, found);
    }
}

/// A set tells its elements apart by their values, so that each must have a type, and a value that is kept.
fn elements_of_set(
    path: &str,
    attributes: &[Attribute],
    blocks: &[NestedBlock],
    found: &mut Vec<String>,
) {
    for it in attributes {
        if it.write_only {
            found.push(format!("{path}.{}: write-only in a set", it.name));
        }
        if Type::from_json(&it.r#type).is_ok_and(|ty| is_dynamic(&ty)) {
            found.push(format!("{path}.{}: dynamic in a set", it.name));
        }
        if let Some(nested) = &it.nested_type {
            elements_of_set(path, &nested.attributes, &[], found);
        }
    }
    for nested in blocks {
        let inner = types::inner(nested);
        elements_of_set(path, &inner.attributes, &inner.block_types, found);
    }
}

fn is_dynamic(ty: &Type) -> bool {
    match ty {
        Type::Dynamic => true,
        Type::Bool | Type::Number | Type::String => false,
        Type::List(element) | Type::Set(element) | Type::Map(element) => is_dynamic(element),
        Type::Tuple(elements) => elements.iter().any(is_dynamic),
        Type::Object(attributes) => attributes.values().any(is_dynamic),
    }
}
