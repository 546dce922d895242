//! The CLI as a player: its output goes to the reader as it comes, and signals reach it in good order.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::symlink;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use async_trait::async_trait;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use tokio::io::AsyncReadExt as _;
use tokio::net::unix::pipe;
use tokio::process::Child;

use super::story::Command;
use super::{Player, Problem, Stage};
use crate::cli::install::folders::{Place, SOURCES};

/// The example that readers find in the repository is the very one that runs.
const CONFIGURATION: &str = include_str!("../../../examples/basic/main.tf");
const USER: &str = include_str!("user.tf");

pub(super) struct Cli(pub(super) PathBuf);

#[async_trait(?Send)]
impl Player for Cli {
    /// What the CLI says goes on while it runs. An interruption is handed to it, and it gets the time that it wants to end
    /// well; a second one kills it.
    async fn run(
        &mut self,
        command: Command,
        stage: &mut Stage,
        out: &mut dyn Write,
    ) -> Result<String, Problem> {
        if command == Command::Init {
            lay_out(stage.folder()).map_err(|source| self.not_run(source))?;
        }
        let (arguments, expected) = line(command);
        let name = self.0.file_name().unwrap_or_default().to_string_lossy();
        let command = format!("{name} {arguments}");
        writeln!(out, "$ {command}").map_err(Problem::Output)?;
        let started = self.start(arguments, stage);
        let (mut child, group, mut output) = started.map_err(|source| self.not_run(source))?;
        let mut text = Vec::with_capacity(8192);
        let mut interruptions = 0;
        loop {
            let before = text.len();
            tokio::select! {
                read = output.read_buf(&mut text) => if read.map_err(Problem::Output)? == 0 {
                    break;
                },
                () = stage.interruptions.next() => {
                    interruptions += 1;
                    group.signal(if interruptions == 1 { Signal::SIGINT } else { Signal::SIGKILL });
                }
            }
            out.write_all(text.get(before..).unwrap_or_default())
                .and_then(|()| out.flush())
                .map_err(Problem::Output)?;
        }
        let status = child.wait().await.map_err(|source| self.not_run(source))?;
        // One that came while the CLI was being started, still in our own process group, has reached it by itself.
        let asks_to_end = [Signal::SIGINT, Signal::SIGTERM].map(|signal| Some(signal as i32));
        if interruptions > 0 || asks_to_end.contains(&status.signal()) {
            return Err(Problem::Interrupted);
        }
        if status.code() != Some(expected) {
            let why = format!("`{command}` ended with {status}, but {expected} was expected");
            return Err(Problem::Outcome(why));
        }
        Ok(String::from_utf8_lossy(&text).into_owned())
    }
}

impl Cli {
    /// Starts the CLI in a process group of its own, so that a signal reaches it once and through us alone.
    fn start(&self, arguments: &str, stage: &Stage) -> io::Result<(Child, Group, pipe::Receiver)> {
        let (reader, writer) = io::pipe()?;
        let child = stage
            .command(&self.0)
            .args(arguments.split(' '))
            .stdin(Stdio::null())
            .stdout(writer.try_clone()?)
            .stderr(writer)
            .process_group(0)
            .spawn()?;
        let id = child.id().and_then(|id| i32::try_from(id).ok());
        let group = Group(Pid::from_raw(id.ok_or(io::ErrorKind::NotFound)?));
        Ok((child, group, pipe::Receiver::from_owned_fd(reader.into())?))
    }

    fn not_run(&self, source: io::Error) -> Problem {
        Problem::Run {
            program: self.0.clone(),
            source,
        }
    }
}

/// A command's arguments, and the code that it must exit with.
fn line(command: Command) -> (&'static str, i32) {
    match command {
        Command::Init => ("init", 0),
        Command::Validate => ("validate", 0),
        Command::KeepPlan => ("plan -detailed-exitcode -out=demo.tfplan", 2),
        Command::Plan { changes: true } => ("plan -detailed-exitcode", 2),
        Command::Plan { changes: false } => ("plan -detailed-exitcode", 0),
        Command::ApplyPlan => ("apply demo.tfplan", 0),
        Command::Apply => ("apply -auto-approve", 0),
        Command::Output => ("output", 0),
        Command::Destroy => ("destroy -auto-approve", 0),
    }
}

/// Puts the configuration into the folder, which is the home of the CLI, and this program to where it looks for providers.
fn lay_out(folder: &Path) -> io::Result<()> {
    let program = std::env::current_exe()?;
    for source in SOURCES {
        let place = Place::new(&folder.join(".terraform.d"), source);
        fs::create_dir_all(&place.package)?;
        symlink(&program, place.program)?;
    }
    fs::write(folder.join("main.tf"), CONFIGURATION)?;
    fs::write(folder.join("user.tf"), USER)
}

/// The CLI and the provider that it has started; whatever of them is left goes with the value.
struct Group(Pid);

impl Group {
    fn signal(&self, signal: Signal) {
        // It fails when all have ended, which is what is wanted.
        let _ = killpg(self.0, signal);
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.signal(Signal::SIGKILL);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_registries_addresses_lead_to_the_program() {
        let folder = tempfile::tempdir().unwrap();
        lay_out(folder.path()).unwrap();
        let program = std::env::current_exe().unwrap();
        for address in SOURCES {
            let place = Place::new(&folder.path().join(".terraform.d"), address);
            assert_eq!(fs::read_link(place.program).unwrap(), program);
        }
    }
}
