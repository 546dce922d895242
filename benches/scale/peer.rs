//! Another provider of the same resource beside this one, in turns.

use std::path::Path;

use super::stage::account::Account;
use super::stage::domains::FIRST;
use super::stage::host::{Run, Workspace};
use super::stage::table::median;
use super::{Bench, grouped};

const COUNT: usize = 1_000;
const ROUNDS: usize = 3;
/// The part of the other one's CPU time that this one may take.
const BUDGET: f64 = 1.0 / 8.0;
/// In seconds, and in MiB.
const CPU: f64 = 0.8;
const PEAK: f64 = 16.0;

pub(super) fn measure(bench: &mut Bench, peer: &Path) {
    let account = Account::with(&bench.provider, COUNT);
    let plan = |provider: &Path| {
        account.reset();
        let workspace = Workspace::new(&bench.cli, provider, &account);
        workspace.configure(COUNT, FIRST);
        workspace.settle(COUNT);
        workspace.plan()
    };
    let [mut ours, mut theirs] = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        ours.push(plan(&bench.provider));
        theirs.push(plan(peer));
    }
    let [ours, theirs] = [ours, theirs].map(|runs| Middle::of(&runs));
    let what = format!("plan of {}", grouped(COUNT));
    let table = &mut bench.table;
    table.row(
        format!("{what} by the other provider: CPU of it"),
        format!("{:.2} s", theirs.cpu),
    );
    table.row(
        format!("{what} by the other provider: most memory"),
        format!("{:.1} MiB", theirs.peak),
    );
    table.row(
        format!("{what}: time, and by the other provider"),
        format!("{:.1} s, {:.1} s", ours.wall, theirs.wall),
    );
    table.budgeted(format!("{what}: CPU of the provider"), ours.cpu, " s", CPU);
    table.budgeted(
        format!("{what}: CPU, against an eighth of the other one's"),
        ours.cpu,
        " s",
        theirs.cpu * BUDGET,
    );
    table.budgeted(format!("{what}: most memory"), ours.peak, " MiB", PEAK);
}

/// The medians of some runs, in seconds and MiB.
struct Middle {
    wall: f64,
    cpu: f64,
    peak: f64,
}

impl Middle {
    fn of(runs: &[Run]) -> Self {
        let of = |value: fn(&Run) -> f64| median(runs.iter().map(value).collect());
        Self {
            wall: of(|run| run.wall.as_secs_f64()),
            cpu: of(|run| run.cpu.as_secs_f64()),
            peak: of(|run| f64::from(u32::try_from(run.peak).unwrap()) / 1024.0),
        }
    }
}
