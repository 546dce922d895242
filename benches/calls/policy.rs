//! What an ACL policy adds to a plan of many domains: its prefixes are read once, and each ACL is held against them.

use std::path::Path;

use tokio::runtime::Runtime;

use crate::process::Served;
use crate::stage::account::Account;
use crate::stage::domains::KIND;
use crate::stage::table::{Table, median};

const DOMAINS: usize = 1_000;
const PREFIXES: usize = 1_000;
/// How many times as much a plan may cost.
const FACTOR: f64 = 1.1;
const ROUNDS: usize = 15;

pub(crate) fn measure(runtime: &Runtime, provider: &Path, table: &mut Table) {
    let account = Account::with(provider, DOMAINS);
    let others = (1..PREFIXES).map(|number| format!("11.{}.{}.0/24", number / 250, number % 250));
    let allowed: Vec<String> = others.chain(["190.190.190.0/24".to_owned()]).collect();
    let policy = [
        ("VONAGE_ACL_ALLOWED", allowed.join(",")),
        ("VONAGE_ACL_MAX_ADDRESSES", "256".to_owned()),
    ];
    // The whole of a process that plans: its start, the configuration, the reads and the plans.
    let plan = |variables: &[(&str, String)]| {
        runtime.block_on(async {
            let served = Served::start(&account, &KIND, DOMAINS, variables).await;
            served.pass().await;
            let total = served.cpu();
            served.end().await;
            total.as_secs_f64()
        })
    };
    let ratios = (0..ROUNDS).map(|_| plan(&policy) / plan(&[]));
    table.budgeted(
        format!(
            "plan of {DOMAINS} domains by a policy of {PREFIXES} prefixes, against one without"
        ),
        median(ratios.collect()),
        " times",
        FACTOR,
    );
}
