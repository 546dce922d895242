//! The signals that ask for the end of the process.

#[cfg(unix)]
pub(super) use unix::Signals;

#[cfg(not(unix))]
pub(super) use other::Signals;

/// What Ctrl-C means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Interrupt {
    /// Nothing: it reaches the whole process group, and the host tells its plugins by a call what is to be done.
    Ignored,
    /// The end, as there is no host.
    Ends,
}

#[cfg(unix)]
mod unix {
    use std::io;

    use tokio::signal::unix::{Signal, SignalKind, signal};

    use super::Interrupt;

    /// Handlers for SIGINT, and for SIGTERM, SIGHUP and SIGQUIT, which all ask for the end. Handlers, not `SIG_IGN`, which
    /// child processes would inherit.
    #[derive(Debug)]
    pub(in crate::plugin) struct Signals {
        interrupt: Signal,
        terminate: Signal,
        hang_up: Option<Signal>,
        quit: Signal,
        meaning: Interrupt,
    }

    impl Signals {
        /// From here on none of these signals kills the process.
        pub(in crate::plugin) fn install(meaning: Interrupt) -> io::Result<Self> {
            Ok(Self {
                interrupt: signal(SignalKind::interrupt())?,
                terminate: signal(SignalKind::terminate())?,
                hang_up: hang_up()?,
                quit: signal(SignalKind::quit())?,
                meaning,
            })
        }

        /// Waits for a signal that asks for the end.
        pub(in crate::plugin) async fn next(&mut self) {
            loop {
                tokio::select! {
                    _ = self.terminate.recv() => return,
                    () = received(self.hang_up.as_mut()) => return,
                    _ = self.quit.recv() => return,
                    _ = self.interrupt.recv() => if self.meaning == Interrupt::Ends { return },
                }
            }
        }
    }

    async fn received(signal: Option<&mut Signal>) {
        match signal {
            Some(signal) => drop(signal.recv().await),
            None => std::future::pending().await,
        }
    }

    /// A handler for SIGHUP, unless `nohup` has started the host, and so the plugin, to go on without its terminal.
    fn hang_up() -> io::Result<Option<Signal>> {
        if is_ignored(SignalKind::hangup()) {
            return Ok(None);
        }
        signal(SignalKind::hangup()).map(Some)
    }

    /// Whether whoever started this process has it ignore a signal. Where that cannot be told, it may.
    fn is_ignored(signal: SignalKind) -> bool {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let ignored = status
            .lines()
            .find_map(|line| line.strip_prefix("SigIgn:"))
            .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        ignored.is_none_or(|mask| mask >> (signal.as_raw_value() - 1) & 1 == 1)
    }
}

#[cfg(not(unix))]
mod other {
    use std::io;

    use tokio::signal::windows::{CtrlC, ctrl_c};

    use super::Interrupt;

    /// A handler for Ctrl-C, the only such event that a console sends to a whole group.
    #[derive(Debug)]
    pub(in crate::plugin) struct Signals {
        interrupt: CtrlC,
        meaning: Interrupt,
    }

    impl Signals {
        /// From here on Ctrl-C does not kill the process.
        pub(in crate::plugin) fn install(meaning: Interrupt) -> io::Result<Self> {
            Ok(Self {
                interrupt: ctrl_c()?,
                meaning,
            })
        }

        /// Waits for an event that asks for the end.
        pub(in crate::plugin) async fn next(&mut self) {
            loop {
                self.interrupt.recv().await;
                if self.meaning == Interrupt::Ends {
                    return;
                }
            }
        }
    }
}
