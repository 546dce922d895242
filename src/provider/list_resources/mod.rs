//! The list resources, by which `terraform query` finds what exists, one file each.

mod sip_domain;
mod sip_domain_user;

use std::sync::Arc;

use tfplugin::list_resource::{ListResource, Listed};
use tfplugin::value::Value;

use super::session::Session;

/// Every list resource.
pub(super) fn all(session: &Arc<Session>) -> Vec<Arc<dyn ListResource>> {
    vec![
        Arc::new(sip_domain::SipDomain(Arc::clone(session))),
        Arc::new(sip_domain_user::SipDomainUser(Arc::clone(session))),
    ]
}

/// Objects as they are listed: people call each by its attribute `name`.
fn listed(objects: Vec<Value>, name: &str) -> Vec<Listed> {
    let listed = objects.into_iter().map(|object| {
        let name = object.string_field(name).known().unwrap_or_default();
        Listed {
            display_name: name.to_owned(),
            object,
        }
    });
    listed.collect()
}
