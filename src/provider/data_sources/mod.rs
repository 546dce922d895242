//! The data sources, one file each.

mod domain;
mod sip_domain;
mod sip_domain_users;
mod sip_domains;

use std::sync::Arc;

use tfplugin::data_source::DataSource;

use super::session::Session;

/// Every data source.
pub(super) fn all(session: &Arc<Session>) -> Vec<Arc<dyn DataSource>> {
    vec![
        Arc::new(sip_domain::SipDomain(Arc::clone(session))),
        Arc::new(sip_domain_users::SipDomainUsers(Arc::clone(session))),
        Arc::new(sip_domains::SipDomains(Arc::clone(session))),
    ]
}
