//! The command itself: from its arguments to an exit code.

use std::{
    io::{self, IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

use vonage_sandbox::Options;

use super::{
    DemoError,
    command::{Cli, Interruptions},
    locate,
    stage::Stage,
    story::{self, Scene},
};

use crate::{causes::explain, env::Environment};

/// Show the whole life of a SIP domain with the real Terraform or OpenTofu, on a built-in sandbox
///
/// Nothing outside a temporary folder is touched, no account is needed, and nothing stays behind.
#[derive(Clone, Debug, Default, clap::Args)]
pub(in crate::cli) struct DemoArgs {
    /// The CLI to use: a name on PATH, or a path [default: terraform on PATH, or else tofu]
    #[arg(long, value_name = "PROGRAM")]
    cli: Option<PathBuf>,
}

/// Plays the demo on standard output. The exit code is 0 only if every step did what it should.
pub(in crate::cli) async fn run(arguments: DemoArgs, environment: &dyn Environment) -> ExitCode {
    let colour = io::stdout().is_terminal() && environment.get("NO_COLOR").is_none();
    match demonstrate(&arguments, environment, colour, &mut io::stdout()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // A closed terminal leaves nobody to tell.
            let _ = writeln!(io::stderr(), "demo: {}", explain(&error));
            ExitCode::FAILURE
        }
    }
}

async fn demonstrate(
    arguments: &DemoArgs,
    environment: &dyn Environment,
    colour: bool,
    out: &mut dyn Write,
) -> Result<(), DemoError> {
    let program = locate::cli(arguments.cli.as_deref(), environment)?;
    let interruptions = Interruptions::listen().map_err(DemoError::Prepare)?;
    let stage = std::env::current_exe()
        .and_then(|myself| Stage::set_up(&myself))
        .map_err(DemoError::Prepare)?;
    let options = Options::default();
    let credentials = (options.api_key.clone(), options.api_secret.clone());
    let sandbox = vonage_sandbox::start(options)
        .await
        .map_err(|error| DemoError::Sandbox(Box::new(error)))?;
    let mut scene = Scene {
        cli: Cli {
            program,
            folder: stage.configuration(),
            environment: variables(&stage, &sandbox.url(), credentials, colour, environment),
            interruptions,
        },
        sandbox: &sandbox,
        out,
        step: "start",
    };
    let played = story::play(&mut scene).await;
    sandbox.stop().await;
    // The last line below says that nothing is left.
    drop(stage);
    played?;
    writeln!(
        out,
        "\nEvery step did what it should. Nothing of the demo is left on this machine."
    )
    .map_err(|error| DemoError::Step {
        step: "end",
        problem: super::Problem::Output(error),
    })
}

/// All that the CLI and the provider get to see of an environment.
fn variables(
    stage: &Stage,
    url: &str,
    (api_key, api_secret): (String, String),
    colour: bool,
    environment: &dyn Environment,
) -> Vec<(&'static str, String)> {
    let text = |path: PathBuf| path.to_string_lossy().into_owned();
    let mut variables = vec![
        ("PATH", environment.get("PATH").unwrap_or_default()),
        ("HOME", text(stage.home())),
        ("TMPDIR", text(stage.temporary())),
        ("TF_CLI_CONFIG_FILE", text(stage.cli_configuration())),
        ("TF_IN_AUTOMATION", "1".to_owned()),
        ("TF_INPUT", "0".to_owned()),
        ("CHECKPOINT_DISABLE", "1".to_owned()),
        ("VONAGE_BASE_URL", url.to_owned()),
        ("VONAGE_API_KEY", api_key),
        ("VONAGE_API_SECRET", api_secret),
    ];
    if !colour {
        variables.push(("TF_CLI_ARGS", "-no-color".to_owned()));
    }
    variables
}
