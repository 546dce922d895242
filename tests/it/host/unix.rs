//! What takes a shell, a signal or another root folder.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::io::AsyncReadExt as _;

use super::{Ended, Plugin, Start, in_time};

/// When the host is killed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Death {
    /// Before the plugin has begun.
    BeforeStart,
    /// Once the socket is there, with the line, written or not, unread.
    BeforeReading,
}

impl Start {
    pub(crate) fn with_argument(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// Has a shell do something first, such as setting a limit.
    pub(crate) fn after(mut self, prelude: &str) -> Self {
        self.prelude = Some(prelude.to_owned());
        self
    }

    /// Has another program start, in a root folder that has nothing but it.
    pub(crate) fn alone(mut self, program: &Path) -> Self {
        self.root = PathBuf::from(self.folder.path());
        std::fs::copy(program, self.root.join("provider")).unwrap();
        let is_root = nix::unistd::Uid::effective().is_root();
        let how = if is_root { "" } else { "unshare -r " };
        let prelude = format!("exec {how}chroot '{}' /provider", self.root.display());
        self.with("TMPDIR", "/").after(&prelude)
    }

    /// Starts, and loses the host before it has read anything.
    pub(crate) async fn run_losing_host(self, death: Death) -> Ended {
        let (reader, writer) = std::io::pipe().unwrap();
        let mut reader = Some(reader);
        if death == Death::BeforeStart {
            reader = None;
        }
        let mut command = self.command();
        command.stdin(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.kill_on_drop(true).stdout(writer).spawn().unwrap();
        // It holds the writing end, too, and would keep the pipe alive.
        drop(command);
        let files = || std::fs::read_dir(self.folder.path()).unwrap().count();
        while reader.is_some() && files() == 0 {
            assert_eq!(child.try_wait().unwrap(), None, "it ended by itself");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        drop(reader);
        let mut stderr = String::new();
        let mut output = child.stderr.take().unwrap();
        in_time(output.read_to_string(&mut stderr)).await.unwrap();
        Ended {
            status: in_time(child.wait()).await.unwrap(),
            stdout: String::new(),
            stderr,
            files_left: files(),
        }
    }
}

impl Plugin {
    /// The start's own folder, where the socket is unless the test moved it.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The process's number.
    pub(crate) fn pid(&self) -> Pid {
        Pid::from_raw(self.id().unwrap().try_into().unwrap())
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill(self.pid(), signal).unwrap();
    }
}
