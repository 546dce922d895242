//! `terraform-provider-vonage demo`: the life of a SIP domain on a sandbox, in front of the reader.
//!
//! The steps of the [`story`] take place on a [`stage`], played by a real CLI ([`cli`]), or where there is none by a small
//! [`host`] of our own. Each step shows what comes of it, and checks that.

#[cfg(unix)]
mod cli;
mod error;
mod host;
#[cfg(unix)]
mod locate;
mod stage;
mod story;

use std::io::{self, Write};
use std::process::ExitCode;

use async_trait::async_trait;
use vonage_sandbox::Options;

use self::error::{DemoError, Problem};
use self::host::OwnHost;
use self::stage::Stage;
use self::story::{Command, Scene};
use super::report;
use crate::causes::explain;
use crate::env::Environment;

/// Show the whole life of a SIP domain with the real Terraform or OpenTofu, on a built-in sandbox
///
/// Where there is neither, a small host inside this program shows it in its own words. Nothing outside a temporary folder is
/// touched, no account is needed, and nothing stays behind.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct DemoArgs {
    /// The CLI to use: a name on PATH, or a path [default: terraform on PATH, or else tofu]
    #[cfg(unix)]
    #[arg(long, value_name = "PROGRAM")]
    cli: Option<std::path::PathBuf>,
}

/// Who carries out the commands of the story.
#[async_trait(?Send)]
trait Player {
    /// Carries out a command, and shows on `out` what there is to see; gives that, if all is as it should be.
    async fn run(
        &mut self,
        command: Command,
        stage: &mut Stage,
        out: &mut dyn Write,
    ) -> Result<String, Problem>;
}

/// Plays the demo on standard output. The exit code is 0 only if every step did what it should.
pub(super) async fn run(arguments: DemoArgs, environment: &dyn Environment) -> ExitCode {
    match demonstrate(&arguments, environment, &mut io::stdout()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => report(true, &format!("demo: {}\n", explain(&error))),
    }
}

async fn demonstrate(
    arguments: &DemoArgs,
    environment: &dyn Environment,
    out: &mut dyn Write,
) -> Result<(), DemoError> {
    let player = player(arguments, environment)?;
    let sandbox = vonage_sandbox::start(Options::default()).await?;
    let stage = Stage::set_up(&sandbox.url(), environment).map_err(DemoError::Prepare)?;
    let mut scene = Scene {
        player,
        stage,
        sandbox: &sandbox,
        out,
    };
    let result = scene.play().await;
    // The last line says that nothing is left.
    drop(scene.stage);
    sandbox.stop().await;
    result?;
    writeln!(
        out,
        "\nEvery step did what it should. Nothing of the demo is left on this machine."
    )
    .map_err(|error| DemoError::Step {
        step: "end",
        problem: Problem::Output(error),
    })
}

/// The CLI that is named or found, or else our own host.
#[cfg_attr(
    not(unix),
    expect(unused_variables, reason = "no CLI is looked for there")
)]
fn player(
    arguments: &DemoArgs,
    environment: &dyn Environment,
) -> Result<Box<dyn Player>, DemoError> {
    #[cfg(unix)]
    if let Some(program) = locate::cli(arguments.cli.as_deref(), environment)? {
        return Ok(Box::new(cli::Cli(program)));
    }
    Ok(Box::new(OwnHost::default()))
}
