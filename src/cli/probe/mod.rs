//! `terraform-provider-vonage probe`: what an account's real APIs answer where the documents leave it open.

mod command;
mod file;
mod table;

pub(super) use command::{ProbeArgs, run};
