//! What all calls share: the provider, its catalog, and the practitioner's wish to stop.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio_util::sync::CancellationToken;

use super::catalog::Catalog;
use super::generated as wire;
use crate::provider::{Context, Deferral, Provider};

/// What all calls share.
pub(super) struct Shared {
    provider: Arc<dyn Provider>,
    catalog: OnceLock<Catalog>,
    /// Cancelled when the process is about to end.
    ending: CancellationToken,
    /// Cancelled by `StopProvider` and then replaced: the host may go on to call, and later calls are not stopped.
    stop: Mutex<CancellationToken>,
}

impl Shared {
    pub(super) fn new(provider: Arc<dyn Provider>, ending: CancellationToken) -> Self {
        let stop = Mutex::new(ending.child_token());
        Self {
            provider,
            catalog: OnceLock::new(),
            ending,
            stop,
        }
    }

    /// Not made at start-up: a host starts the provider several times for one command, and not always asks it something.
    pub(super) fn catalog(&self) -> &Catalog {
        self.catalog.get_or_init(|| Catalog::of(&self.provider))
    }

    /// What surrounds a call that begins now, from a host of these capabilities.
    pub(super) fn context(&self, host: Option<wire::ClientCapabilities>) -> Context {
        Context {
            cancel: self.stop_token().clone(),
            deferral_allowed: host.is_some_and(|host| host.deferral_allowed),
        }
    }

    /// The message that a call must wait, where it must and the host takes that for an answer.
    pub(super) fn deferred(&self, context: &Context) -> Option<wire::Deferred> {
        let deferral = self
            .provider
            .deferral()
            .filter(|_| context.deferral_allowed)?;
        let reason = match deferral {
            Deferral::ProviderConfigUnknown => wire::deferred::Reason::ProviderConfigUnknown,
        };
        Some(wire::Deferred {
            reason: reason.into(),
        })
    }

    /// Asks all running calls to come to an end.
    pub(super) fn stop(&self) {
        let mut token = self.stop_token();
        token.cancel();
        *token = self.ending.child_token();
    }

    fn stop_token(&self) -> MutexGuard<'_, CancellationToken> {
        // Nothing can panic while the lock is held; a token has no state that could be half-written.
        self.stop.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
