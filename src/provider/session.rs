//! What a configured provider shares with its resources: the APIs, the domain that SIP hosts end in, and the ACL policy.

use std::sync::{Arc, PoisonError, RwLock};

use tfplugin::diagnostics::Diagnostics;

use super::acl_policy::AclPolicy;
use super::planned_domains::PlannedDomains;
use super::planned_names::PlannedNames;
use super::private_data::Fingerprint;
use crate::vonage::Api;

/// What the calls of one provider process share.
#[derive(Default)]
pub(super) struct Session {
    /// Replaced as a whole when a host configures the provider again; `None` before it does, as in validation.
    configured: RwLock<Option<Configured>>,
    pub(super) planned_domains: PlannedDomains,
    pub(super) planned_names: PlannedNames,
}

/// What a configuration of the provider comes to.
#[derive(Clone)]
pub(super) struct Configured {
    pub(super) access: Access,
    /// The domain that SIP hosts end in; `None` where it is not known yet.
    pub(super) sip_base_domain: Option<String>,
    pub(super) acl_policy: Arc<AclPolicy>,
}

/// The APIs, or why there is none.
#[derive(Clone)]
pub(super) enum Access {
    Ready(Arc<Api>),
    /// These attributes have values that will only be known when something else has been applied, which is fine while planning.
    Unknown(Vec<&'static str>),
}

impl Session {
    pub(super) fn configure(&self, configured: Configured) {
        let present = self.configured.write();
        *present.unwrap_or_else(PoisonError::into_inner) = Some(configured);
    }

    pub(super) fn is_unknown(&self) -> bool {
        let access = self.configured().map(|it| it.access);
        matches!(access, Some(Access::Unknown(_)))
    }

    /// The domain that SIP hosts end in; `None` where it is not known yet.
    pub(super) fn sip_base_domain(&self) -> Option<String> {
        self.configured()?.sip_base_domain
    }

    /// What ACLs must keep to; nothing before the provider is configured.
    pub(super) fn acl_policy(&self) -> Arc<AclPolicy> {
        let configured = self.configured();
        configured.map(|it| it.acl_policy).unwrap_or_default()
    }

    /// The APIs for a read, which can do without while planning.
    pub(super) fn access(&self) -> Result<Access, Diagnostics> {
        let configured = self.configured().ok_or_else(|| {
            Diagnostics::from_error(
                "The provider is not configured",
                "Terraform asked for something that needs the API before it configured the provider. \
                 Please report this with the command that you ran.",
            )
        })?;
        Ok(configured.access)
    }

    /// The APIs for a write, which cannot do without.
    pub(super) fn api(&self) -> Result<Arc<Api>, Diagnostics> {
        match self.access()? {
            Access::Ready(api) => Ok(api),
            Access::Unknown(attributes) => Err(Diagnostics::from_error(
                "The provider's configuration is not known",
                format!(
                    "{} of the provider block is not known yet, so nothing can be sent to the API. Apply what it \
                     depends on first, for example with `-target`.",
                    list(&attributes)
                ),
            )),
        }
    }

    /// Of the API key that requests are sent with; `None` while nothing can be sent.
    pub(super) fn api_key(&self) -> Option<Fingerprint> {
        match self.configured()?.access {
            Access::Ready(api) => Some(Fingerprint::of(api.key())),
            Access::Unknown(_) => None,
        }
    }

    fn configured(&self) -> Option<Configured> {
        // Nothing can panic while the lock is held.
        let configured = self.configured.read();
        configured.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

pub(super) fn list(attributes: &[&str]) -> String {
    attributes
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
