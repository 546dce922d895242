//! Which trials a run has, and on which CLIs.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use libtest_mimic::{Completion, Trial};

use crate::{cli::Cli, examples, live, matrix, scenarios, settings::Settings};

/// What the trials of a run are made from.
pub(crate) struct Suite {
    pub(crate) settings: Settings,
    /// In the order in which they were found.
    pub(crate) clis: Vec<Cli>,
}

impl Suite {
    /// Whether nothing is run because there is no CLI.
    pub(crate) fn is_without_cli(&self) -> bool {
        self.settings.enabled && self.clis.is_empty()
    }

    /// All trials, mixed, so that such as wait and such as compute are under way at the same time.
    pub(crate) fn all(&self) -> Vec<Trial> {
        let mut trials = self.in_order();
        trials.sort_by_cached_key(|trial| {
            let mut hasher = DefaultHasher::new();
            trial.name().hash(&mut hasher);
            hasher.finish()
        });
        trials
    }

    fn in_order(&self) -> Vec<Trial> {
        if self.settings.live {
            return live::trials(self);
        }
        if self.settings.pairs.is_some() {
            return matrix::trials(self);
        }
        let scenarios = scenarios::all().into_iter();
        scenarios
            .flat_map(|scenario| scenario.trials(self))
            .chain(examples::trials(self))
            .chain(matrix::trials(self))
            .collect()
    }

    /// The trials of what has this name: on the first CLI that can run it; on every one where CLIs differ in it, and where
    /// the run is a deep one. `obstacle` is why a CLI cannot run it, if so.
    pub(crate) fn trials(
        &self,
        name: &str,
        differs_by_cli: bool,
        obstacle: impl Fn(&Cli) -> Option<String>,
        trial: impl Fn(String, &Cli) -> Trial,
    ) -> Vec<Trial> {
        if self.clis.is_empty() {
            let reason = if self.settings.enabled {
                "no CLI"
            } else {
                "TF_ACC=0"
            };
            return vec![ignored(name.to_owned(), reason.to_owned())];
        }
        let able = self.clis.iter().position(|cli| obstacle(cli).is_none());
        let first = able.filter(|_| !differs_by_cli && !self.settings.deep);
        let clis = match first {
            Some(first) => &self.clis[first..=first],
            None => &self.clis[..],
        };
        let on = |cli: &Cli| {
            let name = format!("{name}::{}", cli.label());
            match obstacle(cli) {
                Some(reason) => ignored(name, reason),
                None => trial(name, cli),
            }
        };
        let trials = clis.iter().map(on);
        let nowhere = able.is_none() && self.settings.continuous_integration;
        trials
            .chain(nowhere.then(|| not_run_at_all(name)))
            .collect()
    }
}

/// A trial that fails because nothing that was found can run what has this name.
fn not_run_at_all(name: &str) -> Trial {
    let message =
        "no CLI that was found can run this, which CI=true does not accept: run scripts/clis";
    Trial::test(format!("{name}::some_cli"), move || Err(message.into()))
}

/// A trial that is reported as ignored, with the reason beside its name.
pub(crate) fn ignored(name: String, reason: String) -> Trial {
    Trial::ignorable_test(name, move || Ok(Completion::ignored_with(reason)))
}
