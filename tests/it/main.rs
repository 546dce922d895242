//! Integration tests: the built binary from outside, and the repository's own rules.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a panic is how a test fails, in its helpers too"
)]

mod absent;
mod cancellation;
mod client;
mod conformance;
mod core;
mod deferral;
mod descriptions;
mod generated;
mod handshake;
mod host;
mod layering;
mod lifecycle;
mod logs;
mod lookups;
mod reattach;
mod sandbox_docs;
mod services;
mod upgrade;
mod wire;
