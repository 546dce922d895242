//! The functions: pure, offline, and strict about what they are given.

mod acl_argument;
mod acl_contains;
mod acl_size;
mod rewrite_acl;
mod sip_uri;

use std::sync::Arc;

use tfplugin::function::Function;
use tfplugin::value::Value;

pub(super) fn all() -> Vec<Arc<dyn Function>> {
    vec![
        Arc::new(acl_contains::AclContains),
        Arc::new(acl_size::AclSize),
        Arc::new(rewrite_acl::MERGE_ACL),
        Arc::new(rewrite_acl::NORMALIZE_ACL),
        Arc::new(sip_uri::SipUri),
    ]
}

/// The argument at a position; null where there is none, which the server does not let happen.
fn argument(arguments: &[Value], position: usize) -> &Value {
    arguments.get(position).unwrap_or(&Value::Null)
}

/// The text of an argument of type string, which the server has checked.
fn text(arguments: &[Value], position: usize) -> &str {
    argument(arguments, position).as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests;
