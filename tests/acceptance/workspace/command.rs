//! Running the CLI: own process group, time limit, output kept.

use std::{
    fmt,
    fs::{self, File},
    path::{Path, PathBuf},
    process::ExitStatus,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use super::Workspace;
use super::group::{self, Group};
use crate::support::settings::PROVIDER_PROGRAM;

/// Long enough for the slowest machine; only a hang gets here.
const LIMIT: Duration = Duration::from_mins(3);

/// What a command said, and how it ended.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    /// The command as one would type it.
    pub(crate) line: String,
    /// `None` when a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// How it ended, when not by exiting.
    ending: Option<String>,
}

/// A command that was started and not yet awaited.
pub(crate) struct Running {
    pub(super) line: String,
    pub(super) group: Group,
    exit: mpsc::Receiver<ExitStatus>,
    stdout: PathBuf,
    stderr: PathBuf,
}

impl Workspace {
    /// Runs the CLI to its end, and keeps what it said in the transcript.
    #[track_caller]
    pub(crate) fn run(&mut self, arguments: &[&str]) -> Output {
        let running = self.start(arguments);
        self.finish(running)
    }

    /// Starts the CLI.
    pub(crate) fn start(&mut self, arguments: &[&str]) -> Running {
        let (program, label) = (self.cli.path.clone(), self.cli.label());
        self.spawn(&program, &label, arguments)
    }

    /// Runs the provider's own program to its end, as a person at a terminal does.
    #[track_caller]
    pub(crate) fn run_provider(&mut self, arguments: &[&str]) -> Output {
        let running = self.start_provider(arguments);
        self.finish(running)
    }

    /// Runs another program to its end, such as a script of the project.
    #[track_caller]
    pub(crate) fn run_program(&mut self, program: &Path, arguments: &[&str]) -> Output {
        let running = self.spawn(program, &program.display().to_string(), arguments);
        self.finish(running)
    }

    /// Starts the provider's own program.
    pub(crate) fn start_provider(&mut self, arguments: &[&str]) -> Running {
        let program = self.provider_program.clone();
        self.spawn(&program, PROVIDER_PROGRAM, arguments)
    }

    /// Starts a program in a process group of its own, as a shell does.
    ///
    /// Its output goes to files: a pipe would be held open by a provider that outlives the CLI.
    pub(super) fn spawn(&mut self, program: &Path, label: &str, arguments: &[&str]) -> Running {
        self.started += 1;
        let number = self.started;
        let [stdout, stderr] = ["stdout", "stderr"].map(|name| {
            self.directory
                .folder
                .path()
                .join(format!("{number}.{name}"))
        });
        let account = self.sandbox.environment();
        let mut command = self.directory.command(program, account);
        command
            .args(arguments)
            .stdout(File::create(&stdout).unwrap())
            .stderr(File::create(&stderr).unwrap());
        let (mut child, group) = Group::spawn(&mut command);
        let (sender, exit) = mpsc::channel();
        thread::spawn(move || sender.send(child.wait().unwrap()));
        Running {
            line: format!("{label} {}", arguments.join(" ")),
            group,
            exit,
            stdout,
            stderr,
        }
    }

    /// Waits for a command that was started.
    #[track_caller]
    pub(crate) fn finish(&mut self, mut running: Running) -> Output {
        let status = running.exit.recv_timeout(LIMIT);
        running.group.ended = status.is_ok();
        let text = |path| String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
        let output = Output {
            line: running.line,
            code: status.ok().and_then(|status| status.code()),
            stdout: text(running.stdout),
            stderr: text(running.stderr),
            ending: match status {
                Ok(status) => group::signal(status).map(|signal| format!("signal {signal}")),
                Err(_) => Some(format!("killed after {} s", LIMIT.as_secs())),
            },
        };
        self.transcript.push(output.clone());
        assert!(status.is_ok(), "`{}` did not end", output.line);
        output
    }
}

impl Running {
    /// Waits until the command has written `words` to standard output.
    #[track_caller]
    pub(crate) fn wait_for(&self, words: &str) {
        wait_until(&format!("`{}` says {words:?}", self.line), || {
            self.written().contains(words)
        });
    }

    /// What the command has written to standard output by now.
    pub(crate) fn written(&self) -> String {
        fs::read_to_string(&self.stdout).unwrap_or_default()
    }
}

/// Waits until something holds, and fails when it does not come to hold.
#[track_caller]
pub(crate) fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + LIMIT;
    while !holds() {
        assert!(Instant::now() < deadline, "this did not come about: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

impl Output {
    /// This output, after checking the exit code.
    #[track_caller]
    pub(crate) fn expect_code(self, code: i32, meaning: &str) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "`{}` should have exited with {code} ({meaning})",
            self.line
        );
        self
    }

    /// Standard output and standard error.
    pub(crate) fn text(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }

    /// Standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("`{}` gave no JSON: {error}", self.line))
    }
}

impl fmt::Display for Output {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ending = match (&self.ending, self.code) {
            (Some(ending), _) => ending.clone(),
            (None, code) => format!("exit code {}", code.unwrap_or_default()),
        };
        writeln!(formatter, "$ {}  # {ending}", self.line)?;
        for line in self.stdout.lines().chain(self.stderr.lines()) {
            writeln!(formatter, "  {line}")?;
        }
        Ok(())
    }
}
