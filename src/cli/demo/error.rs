//! Why the demo ended early.

use std::io;
#[cfg(unix)]
use std::path::PathBuf;

use vonage_sandbox::StartError;

/// The demo could not start, or one of its steps did not do what it should.
#[derive(Debug, thiserror::Error)]
pub(super) enum DemoError {
    #[cfg(unix)]
    #[error(
        "there is no program {0}, which --cli names: give a name that is on PATH, or a path such as ./terraform"
    )]
    NoProgram(String),
    #[error("cannot set up the demo's temporary folder")]
    Prepare(#[source] io::Error),
    #[error("cannot start the sandbox")]
    Sandbox(#[from] StartError),
    #[error("the step \"{step}\" failed")]
    Step {
        step: &'static str,
        #[source]
        problem: Problem,
    },
}

#[derive(Debug, thiserror::Error)]
pub(super) enum Problem {
    #[cfg(unix)]
    #[error("cannot run {}", program.display())]
    Run {
        program: PathBuf,
        #[source]
        source: io::Error,
    },
    /// A call of our own host came to nothing.
    #[error(transparent)]
    Host(#[from] tfplugin::testing::Error),
    /// What a command did, showed or left in the sandbox is not what the step should have led to.
    #[error("{0}")]
    Outcome(String),
    #[error("cannot write the output")]
    Output(#[source] io::Error),
    /// Ctrl-C, or a signal that asks to end.
    #[error("interrupted")]
    Interrupted,
}
