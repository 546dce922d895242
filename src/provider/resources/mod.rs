//! The managed resources, one folder each.

mod sip_domain;

use std::sync::Arc;

use super::session::Session;
use crate::tfplugin::resource::Resource;

/// Every managed resource.
pub(super) fn all(session: &Arc<Session>) -> Vec<Arc<dyn Resource>> {
    vec![Arc::new(sip_domain::SipDomain::new(Arc::clone(session)))]
}
