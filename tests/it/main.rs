//! Integration tests: the built binary from outside, and the repository's own rules.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a panic is how a test fails, in its helpers too"
)]

mod absent;
mod ambiguous;
mod cancellation;
mod client;
mod clock;
mod conformance;
mod core;
mod deferral;
mod demo_picture;
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
mod reattach;
mod registry_docs;
mod release;
mod replicas;
mod sandbox_defaults;
mod sandbox_docs;
mod services;
mod sources;
mod supply_chain;
mod upgrade;
mod values;
mod wire;
mod workspace;
