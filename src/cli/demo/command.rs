//! Runs the CLI: its output goes to the reader as it comes, and signals reach it in good order.

use std::{
    io::{self, Write},
    os::unix::process::ExitStatusExt as _,
    path::PathBuf,
    process::{ExitStatus, Stdio},
};

use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};
use tokio::{
    io::AsyncReadExt,
    net::unix::pipe,
    process::{Child, Command},
    signal::unix::{self, SignalKind},
};

use super::Problem;

/// The CLI, ready to be run again and again.
#[derive(Debug)]
pub(super) struct Cli {
    /// The program's absolute path.
    pub(super) program: PathBuf,
    /// Where it runs.
    pub(super) folder: PathBuf,
    /// Its whole environment: what the reader's shell has set for other work has no say in the demo.
    pub(super) environment: Vec<(&'static str, String)>,
    /// Ctrl-C, and the polite way to end a program.
    pub(super) interruptions: Interruptions,
}

/// The signals that end the demo early.
#[derive(Debug)]
pub(super) struct Interruptions {
    interrupt: unix::Signal,
    terminate: unix::Signal,
}

/// How a command ended, and all it wrote.
#[derive(Debug)]
pub(super) struct Finished {
    /// What was run, as one would type it.
    command: String,
    status: ExitStatus,
    /// Standard output and standard error, in the order in which they came.
    pub(super) text: String,
}

impl Interruptions {
    /// From here on these signals no longer end the process at once.
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {
            interrupt: unix::signal(SignalKind::interrupt())?,
            terminate: unix::signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => (),
            _ = self.terminate.recv() => (),
        }
    }
}

impl Cli {
    /// The program's name, for the lines that show what is run.
    pub(super) fn name(&self) -> String {
        self.program
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    }

    /// Runs a command, passing on to `out` what it says while it runs.
    ///
    /// An interruption is handed to the CLI, which gets the time that it wants to end well; a second one kills it.
    pub(super) async fn run(
        &mut self,
        arguments: &[&str],
        out: &mut dyn Write,
    ) -> Result<Finished, Problem> {
        let command = format!("{} {}", self.name(), arguments.join(" "));
        writeln!(out, "$ {command}").map_err(Problem::Output)?;
        let (child, mut output) = self
            .start(arguments)
            .map_err(|source| self.not_started(source))?;
        let group = Group::of(child);
        let mut text = Vec::new();
        let mut chunk = [0; 8192];
        let mut interruptions = 0;
        loop {
            let read = tokio::select! {
                read = output.read(&mut chunk) => read.map_err(Problem::Output)?,
                () = self.interruptions.next() => {
                    interruptions += 1;
                    group.signal(if interruptions == 1 { Signal::SIGINT } else { Signal::SIGKILL });
                    continue;
                }
            };
            let Some(part) = chunk.get(..read).filter(|part| !part.is_empty()) else {
                break;
            };
            out.write_all(part)
                .and_then(|()| out.flush())
                .map_err(Problem::Output)?;
            text.extend_from_slice(part);
        }
        let status = group
            .wait()
            .await
            .map_err(|source| self.not_started(source))?;
        if interruptions > 0 || was_interrupted(status) {
            return Err(Problem::Interrupted);
        }
        Ok(Finished {
            command,
            status,
            text: String::from_utf8_lossy(&text).into_owned(),
        })
    }

    /// Starts the CLI in a process group of its own, so that a signal reaches it once and through us alone.
    fn start(&self, arguments: &[&str]) -> io::Result<(Child, pipe::Receiver)> {
        let (reader, writer) = io::pipe()?;
        let child = Command::new(&self.program)
            .args(arguments)
            .current_dir(&self.folder)
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(writer.try_clone()?)
            .stderr(writer)
            .process_group(0)
            .spawn()?;
        Ok((child, pipe::Receiver::from_owned_fd(reader.into())?))
    }

    fn not_started(&self, source: io::Error) -> Problem {
        Problem::Start {
            program: self.program.clone(),
            source,
        }
    }
}

/// Whether a signal that asks to end has ended it: one that came while it was being started, in our own process group,
/// reaches it at the same time as us.
fn was_interrupted(status: ExitStatus) -> bool {
    let asks_to_end = [Signal::SIGINT, Signal::SIGTERM].map(|signal| signal as i32);
    status
        .signal()
        .is_some_and(|signal| asks_to_end.contains(&signal))
}

impl Finished {
    /// What the command wrote, if it ended with the code that the step needs.
    pub(super) fn expect(self, code: i32) -> Result<String, Problem> {
        if self.status.code() == Some(code) {
            return Ok(self.text);
        }
        let actual = self
            .status
            .code()
            .map_or_else(|| self.status.to_string(), |code| code.to_string());
        Err(Problem::ExitCode {
            command: self.command,
            expected: code,
            actual,
        })
    }
}

/// A running CLI with the provider that it has started; whatever of them is left goes with the value.
#[derive(Debug)]
struct Group {
    child: Child,
    id: Option<Pid>,
}

impl Group {
    fn of(child: Child) -> Self {
        let id = child
            .id()
            .and_then(|id| i32::try_from(id).ok())
            .map(Pid::from_raw);
        Self { child, id }
    }

    fn signal(&self, signal: Signal) {
        // It fails when all have ended, which is what is wanted.
        let _ = self.id.map(|id| killpg(id, signal));
    }

    async fn wait(mut self) -> io::Result<ExitStatus> {
        self.child.wait().await
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.signal(Signal::SIGKILL);
    }
}
