//! What starts a CLI with our provider on a sandbox: for the acceptance tests, `it` and the benches.
#![allow(dead_code, reason = "each of them uses its part")]

pub(crate) mod cli;
pub(crate) mod http_server;
#[cfg(unix)]
pub(crate) mod program;
pub(crate) mod sandbox;
pub(crate) mod settings;
pub(crate) mod working_directory;
