//! Terraform's plugin protocol 6.

pub mod generated;
