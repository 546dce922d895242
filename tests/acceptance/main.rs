//! Acceptance tests: real Terraform and OpenTofu drive the built provider against the sandbox.
//!
//! Each scenario is a trial on the first CLI that can run it, and on every CLI where that makes a difference. What decides:
//!
//! - `TF_ACC_CLIS`: paths of CLIs, comma separated; nothing else is looked for then.
//! - Otherwise `terraform` and `tofu` on `PATH`, and those that `scripts/clis` has put into the user's cache. Where there
//!   is none, `scripts/clis` gets one now if Python or Go is there; if not, every scenario counts as ignored.
//! - `TF_ACC=0`: every scenario counts as ignored.
//! - `TF_ACC_DEEP=1`: everything runs on every CLI, and the matrix goes through the values one at a time.
//! - `TF_ACC_PROVIDER_DIR`: a folder with another build of the provider, such as `target/release`.
//! - `TF_ACC_KEEP=1`: the folder of a failed trial is kept, and named in its message.
//! - `TF_ACC_RESTART=1`: every scenario, not only the core, runs with a sandbox that is stopped between the steps and
//!   started again from its state file.
//! - `TF_ACC_PAIRS=1`: the core runs under 200 pairs of values of the sandbox's switches, instead of all else. Another
//!   number draws other pairs.
//! - `TF_ACC_LIVE=1`: the scenarios for a real account, instead of all else, on the account of `VONAGE_API_KEY` and
//!   `VONAGE_API_SECRET`; in the end, what they have left is removed.
//! - `CI=true`: a run without a CLI fails, and so does a scenario that is too new for every CLI found.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and says why it was not run"
)]
#![cfg_attr(
    not(unix),
    allow(dead_code, reason = "some scenarios are for Unix alone")
)]

mod examples;
mod live;
mod matrix;
mod scenario;
mod scenarios;
mod suite;
#[path = "../support/mod.rs"]
mod support;
mod workspace;

use std::{process::ExitCode, thread::available_parallelism};

use libtest_mimic::{Arguments, Trial};
use support::{cli, sandbox, settings};

use crate::{settings::Settings, suite::Suite};

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    let settings = Settings::from_process();
    // A good part of a trial is waiting. A real account has one guest at a time.
    let threads = available_parallelism().map_or(2, |cores| 6 * cores.get());
    let threads = if settings.live { 1 } else { threads };
    arguments.test_threads.get_or_insert(threads);
    scenario::record_panics();
    let suite = match suite(&arguments, settings) {
        Ok(suite) => suite,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::FAILURE;
        }
    };
    let conclusion = libtest_mimic::run(&arguments, suite.all());
    if suite.is_without_cli() && conclusion.num_ignored > 0 {
        eprintln!("The scenarios were ignored: {}.\n", cli::NONE);
    }
    if suite.settings.live
        && !arguments.list
        && let Err(error) = live::sweep(&suite.settings)
    {
        eprintln!("Something may be left in the account: {error}.");
        return ExitCode::FAILURE;
    }
    conclusion.exit_code()
}

/// What the run is made from, or why it fails as a whole.
fn suite(arguments: &Arguments, settings: Settings) -> Result<Suite, String> {
    let mut suite = Suite {
        clis: Vec::new(),
        settings,
    };
    if !suite.settings.enabled {
        return Ok(suite);
    }
    suite.clis = cli::discover(&suite.settings)?;
    let is_wanted = |trial: &Trial| !arguments.list && !arguments.is_filtered_out(trial);
    if suite.clis.is_empty() && suite.all().iter().any(is_wanted) {
        suite.clis = cli::install(&suite.settings)?;
        if suite.clis.is_empty() && suite.settings.continuous_integration {
            return Err(cli::NONE.to_owned());
        }
    }
    Ok(suite)
}
