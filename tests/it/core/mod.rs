//! Terraform's core as this provider and a made-up one meet it: whatever is configured, it accepts what becomes of it.

mod domain;
mod fake;
mod properties;
pub(crate) mod random;
