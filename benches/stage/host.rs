//! Terraform or OpenTofu with a provider of ours, or of others, on an account.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use vonage_sandbox::{API_KEY, API_SECRET};

use super::account::Account;
use super::{domains, process};

/// How often the providers that run are looked at.
const LOOK: Duration = Duration::from_millis(10);
/// No command takes longer, or it is ended.
const PATIENCE: Duration = Duration::from_mins(40);

/// A command-line program.
pub(crate) struct Cli {
    path: PathBuf,
    registry: &'static str,
    pub(crate) version: String,
}

impl Cli {
    /// The first of `TF_ACC_CLIS`, or `terraform` on the search path.
    pub(crate) fn find() -> Self {
        let path = variable("TF_ACC_CLIS")
            .and_then(|clis| std::env::split_paths(&clis).next())
            .unwrap_or_else(|| "terraform".into());
        let output = Command::new(&path)
            .arg("version")
            .env("CHECKPOINT_DISABLE", "1")
            .output();
        let output = output.unwrap_or_else(|error| {
            panic!(
                "{}: {error}. Put terraform on PATH, or name one in TF_ACC_CLIS",
                path.display()
            )
        });
        let text = String::from_utf8_lossy(&output.stdout);
        let version = text.lines().next().unwrap_or_default().to_owned();
        let registry = if version.starts_with("OpenTofu") {
            "registry.opentofu.org"
        } else {
            "registry.terraform.io"
        };
        Self {
            path,
            registry,
            version,
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a bench is a process of its own, with no settings to test"
)]
fn variable(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// A folder with a configuration, and maybe a state.
pub(crate) struct Workspace<'a> {
    cli: &'a Cli,
    provider: PathBuf,
    folder: TempDir,
    variables: Vec<(&'static str, String)>,
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
    pub(crate) fn new(cli: &'a Cli, provider: &Path, account: &Account) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let plugins = folder.path().join("plugins");
        fs::create_dir(&plugins).unwrap();
        let provider = provider.canonicalize().unwrap();
        symlink(&provider, plugins.join("terraform-provider-vonage")).unwrap();
        let overrides = ["registry.terraform.io", "registry.opentofu.org"]
            .map(|registry| {
                format!(
                    "    \"{registry}/vonage/vonage\" = \"{}\"\n",
                    plugins.display()
                )
            })
            .concat();
        let rc = format!(
            "provider_installation {{\n  dev_overrides {{\n{overrides}  }}\n  direct {{}}\n}}\n"
        );
        fs::write(folder.path().join("rc"), rc).unwrap();
        let variables = vec![
            ("VONAGE_BASE_URL", account.url()),
            ("VONAGE_API_KEY", API_KEY.to_owned()),
            ("VONAGE_API_SECRET", API_SECRET.to_owned()),
            ("VONAGE_MAX_REQUESTS_PER_SECOND", "1000".to_owned()),
        ];
        Self {
            cli,
            provider,
            folder,
            variables,
        }
    }

    /// Sets a variable of the commands that follow.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.variables.retain(|(known, _)| *known != name);
        self.variables.push((name, value.to_owned()));
        self
    }

    pub(crate) fn configure(&self, count: usize, acl: &str) {
        self.write("main.tf", &domains::configuration(count, acl));
    }

    /// Writes a state that has so many domains.
    pub(crate) fn settle(&self, count: usize) {
        let state = domains::state(count, self.cli.registry);
        self.write("terraform.tfstate", &state.to_string());
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.folder.path().join(file), text).unwrap();
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
        let output = self.folder.path().join("output");
        let file = File::create(&output).unwrap();
        let begun = Instant::now();
        let mut child = Command::new(&self.cli.path)
            .args(arguments)
            .args(["-no-color", "-input=false"])
            .current_dir(self.folder.path())
            .env("TF_CLI_CONFIG_FILE", self.folder.path().join("rc"))
            .env("CHECKPOINT_DISABLE", "1")
            .env("TF_IN_AUTOMATION", "1")
            .env_remove("TF_LOG")
            .envs(self.variables.iter().map(|(name, value)| (*name, value)))
            .stdin(Stdio::null())
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
