//! Applies, updates and destroys of so many domains, waits included.

use super::stage::account::Account;
use super::stage::domains::{FIRST, LATER};
use super::stage::host::{Run, Workspace};
use super::stage::table::real;
use super::{Bench, LATENCIES, grouped};

pub(super) fn measure(bench: &mut Bench) {
    for latency in LATENCIES {
        for count in bench.counts.clone() {
            let account = Account::with(&bench.provider, 0);
            account.set_latency(latency);
            for (what, requests, run) in life(bench, &account, count) {
                bench.table.row(
                    format!(
                        "{what} of {} at {latency}: requests for each, time",
                        grouped(count)
                    ),
                    format!("{requests:.2}, {:.1} s", run.wall.as_secs_f64()),
                );
            }
        }
    }
}

/// Creates, updates and destroys so many domains; what each took, with its requests for each domain.
pub(super) fn life(
    bench: &Bench,
    account: &Account,
    count: usize,
) -> [(&'static str, f64, Run); 3] {
    let workspace = Workspace::new(&bench.cli, &bench.provider, account);
    let mut before = 0;
    let mut counted = |what: &'static str, run: Run| {
        let requests = account.requests().all;
        let for_each = real(requests - before) / real(count);
        before = requests;
        (what, for_each, run)
    };
    workspace.configure(count, FIRST);
    let created = counted("create", workspace.apply());
    assert_eq!(account.domains(), count);
    workspace.configure(count, LATER);
    let updated = counted("update", workspace.apply());
    let destroyed = counted("destroy", workspace.destroy());
    assert_eq!(account.domains(), 0);
    [created, updated, destroyed]
}
