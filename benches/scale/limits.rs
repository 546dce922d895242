//! How well an API's rate limit is used, whether the provider was told it or not.

use serde_json::json;

use super::stage::account::Account;
use super::stage::domains::FIRST;
use super::stage::host::Workspace;
use super::stage::table::real;
use super::{Bench, grouped};

const CREATES: usize = 300;
/// How much longer the creates may take than the limit alone makes them.
const CREATES_BUDGET: f64 = 1.5;
const READS: usize = 1_000;
const READS_LIMIT: usize = 15;
const READS_BUDGET: f64 = 1.5;

pub(super) fn measure(bench: &mut Bench) {
    for limit in [3, 15] {
        for own in [limit, 1_000] {
            creates(bench, limit, own);
        }
    }
    plan(bench);
}

fn creates(bench: &mut Bench, limit: usize, own: usize) {
    let account = Account::with(&bench.provider, 0);
    account.switch(&json!({ "rate_limit": limit }));
    let workspace = Workspace::new(&bench.cli, &bench.provider, &account)
        .with("VONAGE_MAX_REQUESTS_PER_SECOND", &own.to_string());
    workspace.configure(CREATES, FIRST);
    let seconds = workspace.apply().wall.as_secs_f64();
    assert_eq!(account.domains(), CREATES);
    let requests = account.requests();
    bench.table.budgeted(
        format!(
            "{CREATES} creates where the API allows {limit} a second, own limit {} ({} requests, {} refused)",
            grouped(own),
            requests.all,
            requests.refused
        ),
        seconds,
        " s",
        CREATES_BUDGET * real(CREATES) / real(limit),
    );
}

fn plan(bench: &mut Bench) {
    let account = Account::with(&bench.provider, READS);
    let seconds = |limit: Option<usize>| {
        account.reset();
        account.switch(&json!({ "rate_limit": limit }));
        let workspace = Workspace::new(&bench.cli, &bench.provider, &account);
        workspace.configure(READS, FIRST);
        workspace.settle(READS);
        workspace.plan().wall.as_secs_f64()
    };
    let [free, limited] = [seconds(None), seconds(Some(READS_LIMIT))];
    bench.table.budgeted(
        format!(
            "plan of {} where the API allows {READS_LIMIT} a second; without a limit {free:.1} s",
            grouped(READS)
        ),
        limited,
        " s",
        READS_BUDGET * free,
    );
}
