//! Write-only attributes need a host that knows them: any other would keep their values in plan and state.

use super::generated::ClientCapabilities;
use super::walk::{self, Found};
use crate::diagnostics::Diagnostics;
use crate::schema::Block;
use crate::value::Value;

/// An error at each write-only attribute that is set, where the host does not say that it knows such attributes.
pub(super) fn refuse(
    block: &Block,
    config: &Value,
    host: Option<&ClientCapabilities>,
) -> Diagnostics {
    if host.is_some_and(|host| host.write_only_attributes_allowed) {
        return Diagnostics::new();
    }
    let set = walk::find(block, config, &|attribute, value| {
        attribute.write_only && !value.is_null()
    });
    let error = |(path, attribute): Found<'_>| {
        let name = &attribute.name;
        let detail = format!(
            "`{name}` is write-only: its value reaches the provider and is kept in no plan and no state. That needs \
             Terraform 1.11 or OpenTofu 1.11, or newer, and this host does not support it. Upgrade it, or leave \
             `{name}` out."
        );
        Diagnostics::error_at(path, "Write-only attributes are not supported", detail)
    };
    set.into_iter().map(error).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Attribute, BlockNesting, NestedBlock, ObjectNesting};

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
        for value in ["hush".into(), Value::Unknown] {
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
