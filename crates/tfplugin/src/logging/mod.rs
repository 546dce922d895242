//! Logs in the form that the host understands (hclog's JSON lines on standard error), and what a panic leaves there.
//!
//! The host filters once more by its own settings; what it has not asked for is not even formatted here.

mod hclog;
mod level;
mod panic;

use tracing_subscriber::layer::SubscriberExt as _;

use crate::env::Environment;

pub use panic::{install_panic_hook, recovered};

/// Tells a person at a terminal, in a line of standard error, what went wrong while a command goes on.
pub fn complain(what: &str) {
    hclog::write_to_stderr(format!("{what}\n").as_bytes());
}

/// Starts logging at the level that the environment asks for; does nothing where it asks for none.
///
/// `provider_type` is the provider's own name, as in `TF_LOG_PROVIDER_<TYPE>`, and `provider_crate` the name of the crate
/// whose events are logged beside those of this one. Only the first call in a process counts.
pub fn init(provider_type: &str, provider_crate: &'static str, environment: &dyn Environment) {
    let Some(level) = level::asked_for(provider_type, environment) else {
        return;
    };
    let clock = std::time::SystemTime::now;
    let layer = hclog::Layer::new(level, provider_crate, clock, hclog::write_to_stderr);
    // A second subscriber is refused, and the first goes on.
    let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(layer));
}
