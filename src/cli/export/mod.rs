//! `terraform-provider-vonage export`: configuration and `import` blocks for what an account has.

mod command;
mod document;
mod hcl;
mod labels;
mod output;

pub(super) use command::{ExportArgs, run};
