//! What single calls cost: CPU and allocations for each read and plan, memory before and after many, what an
//! ACL policy adds, the lint of large ACLs.
//!
//! `cargo bench --bench calls` prints one table, with the ratio to each budget. The release binary is driven over the real
//! handshake; what is counted within it is counted by calling the library in this process. The API is the sandbox, a
//! process of its own.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench prints, and stops where it cannot measure"
)]

mod allocations;
mod driver;
mod lint;
#[allow(
    dead_code,
    unused_imports,
    reason = "tests start the provider in more ways"
)]
#[path = "../../tests/it/host/mod.rs"]
mod plugin_host;
mod policy;
mod process;
#[path = "../stage/mod.rs"]
mod stage;

use stage::arguments::Arguments;
use stage::table::Table;

fn main() {
    let arguments = Arguments::read(&[], &["--only"]);
    let wanted = |part: &str| arguments.value("--only").is_none_or(|only| only == part);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let provider = arguments.provider();
    let mut table = Table::begin();
    if wanted("process") {
        process::measure(&runtime, &provider, &mut table);
    }
    if wanted("allocations") {
        allocations::measure(&runtime, &provider, &mut table);
    }
    if wanted("policy") {
        policy::measure(&runtime, &provider, &mut table);
    }
    if wanted("lint") {
        lint::measure(&mut table);
    }
    table.end();
}
