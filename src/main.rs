//! The process: arguments and environment in, exit code out.

use std::process::ExitCode;

use terraform_provider_vonage::cli;
use terraform_provider_vonage::env::ProcessEnvironment;

fn main() -> ExitCode {
    cli::run(std::env::args_os(), ProcessEnvironment)
}
