//! The matrix: the core of the suite under every value of every switch of the sandbox, and under pairs of them.

mod core;
mod expectation;
mod values;

use std::sync::Arc;

use libtest_mimic::Trial;
use serde_json::Value;

use crate::{
    cli::{Cli, Product, Version},
    sandbox::Persistence,
    scenario::trial,
    settings::{Matrix, Settings},
};
use values::Setting;

/// How many pairs a run has.
const PAIRS: usize = 200;

/// The oldest CLIs that know `import` blocks.
const SINCE: [(Product, &str); 2] = [(Product::Terraform, "1.5"), (Product::OpenTofu, "1.6")];

/// The trials of the matrix, as far as the run asks for.
pub(crate) fn trials(clis: &[Cli], settings: &Arc<Settings>) -> Vec<Trial> {
    let fits = |cli: &&Cli| {
        let minimum = SINCE.iter().find(|(product, _)| *product == cli.product);
        minimum.is_some_and(|(_, minimum)| cli.version.is_at_least(&Version::new(minimum)))
    };
    let clis: Vec<&Cli> = clis.iter().filter(fits).collect();
    let settings_of_run = match settings.matrix {
        Matrix::Pairs(seed) => values::pairs(seed, PAIRS),
        Matrix::InTurn | Matrix::All => values::singles(),
    };
    let mut trials = Vec::new();
    for (index, setting) in settings_of_run.into_iter().enumerate() {
        let in_turn = clis.get(index % clis.len().max(1)).copied();
        let chosen = if settings.matrix == Matrix::All {
            clis.clone()
        } else {
            in_turn.into_iter().collect()
        };
        for cli in chosen {
            trials.push(one(&setting, cli, settings));
        }
    }
    trials
}

fn one(setting: &Setting, cli: &Cli, settings: &Arc<Settings>) -> Trial {
    let name = format!("matrix::{}::{}", setting.name, cli.label());
    let setting = setting.clone();
    trial(
        name,
        cli.clone(),
        Persistence::Memory,
        Arc::clone(settings),
        move |workspace| {
            workspace.sandbox().switch(Value::Object(setting.switches));
            core::run(workspace, setting.expected);
        },
    )
}
