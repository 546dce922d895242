//! Scenarios, and the trials that they become.

use std::{
    cell::RefCell,
    panic::{self, AssertUnwindSafe, catch_unwind},
};

use libtest_mimic::{Failed, Trial};

use crate::{
    cli::Cli, sandbox::Persistence, settings::Settings, suite::Suite, workspace::Workspace,
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
    differs_by_cli: bool,
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
            differs_by_cli: false,
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

    /// Runs it on every CLI: what a CLI makes of our answers is part of it, such as where a diagnostic points, what a
    /// sensitive value looks like, or which block imports, moves, ignores or replaces. What the API does, or what our own
    /// commands do, is the same on all.
    pub(crate) const fn differing_by_cli(mut self) -> Self {
        self.differs_by_cli = true;
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
        let lacks = self.with_tfplugindocs && !settings.has_tfplugindocs();
        let lacks = lacks.then(|| "needs tfplugindocs: run scripts/clis".to_owned());
        cli.obstacle(self.needs.terraform, self.needs.opentofu)
            .or(lacks)
    }

    pub(crate) fn trials(self, suite: &Suite) -> Vec<Trial> {
        let settings = &suite.settings;
        let of = |persistence: &Persistence| {
            // A sandbox that restarts is no matter of the CLI.
            let (suffix, differs_by_cli) = match persistence {
                Persistence::Memory => ("", self.differs_by_cli),
                Persistence::RestartBetweenSteps => ("::restarting_the_sandbox", false),
            };
            suite.trials(
                &format!("{}{suffix}", self.name),
                differs_by_cli,
                |cli| self.obstacle(cli, settings),
                |name, cli| trial(name, cli, *persistence, settings, self.run),
            )
        };
        self.persistences(settings).iter().flat_map(of).collect()
    }
}

/// A trial in a workspace of its own, in which nothing may be left behind.
pub(crate) fn trial(
    name: String,
    cli: &Cli,
    persistence: Persistence,
    settings: &Settings,
    run: impl FnOnce(&mut Workspace) + Send + 'static,
) -> Trial {
    let (cli, settings) = (cli.clone(), settings.clone());
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
