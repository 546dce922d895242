//! Integration tests: the built binary from outside, and the repository's own rules.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a panic is how a test fails, in its helpers too"
)]

mod absent;
mod ambiguous;
mod caller;
mod cancellation;
mod client;
/// Its CLIs and their installer are shell scripts.
#[cfg(unix)]
mod clis;
mod clock;
mod conformance;
mod core;
mod deferral;
/// It sends signals.
#[cfg(unix)]
mod demo;
mod descriptions;
mod export;
mod fuzzing;
mod generated;
mod handshake;
mod host;
/// It has another build made by a shell.
#[cfg(unix)]
mod install;
/// It sends signals, and has a shell make and limit what it starts.
#[cfg(unix)]
mod lifecycle;
/// It has a shell set limits.
#[cfg(unix)]
mod limits;
mod logs;
mod lookups;
mod model;
/// Elsewhere no variable says which authorities are trusted, and its servers have one of their own.
#[cfg(target_os = "linux")]
mod network;
mod probe;
/// It sends a signal.
#[cfg(unix)]
mod reattach;
mod references;
mod registry_docs;
/// It runs shell scripts.
#[cfg(unix)]
mod release;
mod replicas;
mod sandbox_defaults;
mod sandbox_docs;
mod schema;
mod services;
mod sources;
mod supply_chain;
#[path = "../support/mod.rs"]
mod support;
mod upgrade;
mod values;
mod wire;
mod workspace;
