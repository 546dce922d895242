//! The messages and the service of `proto/tfplugin6.proto`, as tonic generates them; `tests/it/generated.rs` writes them.

#[allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::pedantic,
    clippy::allow_attributes_without_reason,
    reason = "generated code"
)]
#[rustfmt::skip]
mod tfplugin6;

#[allow(unreachable_pub, reason = "only the feature `testing` shows them")]
pub use tfplugin6::*;
