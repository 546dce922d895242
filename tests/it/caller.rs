//! Where an async helper was called, for failures within it: `#[track_caller]` says nothing of an `async fn`.

use std::{future::Future, panic::Location, thread};

/// The future of a helper that is a `#[track_caller]`; a panic in it is followed by the line that called the helper.
#[track_caller]
pub(crate) fn called_here<F: Future>(future: F) -> impl Future<Output = F::Output> {
    let caller = Caller(Location::caller());
    async move {
        let _caller = caller;
        future.await
    }
}

struct Caller(&'static Location<'static>);

impl Drop for Caller {
    #[expect(clippy::print_stderr, reason = "the harness shows it with the failure")]
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("called at {}", self.0);
        }
    }
}
