//! Acceptance tests: real Terraform and OpenTofu drive the built provider against the sandbox.
//!
//! Each scenario runs on each CLI that is found, as a trial of its own. What decides about CLIs:
//!
//! - `TF_ACC_CLIS`: paths of CLIs, comma separated; nothing else is looked for then.
//! - Otherwise `terraform` and `tofu` on `PATH`, and those that `scripts/clis` has put into the user's cache.
//! - `TF_ACC=0`: every scenario counts as ignored.
//! - `TF_ACC_PROVIDER_DIR`: a folder with another build of the provider, such as `target/release`.
//! - `TF_ACC_KEEP=1`: the folder of a failed trial is kept, and named in its message.
//! - `TF_ACC_RESTART=1`: every scenario, not only the core, runs with a sandbox that is stopped between the steps and
//!   started again from its state file.
//! - `TF_ACC_MATRIX=all`: the core runs under each value of each switch of the sandbox on every CLI, not on one in turn;
//!   `TF_ACC_MATRIX=pairs`: it runs under 200 pairs of values, instead of all else. `TF_ACC_SEED` picks other pairs.
//! - `CI=true`: a scenario that is too new for every CLI found fails instead of being ignored.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod cli;
mod examples;
mod matrix;
mod sandbox;
mod scenario;
mod scenarios;
mod settings;
mod workspace;

use std::process::ExitCode;

use libtest_mimic::Arguments;

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Two at once keep two cores busy; more make the CLIs' start-up times add up to time-outs on small machines.
    arguments.test_threads.get_or_insert(2);
    scenario::record_panics();
    let trials = scenario::trials(&settings::Settings::from_process(), &scenarios::all());
    libtest_mimic::run(&arguments, trials).exit_code()
}
