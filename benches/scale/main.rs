//! Requests and time of plans, applies and destroys of many domains, by a real host on the sandbox.
//!
//! `cargo bench --bench scale` prints one table, with the ratio to each budget, for up to 1,000 domains. After `--`:
//! `--full` measures 10,000 as well; `--most N` fewer; `--only refresh`, `writes`, `batch`, `limits` or `peer` one part;
//! `--peer PATH` measures another provider of the same resource beside this
//! one; `--provider PATH` another build of this one. Every server listens on loopback, and ends with the bench.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench prints, and stops where it cannot measure"
)]

mod batch;
mod limits;
mod peer;
mod refresh;
#[path = "../stage/mod.rs"]
mod stage;
mod writes;

use std::path::{Path, PathBuf};

use stage::arguments::Arguments;
use stage::host::Cli;
use stage::table::Table;

/// Numbers of domains.
const COUNTS: [usize; 5] = [1, 10, 100, 1_000, 10_000];
/// How long the API takes to answer.
const LATENCIES: [&str; 2] = ["0ms", "50ms"];

/// What the parts of the bench have in common.
struct Bench {
    cli: Cli,
    provider: PathBuf,
    table: Table,
    counts: Vec<usize>,
}

fn main() {
    let arguments = Arguments::read(&["--full"], &["--most", "--only", "--peer", "--provider"]);
    let most = if arguments.has("--full") {
        10_000
    } else {
        arguments.number("--most").unwrap_or(1_000)
    };
    let cli = Cli::find();
    println!(
        "{}, parallelism 10, a limit of 1,000 requests a second unless said otherwise\n",
        cli.version
    );
    let mut bench = Bench {
        cli,
        provider: arguments.provider(),
        table: Table::begin(),
        counts: COUNTS.into_iter().filter(|count| *count <= most).collect(),
    };
    let wanted = |part: &str| arguments.value("--only").is_none_or(|only| only == part);
    if wanted("refresh") {
        refresh::measure(&mut bench);
    }
    if wanted("writes") {
        writes::measure(&mut bench);
    }
    if wanted("batch") {
        batch::measure(&mut bench);
    }
    if wanted("limits") {
        limits::measure(&mut bench);
    }
    if let Some(peer) = arguments.value("--peer").filter(|_| wanted("peer")) {
        peer::measure(&mut bench, Path::new(peer));
    }
    bench.table.end();
}

/// A number as a person writes it.
fn grouped(number: usize) -> String {
    if number < 1_000 {
        return number.to_string();
    }
    format!("{},{:03}", grouped(number / 1_000), number % 1_000)
}
