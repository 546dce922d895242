//! What an operation is told of its request.

use std::sync::Arc;

use super::store::ObjectId;
use crate::request::Request;
use crate::switches::{Switches, WriteKind};
use crate::timeline::{Delay, Effect, Snapshot};

/// A request, and what its response depends on beside the store.
pub(super) struct Call {
    pub(super) request: Request,
    pub(super) switches: Arc<Switches>,
    /// Where it looks: the rules of writes at what was written, reads at what is visible.
    pub(super) at: Option<Snapshot>,
    /// Another one for each response with an `acl`, for the echo that shuffles.
    pub(super) number: usize,
}

impl Call {
    /// When reads show a write.
    pub(super) fn effect(&self, id: &ObjectId, kind: WriteKind) -> Effect {
        let switches = &self.switches;
        Effect::After(Delay {
            first: switches.visibility_delay.of(kind, id.key.is_some()),
            behind: switches.replica_lag.0 + switches.list_lag.0,
        })
    }
}
