//! A command with what it has started, so that nothing is left of it when a scenario fails while it runs.

use std::process::{Child, Command, ExitStatus};

#[cfg(unix)]
pub(super) use self::unix::{Group, signal};
#[cfg(windows)]
pub(super) use self::windows::{Group, signal};

#[cfg(unix)]
mod unix {
    use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};

    use nix::{
        sys::signal::{Signal, kill, killpg},
        unistd::Pid,
    };

    use super::super::command::Running;
    use super::{Child, Command, ExitStatus};
    use crate::support::settings::PROVIDER_PROGRAM;

    /// A process group, which is killed with the value unless it has ended.
    pub(crate) struct Group {
        id: Pid,
        pub(crate) ended: bool,
    }

    impl Group {
        /// Starts a command in a group of its own, as a shell does.
        pub(crate) fn spawn(command: &mut Command) -> (Child, Self) {
            let child = command.process_group(0).spawn().unwrap();
            let id = Pid::from_raw(i32::try_from(child.id()).unwrap());
            (child, Self { id, ended: false })
        }
    }

    impl Drop for Group {
        fn drop(&mut self) {
            if !self.ended {
                let _ = killpg(self.id, Signal::SIGKILL);
            }
        }
    }

    /// The signal that has ended a process.
    pub(crate) fn signal(status: ExitStatus) -> Option<i32> {
        status.signal()
    }

    impl Running {
        /// What Ctrl-C in a terminal does: the CLI and the provider both get the signal.
        pub(crate) fn interrupt(&self) {
            killpg(self.group.id, Signal::SIGINT).unwrap();
        }

        /// Kills the provider that the command has started, as the system does when memory runs out.
        #[track_caller]
        pub(crate) fn kill_provider(&self) {
            let group = self.group.id.as_raw().to_string();
            let list = Command::new("ps")
                .args(["-A", "-o", "pid=,pgid=,args="])
                .output()
                .unwrap();
            let list = String::from_utf8_lossy(&list.stdout).into_owned();
            let of_group = list.lines().filter_map(|line| {
                let mut words = line.split_whitespace();
                let (pid, its_group) = (words.next()?, words.next()?);
                let is_provider = words.next()?.ends_with(PROVIDER_PROGRAM);
                (its_group == group && is_provider).then(|| pid.parse().unwrap())
            });
            let providers: Vec<i32> = of_group.collect();
            assert!(
                !providers.is_empty(),
                "`{}` has no provider: {list}",
                self.line
            );
            for provider in providers {
                kill(Pid::from_raw(provider), Signal::SIGKILL).unwrap();
            }
        }

        /// Kills the command itself, which leaves its provider without a host.
        pub(crate) fn kill(&self) {
            kill(self.group.id, Signal::SIGKILL).unwrap();
        }
    }
}

#[cfg(windows)]
mod windows {
    use super::{Child, Command, ExitStatus};

    /// A process and those below it, which are killed with the value unless it has ended.
    pub(crate) struct Group {
        id: u32,
        pub(crate) ended: bool,
    }

    impl Group {
        /// Starts a command.
        pub(crate) fn spawn(command: &mut Command) -> (Child, Self) {
            let child = command.spawn().unwrap();
            let id = child.id();
            (child, Self { id, ended: false })
        }
    }

    impl Drop for Group {
        fn drop(&mut self) {
            if !self.ended {
                let id = self.id.to_string();
                let _ = Command::new("taskkill")
                    .args(["/T", "/F", "/PID", &id])
                    .status();
            }
        }
    }

    /// No signal ends a process here.
    pub(crate) fn signal(_: ExitStatus) -> Option<i32> {
        None
    }
}
