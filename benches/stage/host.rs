//! Terraform or OpenTofu with a provider of ours, or of others, on an account.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use vonage_sandbox::Options;

use super::account::Account;
use super::support::cli::Cli;
use super::support::sandbox::variables;
use super::support::settings::Settings;
use super::support::working_directory::WorkingDirectory;
use super::{domains, process};

/// How often the providers that run are looked at.
const LOOK: Duration = Duration::from_millis(10);
/// No command takes longer, or it is ended.
const PATIENCE: Duration = Duration::from_mins(40);

/// A folder with a configuration, and maybe a state.
pub(crate) struct Workspace<'a> {
    cli: &'a Cli,
    provider: PathBuf,
    directory: WorkingDirectory,
    account: &'a Account,
    /// Holds the provider under the name that CLIs look for.
    _plugins: TempDir,
}

/// What a command took.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) wall: Duration,
    /// CPU time of all processes of the provider.
    pub(crate) cpu: Duration,
    /// The most memory that one of them had, in KiB.
    pub(crate) peak: u64,
}

impl<'a> Workspace<'a> {
    pub(crate) fn new(cli: &'a Cli, provider: &Path, account: &'a Account) -> Self {
        let plugins = tempfile::tempdir().unwrap();
        let provider = provider.canonicalize().unwrap();
        symlink(&provider, plugins.path().join("terraform-provider-vonage")).unwrap();
        let path = Settings::from_process().path;
        let directory = WorkingDirectory::new(plugins.path(), &path);
        Self {
            cli,
            provider,
            directory,
            account,
            _plugins: plugins,
        }
    }

    /// Sets a variable of the commands that follow.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.directory.set_variable(name, Some(value));
        self
    }

    pub(crate) fn configure(&self, count: usize, acl: &str) {
        self.directory
            .write("main.tf", &domains::configuration(count, acl));
    }

    /// Writes a state that has so many domains.
    pub(crate) fn settle(&self, count: usize) {
        let state = domains::state(count, self.cli.product.registry());
        self.directory
            .write("terraform.tfstate", &state.to_string());
    }

    /// A plan that must find no change.
    pub(crate) fn plan(&self) -> Run {
        self.run(&["plan", "-detailed-exitcode"])
    }

    /// An apply without a refresh before, which is what a plan measures.
    pub(crate) fn apply(&self) -> Run {
        self.run(&["apply", "-auto-approve", "-refresh=false"])
    }

    pub(crate) fn destroy(&self) -> Run {
        self.run(&["destroy", "-auto-approve", "-refresh=false"])
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let output = self.directory.folder.path().join("output");
        let file = File::create(&output).unwrap();
        let begun = Instant::now();
        let account = variables(self.account.url(), &Options::default());
        let mut command = self.directory.command(&self.cli.path, account);
        let mut child = command
            .args(arguments)
            .arg("-no-color")
            .stdout(file.try_clone().unwrap())
            .stderr(file)
            .spawn()
            .unwrap();
        let mut watch = Watch::default();
        let status = self.wait(&mut child, begun, &mut watch);
        let wall = begun.elapsed();
        if !status.success() {
            let text = fs::read_to_string(&output).unwrap_or_default();
            let tail: Vec<&str> = text.lines().rev().take(40).collect();
            let tail: Vec<&str> = tail.into_iter().rev().collect();
            panic!("{arguments:?} ended with {status}:\n{}", tail.join("\n"));
        }
        watch.sum(wall)
    }

    fn wait(&self, child: &mut Child, begun: Instant, watch: &mut Watch) -> ExitStatus {
        loop {
            if let Some(status) = child.try_wait().unwrap() {
                return status;
            }
            if begun.elapsed() > PATIENCE {
                child.kill().unwrap();
                child.wait().unwrap();
                panic!("a command took more than {PATIENCE:?}");
            }
            watch.look(child.id(), &self.provider);
            sleep(LOOK);
        }
    }
}

/// What was seen of each process of the provider when it was last looked at.
#[derive(Default)]
struct Watch(Vec<(u32, Duration, u64)>);

impl Watch {
    fn look(&mut self, host: u32, provider: &Path) {
        for pid in process::descendants(host, provider) {
            let Some(cpu) = process::cpu_in_ticks(pid) else {
                continue;
            };
            let peak = process::memory(pid, "VmHWM").unwrap_or_default();
            match self.0.iter_mut().find(|seen| seen.0 == pid) {
                Some(seen) => *seen = (pid, cpu.max(seen.1), peak.max(seen.2)),
                None => self.0.push((pid, cpu, peak)),
            }
        }
    }

    fn sum(&self, wall: Duration) -> Run {
        Run {
            wall,
            cpu: self.0.iter().map(|seen| seen.1).sum(),
            peak: self.0.iter().map(|seen| seen.2).max().unwrap_or_default(),
        }
    }
}
