//! What three hundred writes in one go cost, where the API shows them at once and where it takes its time.

use serde_json::json;

use super::Bench;
use super::stage::account::Account;
use super::stage::table::real;
use super::writes::life;

const COUNT: usize = 300;
/// Requests for each write, its wait included, on average of creates, updates and destroys.
const BUDGET: f64 = 1.6;

pub(super) fn measure(bench: &mut Bench) {
    for delay in ["0s", "3s"] {
        let account = Account::with(&bench.provider, 0);
        account.switch(&json!({ "visibility_delay": delay }));
        let life = life(bench, &account, COUNT);
        let average = life.iter().map(|(_, requests, _)| requests).sum::<f64>() / real(life.len());
        for (what, requests, run) in life {
            let row = format!(
                "{what} of {COUNT} that show after {delay} ({:.1} s): requests for each",
                run.wall.as_secs_f64()
            );
            bench.table.row(row, format!("{requests:.2}"));
        }
        let row =
            format!("writes of {COUNT} that show after {delay}: requests for each, on average");
        bench.table.budgeted(row, average, "", BUDGET);
    }
}
