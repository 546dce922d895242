//! The list resources, by which `terraform query` finds what exists, one file each.

mod sip_domain;
mod sip_domain_user;

use std::sync::Arc;

use tfplugin::list_resource::ListResource;

use super::session::Session;

/// Every list resource.
pub(super) fn all(session: &Arc<Session>) -> Vec<Arc<dyn ListResource>> {
    vec![
        Arc::new(sip_domain::SipDomain::new(Arc::clone(session))),
        Arc::new(sip_domain_user::SipDomainUser::new(Arc::clone(session))),
    ]
}
