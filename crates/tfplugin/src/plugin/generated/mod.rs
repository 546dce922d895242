//! The services that go-plugin's host expects, as tonic generates them; `tests/it/generated.rs` writes them.

#[allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::pedantic,
    clippy::allow_attributes_without_reason,
    reason = "generated code"
)]
#[rustfmt::skip]
pub mod plugin;

#[allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::pedantic,
    clippy::allow_attributes_without_reason,
    reason = "generated code"
)]
#[rustfmt::skip]
#[path = "grpc.health.v1.rs"]
pub mod health;
