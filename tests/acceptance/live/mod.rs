//! The scenarios for a real account: few, one at a time, on objects of their own, of which nothing is left.

mod names;
mod scenarios;

use std::io;
use std::process::Command;

use libtest_mimic::Trial;

use self::names::Names;
use crate::sandbox::Persistence;
use crate::scenario::trial;
use crate::settings::Settings;
use crate::suite::{Suite, ignored};
use crate::support::working_directory::REQUEST_RATE;

/// Why no scenario is run.
const NO_CREDENTIALS: &str = "set VONAGE_API_KEY and VONAGE_API_SECRET";

/// The trials, one for each scenario, on the CLIs that have `import` blocks.
pub(crate) fn trials(suite: &Suite) -> Vec<Trial> {
    let of = |(name, run): &(&'static str, scenarios::Run)| {
        let (name, run) = (format!("live::{name}"), *run);
        let Some(account) = suite.settings.account.clone() else {
            return vec![ignored(name, NO_CREDENTIALS.to_owned())];
        };
        suite.trials(
            &name,
            false,
            |cli| cli.obstacle(Some("1.5"), Some("1.6")),
            |name, cli| {
                let account = account.clone();
                trial(name, cli, Persistence::Memory, &suite.settings, move |it| {
                    // The sandbox of the trial stands idle.
                    for (name, value) in &account.variables {
                        it.set_variable(name, Some(value));
                    }
                    it.set_variable(REQUEST_RATE, None);
                    run(it, &Names::new());
                })
            },
        )
    };
    scenarios::ALL.iter().flat_map(of).collect()
}

/// Removes what scenarios that failed have left. The error says why something may be left.
pub(crate) fn sweep(settings: &Settings) -> io::Result<()> {
    if settings.account.is_none() {
        return Ok(());
    }
    // Where no report of the probe is.
    let folder = tempfile::tempdir()?;
    let status = Command::new(settings.provider_program())
        .args(["probe", "--clean"])
        .current_dir(folder.path())
        .status()?;
    if status.success() {
        return Ok(());
    }
    Err(io::Error::other(format!("`probe --clean`: {status}")))
}
