//! What a panic leaves on standard error: never its message where that could hold a value, always its place.

use std::any::Any;
use std::cell::Cell;
use std::fmt;
use std::future::{Future, poll_fn};
use std::panic::{Location, PanicHookInfo};
use std::pin::pin;

use super::hclog::write_to_stderr;

thread_local! {
    /// Whether what runs on this thread right now catches its panics.
    static RECOVERED: Cell<bool> = const { Cell::new(false) };
}

/// Replaces the standard message of a panic.
///
/// A panic that nobody catches becomes a line that starts with `panic: `, from which Terraform knows that the plugin
/// has crashed. One of a call is an ordinary line of the log, as the process goes on.
pub fn install_panic_hook() {
    std::panic::set_hook(Box::new(report));
}

/// Runs a future whose panics its caller catches, so that they are not reported as a crash.
pub(crate) async fn recovered<F: Future>(call: F) -> F::Output {
    let mut call = pin!(call);
    poll_fn(|context| {
        let _mark = Mark::set();
        call.as_mut().poll(context)
    })
    .await
}

/// Sets [`RECOVERED`] for its lifetime, which a panic ends too.
struct Mark {
    before: bool,
}

impl Mark {
    fn set() -> Self {
        Self {
            before: RECOVERED.replace(true),
        }
    }
}

impl Drop for Mark {
    fn drop(&mut self) {
        RECOVERED.set(self.before);
    }
}

fn report(info: &PanicHookInfo<'_>) {
    let description = describe(info.payload(), info.location());
    if RECOVERED.get() {
        tracing::error!("a call panicked: {description}");
    } else {
        write_to_stderr(format!("panic: {description}\n").as_bytes());
    }
}

/// The place, and the message where it is a literal. A formatted message may hold anything.
fn describe(payload: &dyn Any, place: Option<&Location<'_>>) -> String {
    let place: &dyn fmt::Display = match place {
        Some(place) => place,
        None => &"an unknown place",
    };
    match payload.downcast_ref::<&'static str>() {
        Some(message) => format!("{message}, at {place}"),
        None => format!("at {place}"),
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use futures_util::FutureExt as _;

    use super::*;

    #[test]
    fn a_literal_message_is_told() {
        let place = Location::caller();
        let text = describe(&"lost the plan", Some(place));
        assert_eq!(text, format!("lost the plan, at {place}"));
    }

    #[test]
    fn a_formatted_message_is_withheld() {
        let payload = format!("the secret is {}", 42);
        let text = describe(&payload, Some(Location::caller()));
        assert!(
            !text.contains("secret") && text.contains("panic.rs"),
            "{text}"
        );
    }

    #[test]
    fn a_panic_counts_as_recovered_only_while_the_call_runs() {
        let inside = recovered(async { RECOVERED.get() }).now_or_never();
        assert_eq!(inside, Some(true));
        assert!(!RECOVERED.get());
        let panicking = recovered(async { panic!("on purpose") });
        let caught = catch_unwind(AssertUnwindSafe(|| panicking.now_or_never()));
        assert!(caught.is_err());
        assert!(!RECOVERED.get());
    }
}
