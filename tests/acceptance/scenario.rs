//! Scenarios, and the trials that they become: one for each CLI and each way to run the sandbox.

use std::{
    cell::RefCell,
    panic::{self, AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use libtest_mimic::{Completion, Failed, Trial};

use crate::{
    cli::{self, Cli, Product, Version},
    examples, matrix,
    sandbox::Persistence,
    settings::Settings,
    workspace::Workspace,
};

/// One thing to prove, told in steps.
#[derive(Clone, Copy)]
pub(crate) struct Scenario {
    name: &'static str,
    run: fn(&mut Workspace),
    needs: Needs,
    persistences: &'static [Persistence],
    /// Whether the sandbox may get another address in the middle.
    restartable: bool,
    /// Whether it runs tfplugindocs.
    with_tfplugindocs: bool,
}

/// The oldest versions that can run a scenario; `None` where no version of the product can.
#[derive(Clone, Copy)]
struct Needs {
    terraform: Option<&'static str>,
    opentofu: Option<&'static str>,
}

/// Names a scenario after its function.
macro_rules! scenario {
    ($run:ident) => {
        $crate::scenario::Scenario::new(stringify!($run), $run)
    };
}
pub(crate) use scenario;

impl Scenario {
    pub(crate) const fn new(name: &'static str, run: fn(&mut Workspace)) -> Self {
        Self {
            name,
            run,
            needs: Needs {
                terraform: Some("1.0"),
                opentofu: Some("1.6"),
            },
            persistences: &[Persistence::Memory],
            restartable: true,
            with_tfplugindocs: false,
        }
    }

    /// Runs it once more with a sandbox that is restarted from its state file between the steps.
    pub(crate) const fn also_restarting(mut self) -> Self {
        self.persistences = &[Persistence::Memory, Persistence::RestartBetweenSteps];
        self
    }

    /// Keeps the sandbox where it is: the configuration names its address, or the sandbox holds what a restart loses.
    pub(crate) const fn at_one_address(mut self) -> Self {
        self.restartable = false;
        self
    }

    /// Runs only where `scripts/clis` has put tfplugindocs into the cache.
    pub(crate) const fn with_tfplugindocs(mut self) -> Self {
        self.with_tfplugindocs = true;
        self
    }

    /// The oldest Terraform and OpenTofu that know what the scenario uses.
    pub(crate) const fn since(
        mut self,
        terraform: Option<&'static str>,
        opentofu: Option<&'static str>,
    ) -> Self {
        self.needs = Needs {
            terraform,
            opentofu,
        };
        self
    }

    /// The ways to run the sandbox, each of which is a trial.
    fn persistences(&self, settings: &Settings) -> &'static [Persistence] {
        if settings.restart_sandbox && self.restartable {
            &[Persistence::RestartBetweenSteps]
        } else {
            self.persistences
        }
    }

    /// Why this cannot be run on a CLI, if so.
    fn obstacle(&self, cli: &Cli, settings: &Settings) -> Option<String> {
        let minimum = match cli.product {
            Product::Terraform => self.needs.terraform,
            Product::OpenTofu => self.needs.opentofu,
        };
        match minimum {
            Some(minimum) if cli.version.is_at_least(&Version::new(minimum)) => {
                let lacks = self.with_tfplugindocs && !settings.has_tfplugindocs();
                lacks.then(|| "needs tfplugindocs: run scripts/clis".to_owned())
            }
            Some(minimum) => Some(format!("needs {} {minimum}", cli.product)),
            None => Some(format!("{} cannot do this", cli.product)),
        }
    }
}

/// All trials of a run.
pub(crate) fn trials(settings: &Settings, scenarios: &[Scenario]) -> Vec<Trial> {
    if !settings.enabled {
        return scenarios
            .iter()
            .map(|scenario| ignored(scenario.name.to_owned(), "TF_ACC=0".to_owned()))
            .collect();
    }
    match cli::discover(settings) {
        Ok(clis) => {
            let settings = Arc::new(settings.clone());
            let told = scenarios
                .iter()
                .flat_map(|scenario| trials_of(scenario, &clis, &settings));
            told.chain(examples::trials(&clis, &settings))
                .chain(matrix::trials(&clis, &settings))
                .collect()
        }
        Err(message) => vec![Trial::test("a_cli_is_found", move || Err(message.into()))],
    }
}

fn trials_of(scenario: &Scenario, clis: &[Cli], settings: &Arc<Settings>) -> Vec<Trial> {
    let mut trials = Vec::new();
    for cli in clis {
        for persistence in scenario.persistences(settings) {
            let suffix = match persistence {
                Persistence::Memory => "",
                Persistence::RestartBetweenSteps => "::restarting_the_sandbox",
            };
            let name = format!("{}::{}{suffix}", scenario.name, cli.label());
            trials.push(match scenario.obstacle(cli, settings) {
                Some(reason) => ignored(name, reason),
                None => runnable(
                    name,
                    *scenario,
                    cli.clone(),
                    *persistence,
                    Arc::clone(settings),
                ),
            });
        }
    }
    let is_kept_out = |cli| scenario.obstacle(cli, settings).is_some();
    if settings.continuous_integration && clis.iter().all(is_kept_out) {
        trials.push(not_run_at_all(scenario.name));
    }
    trials
}

/// A trial that fails because nothing that was found can run what has this name.
pub(crate) fn not_run_at_all(name: &str) -> Trial {
    let message = "no CLI that was found can run this scenario, which CI=true does not accept: run scripts/clis";
    Trial::test(format!("{name}::some_cli"), move || Err(message.into()))
}

/// A trial that is reported as ignored, with the reason beside its name.
pub(crate) fn ignored(name: String, reason: String) -> Trial {
    Trial::ignorable_test(name, move || Ok(Completion::ignored_with(reason)))
}

fn runnable(
    name: String,
    scenario: Scenario,
    cli: Cli,
    persistence: Persistence,
    settings: Arc<Settings>,
) -> Trial {
    trial(name, cli, persistence, settings, scenario.run)
}

/// A trial in a workspace of its own, in which nothing may be left behind.
pub(crate) fn trial(
    name: String,
    cli: Cli,
    persistence: Persistence,
    settings: Arc<Settings>,
    run: impl FnOnce(&mut Workspace) + Send + 'static,
) -> Trial {
    Trial::test(name, move || {
        let mut workspace = Workspace::new(cli, persistence, &settings);
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            run(&mut workspace);
            workspace.assert_left_clean();
        }));
        outcome.map_err(|_| {
            let message = PANIC.take();
            Failed::from(format!(
                "{message}\n{}",
                workspace.post_mortem(settings.keep_folders)
            ))
        })
    })
}

thread_local! {
    /// What the last panic of this thread said, and where.
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Keeps panics for the trials' reports, where two trials at once do not mix their lines.
pub(crate) fn record_panics() {
    panic::set_hook(Box::new(|info| PANIC.set(info.to_string())));
}
