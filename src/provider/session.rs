//! What a configured provider shares with its resources: the APIs, and the domain that SIP hosts end in.

use std::sync::{Arc, PoisonError, RwLock};

use tfplugin::diagnostics::Diagnostics;

use super::fingerprint::Fingerprint;
use super::planned_names::PlannedNames;
use crate::vonage::Api;

/// What the calls of one provider process share.
#[derive(Default)]
pub(super) struct Session {
    /// The present configuration; replaced as a whole when a host configures the provider again.
    state: RwLock<State>,
    /// What is planned for domains and users, by ID.
    pub(super) planned_names: PlannedNames,
}

#[derive(Clone, Default)]
enum State {
    /// Not configured yet, as in validation.
    #[default]
    Unconfigured,
    /// Configured with values that will only be known when something else has been applied.
    Unknown {
        attributes: Vec<&'static str>,
        sip_base_domain: Option<String>,
    },
    /// Ready for requests.
    Ready {
        api: Arc<Api>,
        sip_base_domain: String,
    },
}

/// The APIs, or why there is none.
pub(super) enum Access {
    /// Ready for requests.
    Ready(Arc<Api>),
    /// The configuration has unknown values, which is fine while planning. Names the attributes.
    Unknown(Vec<&'static str>),
}

impl Session {
    pub(super) fn set_api(&self, api: Api, sip_base_domain: String) {
        self.set(State::Ready {
            api: Arc::new(api),
            sip_base_domain,
        });
    }

    pub(super) fn set_unknown(
        &self,
        attributes: Vec<&'static str>,
        sip_base_domain: Option<String>,
    ) {
        self.set(State::Unknown {
            attributes,
            sip_base_domain,
        });
    }

    /// Whether it is configured with unknown values.
    pub(super) fn is_unknown(&self) -> bool {
        matches!(self.get(), State::Unknown { .. })
    }

    /// The domain that SIP hosts end in; `None` where it is not known yet.
    pub(super) fn sip_base_domain(&self) -> Option<String> {
        match self.get() {
            State::Unconfigured => None,
            State::Unknown {
                sip_base_domain, ..
            } => sip_base_domain,
            State::Ready {
                sip_base_domain, ..
            } => Some(sip_base_domain),
        }
    }

    /// The APIs for a read, which can do without while planning.
    pub(super) fn access(&self) -> Result<Access, Diagnostics> {
        match self.get() {
            State::Ready { api, .. } => Ok(Access::Ready(api)),
            State::Unknown { attributes, .. } => Ok(Access::Unknown(attributes)),
            State::Unconfigured => Err(Diagnostics::from_error(
                "The provider is not configured",
                "Terraform asked for something that needs the API before it configured the provider. \
                 Please report this with the command that you ran.",
            )),
        }
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
        match self.get() {
            State::Ready { api, .. } => Some(Fingerprint::of(api.key())),
            State::Unconfigured | State::Unknown { .. } => None,
        }
    }

    fn get(&self) -> State {
        // Nothing can panic while the lock is held.
        self.state
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn set(&self, state: State) {
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = state;
    }
}

/// Attribute names for a sentence.
pub(super) fn list(attributes: &[&str]) -> String {
    attributes
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
