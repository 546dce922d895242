//! Why the demo ended early.

use std::{io, path::PathBuf};

/// The demo could not start, or one of its steps did not do what it should.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(super) enum DemoError {
    /// There is no CLI to show anything with.
    #[error(
        "neither terraform nor tofu is on PATH: install Terraform (https://developer.hashicorp.com/terraform/install) \
         or OpenTofu (https://opentofu.org/docs/intro/install), or name one with --cli"
    )]
    NoCli,
    /// `--cli` gives a path that leads to no program.
    #[error("there is no program at {}, which --cli names: give the path of terraform or tofu, or its name on PATH", .0.display())]
    NotThere(PathBuf),
    /// `--cli` gives a name that is not on `PATH`.
    #[error("there is no program {} on PATH, which --cli names: give a name that is there, or a path such as ./terraform", .0.display())]
    NotOnPath(PathBuf),
    /// The folder to work in could not be set up.
    #[error("cannot set up the demo's temporary folder")]
    Prepare(#[source] io::Error),
    /// The sandbox did not start.
    #[error("cannot start the sandbox")]
    Sandbox(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A step went wrong.
    #[error("the step \"{step}\" failed")]
    Step {
        /// The step's name, as its heading has it.
        step: &'static str,
        /// What went wrong in it.
        #[source]
        problem: Problem,
    },
}

/// What can go wrong in a step.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(super) enum Problem {
    /// The CLI did not start.
    #[error("cannot run {}", program.display())]
    Start {
        /// The CLI.
        program: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The CLI's exit code was another one.
    #[error("`{command}` exited with {actual}, but {expected} was expected")]
    ExitCode {
        /// What was run.
        command: String,
        /// The code that the step needs.
        expected: i32,
        /// The code that came, or the name of what ended the command.
        actual: String,
    },
    /// What is in the sandbox or in the CLI's output is not what the step should have led to.
    #[error("{0}")]
    Outcome(String),
    /// The output could not be passed on.
    #[error("cannot write the output")]
    Output(#[source] io::Error),
    /// Ctrl-C, or a signal that asks to end.
    #[error("interrupted")]
    Interrupted,
}
