//! When the process ends, and what it finishes before.
//!
//! There are two steps. First the process is *ending*: whoever works should come to a good end, and calls are still
//! served. Then it is *closing*: nothing new is accepted, and what still runs has [`DRAIN`] left. Shutdown and the
//! loss of the host are both steps at once; a signal leaves time between them for the calls that run.

use std::future::Future;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How long work may go on after closing. The host kills a plugin 2 s after it asked for the end.
pub(super) const DRAIN: Duration = Duration::from_millis(1500);

/// How long a signal leaves to the calls that run.
const TERMINATION_GRACE: Duration = Duration::from_secs(30);

/// The course of one served process, shared by the plugin's server and the provider's service.
///
/// The service spawns on [`work`](Self::work) what must not be cut off with its connection (a write in flight), and
/// winds it down when [`ending`](Self::ending) is cancelled.
#[derive(Clone, Debug, Default)]
pub(super) struct Lifecycle {
    ending: CancellationToken,
    closing: CancellationToken,
    work: TaskTracker,
}

impl Lifecycle {
    /// Cancelled when the process is about to end: start nothing new, finish what cannot be left half done.
    pub(super) fn ending(&self) -> &CancellationToken {
        &self.ending
    }

    /// Work that the end waits for, within bounds. Each call counts as work by itself, until its answer is sent.
    pub(super) fn work(&self) -> &TaskTracker {
        &self.work
    }

    /// Cancelled when connections must end.
    pub(super) fn closing(&self) -> &CancellationToken {
        &self.closing
    }

    /// Ends the process now: the host asked for it.
    pub(super) fn close(&self) {
        self.ending.cancel();
        self.closing.cancel();
    }

    /// Returns when the process is closing, for whichever reason comes first.
    ///
    /// `next_signal` waits for a signal that asks for the end. The first leaves running calls their grace, the
    /// second does not.
    pub(super) async fn until_closing(
        &self,
        next_signal: impl AsyncFnMut(),
        host_gone: impl Future<Output = ()>,
    ) {
        tokio::select! {
            () = self.closing.cancelled() => {}
            () = host_gone => {}
            () = self.end_on_signal(next_signal) => {}
        }
        self.close();
    }

    async fn end_on_signal(&self, mut next_signal: impl AsyncFnMut()) {
        next_signal().await;
        self.ending.cancel();
        // A closed tracker still takes work, and can be waited for.
        self.work.close();
        tokio::select! {
            () = self.work.wait() => {}
            () = tokio::time::sleep(TERMINATION_GRACE) => {}
            () = next_signal() => {}
        }
    }

    /// Waits for connections and work, but not longer than [`DRAIN`].
    pub(super) async fn drain(&self, connections: &TaskTracker) {
        connections.close();
        self.work.close();
        let finished = async {
            connections.wait().await;
            self.work.wait().await;
        };
        // Nobody is left to be told about what was not finished.
        let _ = tokio::time::timeout(DRAIN, finished).await;
    }
}

#[cfg(test)]
mod tests;
