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
mod clis;
mod clock;
mod conformance;
mod core;
mod deferral;
mod demo;
mod descriptions;
mod export;
mod fuzzing;
mod generated;
mod handshake;
mod host;
mod install;
mod lifecycle;
mod limits;
mod logs;
mod lookups;
mod model;
mod network;
mod probe;
mod reattach;
mod references;
mod registry_docs;
mod release;
mod replicas;
mod sandbox_defaults;
mod sandbox_docs;
mod services;
mod sources;
mod supply_chain;
#[path = "../support/mod.rs"]
mod support;
mod upgrade;
mod values;
mod wire;
mod workspace;
