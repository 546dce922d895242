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

    /// Handlers for SIGINT and SIGTERM. Handlers, not `SIG_IGN`, which child processes would inherit.
    #[derive(Debug)]
    pub(in crate::plugin) struct Signals {
        interrupt: Signal,
        terminate: Signal,
        meaning: Interrupt,
    }

    impl Signals {
        /// From here on neither signal kills the process.
        pub(in crate::plugin) fn install(meaning: Interrupt) -> io::Result<Self> {
            Ok(Self {
                interrupt: signal(SignalKind::interrupt())?,
                terminate: signal(SignalKind::terminate())?,
                meaning,
            })
        }

        /// Waits for a signal that asks for the end.
        pub(in crate::plugin) async fn next(&mut self) {
            loop {
                tokio::select! {
                    _ = self.terminate.recv() => return,
                    _ = self.interrupt.recv() => if self.meaning == Interrupt::Ends { return },
                }
            }
        }
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
