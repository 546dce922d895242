//! What an operation is told of its request.

use std::sync::Arc;

use crate::request::Request;
use crate::store::ObjectId;
use crate::switches::{Switches, WriteKind};
use crate::timeline::{Delay, Effect, Snapshot};

/// A request, and what its response depends on beside the store.
pub(crate) struct Call {
    pub(crate) request: Request,
    pub(crate) switches: Arc<Switches>,
    /// Where it looks: the rules of writes at what was written, reads at what is visible.
    pub(crate) at: Option<Snapshot>,
    /// Another one for each request that needs one, for what would otherwise need randomness.
    pub(crate) number: usize,
}

impl Call {
    /// When reads show a write.
    pub(crate) fn effect(&self, id: &ObjectId, kind: WriteKind) -> Effect {
        let switches = &self.switches;
        Effect::After(Delay {
            first: switches.visibility_delay.of(kind, id.kind.parent.is_some()),
            behind: switches.replica_lag.0 + switches.list_lag.0,
        })
    }
}
