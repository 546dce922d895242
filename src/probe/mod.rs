//! Asks an account's real APIs what no document says of them, by objects of its own, and removes these again.
//!
//! A [`session`] plays the [`script`] and keeps what it was answered as [`evidence`], by [`step`]. The [`questions`], one for
//! each switch of the sandbox, are pure functions of that. [`clean`] removes what was made.

mod clean;
mod evidence;
mod lists;
mod name;
mod question;
mod questions;
mod random;
mod reply;
mod report;
mod script;
mod search;
mod sender;
mod session;
mod step;

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use self::clean::Scope;
use self::sender::{Sender, Stop};
use self::session::{Owned, Session};
use crate::vonage::{Operation, Raw};

pub(crate) use self::clean::Cleaned;
pub(crate) use self::name::Run;
pub(crate) use self::report::{Report, Row, run_to_clean, unfinished};

/// The most requests of a run, and the most of a cleaning.
pub(crate) const MOST_REQUESTS: u32 = 400;
pub(crate) const MOST_TO_CLEAN: u32 = 200;
/// How many requests in a row may go without an answer in a run. A cleaning goes on trying.
const MOST_FAILURES: u32 = 8;
/// How long a run may take, and how long a cleaning.
const LONGEST: Duration = Duration::from_mins(10);
const LONGEST_CLEANING: Duration = Duration::from_mins(3);

/// Runs, and cleans in every case. `interrupt` ends the asking, `abandon` the cleaning too.
pub(crate) async fn run(
    api: &Raw,
    run: Run,
    interrupt: CancellationToken,
    abandon: CancellationToken,
) -> Report {
    let asking = Operation::new(LONGEST, interrupt);
    let mut session = Session::new(Sender::new(api, asking, MOST_REQUESTS, MOST_FAILURES), run);
    let outcome = script::play(&mut session).await;
    let Session {
        sender,
        run,
        mut evidence,
        owned,
        ..
    } = session;
    evidence.stopped = outcome.err().map(|Stop(why)| why);
    let throttled = sender.throttled.map(Ok);
    evidence
        .replies
        .extend(throttled.map(|reply| (step::Step::Throttled, reply)));
    let asked = sender.sent;
    let cleaning = Operation::new(LONGEST_CLEANING, abandon);
    let mut sender = Sender::new(api, cleaning, MOST_TO_CLEAN, u32::MAX);
    let cleaned = if owned.is_nothing() {
        Cleaned::default()
    } else {
        clean::clean(&mut sender, &owned, Scope::This(&run)).await
    };
    Report {
        rows: report::rows(&evidence),
        run,
        stopped: evidence.stopped,
        cleaned,
        requests: asked + sender.sent,
    }
}

/// Removes what earlier runs have left: what lists show of any, and what this one may have made.
pub(crate) async fn clean(api: &Raw, run: Option<&Run>, abandon: CancellationToken) -> Cleaned {
    let mut known = Owned {
        is_unclear: true,
        ..Owned::default()
    };
    known
        .domains
        .extend(run.into_iter().flat_map(clean::domains_of));
    let cleaning = Operation::new(LONGEST_CLEANING, abandon);
    let mut sender = Sender::new(api, cleaning, MOST_TO_CLEAN, u32::MAX);
    clean::clean(&mut sender, &known, Scope::All).await
}
