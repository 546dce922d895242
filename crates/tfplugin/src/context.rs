//! What a call is told beside its request.

use tokio_util::sync::CancellationToken;

/// What surrounds one call.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Cancelled when the practitioner interrupts: start nothing more, finish what is under way.
    pub cancel: CancellationToken,
    /// Whether the host takes the answer that a call must wait for a later run; see
    /// [`Provider::deferral`](crate::provider::Provider::deferral).
    pub deferral_allowed: bool,
}
