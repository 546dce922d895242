//! What all calls share: the provider, its catalog, and the practitioner's wish to stop.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio_util::sync::CancellationToken;

use super::catalog::Catalog;
use crate::tfplugin::provider::{Context, Provider};

/// What all calls share.
pub(super) struct Shared {
    pub(super) provider: Arc<dyn Provider>,
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
        self.catalog.get_or_init(|| Catalog::of(&*self.provider))
    }

    /// What surrounds a call that begins now.
    pub(super) fn context(&self) -> Context {
        Context {
            cancel: self.stop_token().clone(),
        }
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
