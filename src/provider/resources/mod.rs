//! The managed resources, one folder each.

pub(super) mod application;
pub(super) mod number_link;
pub(super) mod sip_domain;
pub(super) mod sip_domain_user;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use tfplugin::resource::Resource;

use super::session::Session;

pub(super) fn all(session: &Arc<Session>) -> Vec<Arc<dyn Resource>> {
    vec![
        Arc::new(application::Application(Arc::clone(session))),
        Arc::new(number_link::NumberLink(Arc::clone(session))),
        Arc::new(sip_domain::SipDomain(Arc::clone(session))),
        Arc::new(sip_domain_user::SipDomainUser(Arc::clone(session))),
    ]
}
