//! Write-only attributes need a host that knows them: any other would keep their values in plan and state.

use crate::tfplugin::diagnostics::Diagnostics;
use crate::tfplugin::generated::ClientCapabilities;
use crate::tfplugin::path::AttributePath;
use crate::tfplugin::schema::{Attribute, AttributeKind, Block};
use crate::tfplugin::value::Value;

/// An error at each write-only attribute that is set, where the host does not say that it knows such attributes.
pub(super) fn refuse(
    block: &Block,
    config: &Value,
    host: Option<&ClientCapabilities>,
) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    if host.is_some_and(|host| host.write_only_attributes_allowed) {
        return diagnostics;
    }
    for (path, name) in set_in_block(block, config, &AttributePath::default()) {
        diagnostics.error(
            path,
            "Write-only attributes are not supported",
            format!(
                "`{name}` is write-only: its value reaches the provider and is kept in no plan and no state. That needs \
                 Terraform 1.11 or OpenTofu 1.11, or newer, and this host does not support it. Upgrade it, or leave \
                 `{name}` out."
            ),
        );
    }
    diagnostics
}

type Found = Vec<(AttributePath, String)>;

fn set_in_block(block: &Block, value: &Value, path: &AttributePath) -> Found {
    let mut found = set_in_attributes(&block.attributes, value, path);
    for nested in &block.blocks {
        let path = path.clone().attribute(&nested.name);
        found.extend(set_in_each(
            value.attribute(&nested.name),
            &path,
            &|value, path| set_in_block(&nested.block, value, path),
        ));
    }
    found
}

fn set_in_attributes(attributes: &[Attribute], object: &Value, path: &AttributePath) -> Found {
    let mut found = Vec::new();
    for attribute in attributes {
        let value = object.attribute(&attribute.name);
        let path = path.clone().attribute(&attribute.name);
        if attribute.write_only && !value.is_null() {
            found.push((path, attribute.name.clone()));
        } else if let AttributeKind::Nested(_, nested) = &attribute.kind {
            found.extend(set_in_each(value, &path, &|value, path| {
                set_in_attributes(nested, value, path)
            }));
        }
    }
    found
}

/// Looks into an object, or into each object of a list or map. A schema has no write-only attributes within sets.
fn set_in_each(
    value: &Value,
    path: &AttributePath,
    look: &dyn Fn(&Value, &AttributePath) -> Found,
) -> Found {
    match value {
        Value::Object(_) => look(value, path),
        Value::List(elements) => elements
            .iter()
            .enumerate()
            .flat_map(|(index, element)| look(element, &path.clone().index(index)))
            .collect(),
        Value::Map(entries) => entries
            .iter()
            .flat_map(|(key, element)| look(element, &path.clone().key(key)))
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tfplugin::schema::{BlockNesting, NestedBlock, ObjectNesting};

    fn block() -> Block {
        let secret = || Attribute::string("secret_wo").write_only();
        Block {
            attributes: vec![
                Attribute::string("name"),
                secret(),
                Attribute::nested("one", ObjectNesting::Single, vec![secret()]),
                Attribute::nested("by_key", ObjectNesting::Map, vec![secret()]),
            ],
            blocks: vec![NestedBlock {
                name: "many".to_owned(),
                nesting: BlockNesting::List,
                block: Block {
                    attributes: vec![secret()],
                    ..Block::default()
                },
            }],
            ..Block::default()
        }
    }

    fn paths(config: &Value, host: Option<&ClientCapabilities>) -> Vec<String> {
        refuse(&block(), config, host)
            .iter()
            .map(|problem| problem.path.to_string())
            .collect()
    }

    fn config(secret: &Value) -> Value {
        let inner = || Value::object([("secret_wo", secret.clone())]);
        let by_key = [("a".to_owned(), inner())].into_iter().collect();
        Value::object([
            ("name", "acme".into()),
            ("secret_wo", secret.clone()),
            ("one", inner()),
            ("by_key", Value::Map(by_key)),
            ("many", Value::List(vec![inner(), inner()])),
        ])
    }

    #[test]
    fn each_one_that_is_set_is_an_error_at_its_own_path() {
        let everywhere = [
            "secret_wo",
            "one.secret_wo",
            "by_key[\"a\"].secret_wo",
            "many[0].secret_wo",
            "many[1].secret_wo",
        ];
        let old = ClientCapabilities::default();
        for value in ["hush".into(), Value::UNKNOWN] {
            assert_eq!(paths(&config(&value), None), everywhere);
            assert_eq!(paths(&config(&value), Some(&old)), everywhere);
        }
    }

    #[test]
    fn one_that_is_not_set_is_nothing_to_any_host() {
        assert_eq!(paths(&config(&Value::Null), None), [""; 0]);
    }

    #[test]
    fn a_host_that_knows_them_may_set_them() {
        let host = ClientCapabilities {
            write_only_attributes_allowed: true,
            ..ClientCapabilities::default()
        };
        assert_eq!(paths(&config(&"hush".into()), Some(&host)), [""; 0]);
    }
}
