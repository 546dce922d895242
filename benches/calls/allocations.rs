//! Allocations of single calls, and what of them is left afterwards; the client's side of each call is in it.

use std::collections::BTreeMap;
use std::path::Path;

use allocation_counter::{AllocationInfo, measure as counted};
use terraform_provider_vonage::Vonage;
use tfplugin::server;
use tfplugin::testing::messages::provider_client::ProviderClient;
use tfplugin::testing::messages::stop_provider;
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use vonage_sandbox::Options;

use crate::driver::Driver;
use crate::stage::account::Account;
use crate::stage::domains::KIND;
use crate::stage::support::sandbox::variables;
use crate::stage::support::working_directory::REQUEST_RATE;
use crate::stage::table::{Table, real};

const COUNT: usize = 1_000;
/// Bytes that may be left of each call.
const KEPT: f64 = 1.0;

pub(crate) fn measure(runtime: &Runtime, provider: &Path, table: &mut Table) {
    let account = Account::with(provider, COUNT);
    let rate = (REQUEST_RATE, "1000".to_owned());
    let environment = variables(account.url(), &Options::default()).into_iter();
    let environment = environment.chain([rate]);
    let environment: BTreeMap<String, String> = environment
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let service = server::service(
        Vonage::new(environment),
        TaskTracker::new(),
        &CancellationToken::new(),
    );
    let client = ProviderClient::new(service);
    let mut idle = client.clone();
    let driver = runtime.block_on(Driver::configured(client, &KIND, COUNT));
    // Once before counting, so that what is made once is there.
    runtime.block_on(async {
        driver.read_all().await;
        driver.plan_all().await;
    });
    let nothing = counted(|| {
        runtime.block_on(async {
            for _ in 0..COUNT {
                let request = stop_provider::Request::default();
                idle.stop_provider(request).await.unwrap();
            }
        });
    });
    tell(table, "call that does nothing", &nothing);
    tell(
        table,
        "read",
        &counted(|| runtime.block_on(driver.read_all())),
    );
    tell(
        table,
        "plan",
        &counted(|| runtime.block_on(driver.plan_all())),
    );
}

fn tell(table: &mut Table, what: &str, counted: &AllocationInfo) {
    let for_each = |total: u64| real(usize::try_from(total).unwrap()) / real(COUNT);
    table.row(
        format!("allocations for each {what}, and their bytes"),
        format!(
            "{:.1}, {:.0}",
            for_each(counted.count_total),
            for_each(counted.bytes_total)
        ),
    );
    let kept = usize::try_from(counted.bytes_current.max(0)).unwrap();
    table.budgeted(
        format!("bytes kept of each {what}"),
        real(kept) / real(COUNT),
        "",
        KEPT,
    );
}
