//! The matrix: the core of the suite under every value of every switch of the sandbox, some at a time or, in a deep run, one, and
//! under pairs of them.

mod core;
mod expectation;
mod values;

use libtest_mimic::Trial;
use serde_json::Value;

use crate::{cli::Cli, sandbox::Persistence, scenario::trial, suite::Suite};
use values::Setting;

/// How many pairs a run has.
const PAIRS: usize = 200;

/// The trials of the matrix, as far as the run asks for.
pub(crate) fn trials(suite: &Suite) -> Vec<Trial> {
    let settings = match suite.settings.pairs {
        Some(seed) => values::pairs(seed, PAIRS),
        None if suite.settings.deep => values::singles(),
        None => values::groups(),
    };
    let of = |setting: Setting| {
        suite.trials(
            &format!("matrix::{}", setting.name),
            false,
            // It has `import` blocks.
            |cli| cli.obstacle(Some("1.5"), Some("1.6")),
            |name, cli| one(name, cli, setting.clone(), suite),
        )
    };
    settings.into_iter().flat_map(of).collect()
}

fn one(name: String, cli: &Cli, setting: Setting, suite: &Suite) -> Trial {
    trial(name, cli, Persistence::Memory, &suite.settings, move |it| {
        it.sandbox().switch(Value::Object(setting.switches));
        core::run(it, setting.expected);
    })
}
