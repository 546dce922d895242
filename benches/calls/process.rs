//! CPU time and memory of the built binary, as a host sees them.

use std::path::Path;
use std::time::Duration;

use tfplugin::testing::Connection;
use tokio::runtime::Runtime;
use vonage_sandbox::{API_KEY, API_SECRET};

use crate::driver::Driver;
use crate::plugin_host::{Plugin, Start};
use crate::stage::account::Account;
use crate::stage::kind::Kind;
use crate::stage::process::{cpu, memory};
use crate::stage::table::{Table, median, real};
use crate::stage::{applications, domains};

/// In microseconds for each call.
const CPU: f64 = 150.0;
/// In MiB: at the handshake, after 1,000 reads, after 10,000.
const AT_HANDSHAKE: f64 = 6.0;
const AFTER_1_000: f64 = 16.0;
const AFTER_10_000: f64 = 40.0;
/// For 1,000 applications, of which a page of the list has 100.
const REQUESTS: f64 = 13.0;
/// Processes that are measured with ten domains each.
const ROUNDS: usize = 15;
/// How often all domains are read and planned again, to see what is kept.
const AGAIN: usize = 4;

/// A provider that serves, and its host.
pub(crate) struct Served {
    plugin: Plugin,
    driver: Driver<Connection>,
    resident_at_handshake: f64,
}

impl Served {
    /// With these variables besides those that lead to the account.
    pub(crate) async fn start(
        account: &Account,
        kind: &Kind,
        count: usize,
        variables: &[(&str, String)],
    ) -> Self {
        let mut start = Start::as_terraform()
            .with("VONAGE_BASE_URL", &account.url())
            .with("VONAGE_API_KEY", API_KEY)
            .with("VONAGE_API_SECRET", API_SECRET)
            .with("VONAGE_MAX_REQUESTS_PER_SECOND", "1000");
        for (name, value) in variables {
            start = start.with(name, value);
        }
        let plugin = start.run().await;
        let resident_at_handshake = resident(&plugin);
        let driver = Driver::configured(plugin.provider().await, kind, count).await;
        Self {
            plugin,
            driver,
            resident_at_handshake,
        }
    }

    /// CPU time of reading all domains, and of planning all.
    pub(crate) async fn pass(&self) -> [Duration; 2] {
        let pid = pid(&self.plugin);
        let begin = cpu(pid);
        self.driver.read_all().await;
        let read = cpu(pid);
        self.driver.plan_all().await;
        [read.saturating_sub(begin), cpu(pid).saturating_sub(read)]
    }

    /// All CPU time so far.
    pub(crate) fn cpu(&self) -> Duration {
        cpu(pid(&self.plugin))
    }

    pub(crate) async fn end(self) {
        drop(self.driver);
        assert!(self.plugin.shut_down().await.status.success());
    }
}

fn pid(plugin: &Plugin) -> u32 {
    plugin.pid().as_raw().unsigned_abs()
}

fn resident(plugin: &Plugin) -> f64 {
    let kib = memory(pid(plugin), "VmRSS").unwrap();
    f64::from(u32::try_from(kib).unwrap()) / 1024.0
}

pub(crate) fn measure(runtime: &Runtime, provider: &Path, table: &mut Table) {
    runtime.block_on(async {
        few(provider, table).await;
        many(provider, table, 1_000, AFTER_1_000).await;
        many(provider, table, 10_000, AFTER_10_000).await;
        of_applications(provider, table).await;
    });
}

/// New processes, with all that is done at the first call only.
async fn few(provider: &Path, table: &mut Table) {
    const COUNT: usize = 10;
    let account = Account::with(provider, COUNT);
    let [mut reads, mut plans, mut residents] = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        let served = Served::start(&account, &domains::KIND, COUNT, &[]).await;
        residents.push(served.resident_at_handshake);
        let [read, plan] = served.pass().await;
        reads.push(micros(read, COUNT));
        plans.push(micros(plan, COUNT));
        served.end().await;
    }
    table.budgeted(
        "resident memory at the handshake",
        median(residents),
        " MiB",
        AT_HANDSHAKE,
    );
    tell(table, COUNT, median(reads), median(plans));
}

async fn many(provider: &Path, table: &mut Table, count: usize, most: f64) {
    let account = Account::with(provider, count);
    let served = Served::start(&account, &domains::KIND, count, &[]).await;
    let [read, plan] = served.pass().await;
    tell(table, count, micros(read, count), micros(plan, count));
    let first = resident(&served.plugin);
    table.budgeted(
        format!("resident memory after {count} reads and plans"),
        first,
        " MiB",
        most,
    );
    for _ in 0..AGAIN {
        served.pass().await;
    }
    table.row(
        format!("resident memory after {AGAIN} times as many again"),
        format!("{:.2} MiB", resident(&served.plugin)),
    );
    served.end().await;
}

async fn of_applications(provider: &Path, table: &mut Table) {
    const COUNT: usize = 1_000;
    let account = Account::of(provider, &applications::KIND, COUNT);
    let served = Served::start(&account, &applications::KIND, COUNT, &[]).await;
    let passed = served.pass().await;
    for (what, time) in ["read", "plan"].into_iter().zip(passed) {
        table.budgeted(
            format!("provider's CPU for each {what} of {COUNT} applications"),
            micros(time, COUNT),
            " µs",
            CPU,
        );
    }
    let requests = account.requests().all;
    let what = format!("requests for {COUNT} reads of applications");
    table.budgeted(what, real(requests), "", REQUESTS);
    served.end().await;
}

fn micros(time: Duration, calls: usize) -> f64 {
    time.as_secs_f64() * 1e6 / real(calls)
}

fn tell(table: &mut Table, count: usize, read: f64, plan: f64) {
    for (what, measured) in [("read", read), ("plan", plan)] {
        table.budgeted(
            format!("provider's CPU for each {what} of {count}"),
            measured,
            " µs",
            CPU,
        );
    }
}
