//! Runs the probe: says first what it would do, does it on a yes, and tells what came of it.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use tfplugin::diagnostics::Diagnostics;
use tfplugin::logging::complain;
use tokio_util::sync::CancellationToken;

use super::{file, table};
use crate::cli::interruptions::Interruptions;
use crate::cli::{report, report_problems, start_logging};
use crate::env::Environment;
use crate::probe::{self, Cleaned, MOST_REQUESTS, Run};
use crate::provider;

/// Ask an account's real APIs what no document says of them, and write a report without secrets
///
/// With --yes it makes, reads, changes and deletes three applications, and up to ten SIP domains with a few users, in the account
/// that credentials of the usual places lead to. All names begin with `tfprobe-` and twelve random hexadecimal digits; nothing else
/// is changed, and no number ever. It takes about a minute, at most 10, and at most 400 requests; then it removes what it
/// has made, with at most 200 requests in 3 minutes, also after an error or Ctrl-C.
#[derive(Clone, Debug, clap::Args)]
pub(in crate::cli) struct ProbeArgs {
    /// Do it; without this, only say what would be done
    #[arg(long, conflicts_with = "clean")]
    yes: bool,
    /// Remove what killed runs have left, by its names; no other run may be under way
    #[arg(long)]
    clean: bool,
    /// Where the report goes; must not exist yet
    #[arg(long, value_name = "FILE", default_value = "probe-report.json")]
    output: PathBuf,
}

/// The exit code is 0 only if all was asked, and nothing is left in the account.
pub(in crate::cli) async fn run(
    arguments: ProbeArgs,
    environment: impl Environment + 'static,
) -> ExitCode {
    start_logging(&environment);
    let done = if arguments.clean {
        clean(&arguments.output, &environment).await
    } else if arguments.yes {
        ask(&arguments.output, &environment).await
    } else {
        return report(true, &intention(&arguments.output));
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => report_problems(problems),
    }
}

fn intention(output: &Path) -> String {
    format!(
        "Nothing was done. With --yes, three applications and up to ten SIP domains with a few users are made in your account, \
         changed, read and deleted again. Their names begin with \"tfprobe-\" and random digits; nothing else is changed, and no number ever. \
         At most {MOST_REQUESTS} requests are sent. What was seen goes to {}, without secrets.\n",
        output.display()
    )
}

async fn ask(output: &Path, environment: &dyn Environment) -> Result<(), Diagnostics> {
    let api = provider::raw_api(environment)?;
    let run =
        Run::new().map_err(|error| Diagnostics::from_error("Cannot start", error.to_string()))?;
    file::create(output, &probe::unfinished(&run)).map_err(|error| not_made(output, &error))?;
    complain(&format!(
        "Asking, as {}. Ctrl-C ends it, and removes what was made.",
        run.as_str()
    ));
    let [interrupt, abandon] = [CancellationToken::new(), CancellationToken::new()];
    let asking = probe::run(&api, run, interrupt.clone(), abandon.clone());
    let found = interruptible(asking, &[interrupt, abandon]).await?;
    file::replace(output, &found.to_json()).map_err(|error| {
        let detail = format!("{error}. What was seen is in the table above.");
        let title = format!("Cannot write {}", output.display());
        report(false, &table::write(&found));
        Diagnostics::from_error(title, detail)
    })?;
    report(false, &table::write(&found));
    if let Some(why) = &found.stopped {
        return Err(with_left(
            Diagnostics::from_error(
                "The probe ended before its end",
                format!("What was not asked any more is not seen, because {why}."),
            ),
            &found.cleaned,
        ));
    }
    let problems = with_left(Diagnostics::new(), &found.cleaned);
    if problems.has_errors() {
        return Err(problems);
    }
    complain(&format!(
        "Nothing of the probe is left in the account. The report is in {}.",
        output.display()
    ));
    Ok(())
}

async fn clean(output: &Path, environment: &dyn Environment) -> Result<(), Diagnostics> {
    let api = provider::raw_api(environment)?;
    let run = file::read(output).and_then(|text| probe::run_to_clean(&text));
    let abandon = CancellationToken::new();
    let cleaning = probe::clean(&api, run.as_ref(), abandon.clone());
    let cleaned = interruptible(cleaning, &[abandon]).await?;
    for removed in &cleaned.removed {
        complain(&format!("Removed: {removed}"));
    }
    let problems = with_left(Diagnostics::new(), &cleaned);
    if problems.has_errors() {
        return Err(problems);
    }
    complain(&match run {
        Some(run) => format!(
            "Nothing of {} is left in the account, nor of other runs, as far as lists show it.",
            run.as_str()
        ),
        None => "Nothing of any run is left in the account.".to_owned(),
    });
    Ok(())
}

/// Does the work; each Ctrl-C cancels the next token.
async fn interruptible<T>(
    work: impl Future<Output = T>,
    tokens: &[CancellationToken],
) -> Result<T, Diagnostics> {
    let mut interruptions = Interruptions::listen()
        .map_err(|error| Diagnostics::from_error("Cannot listen for Ctrl-C", error.to_string()))?;
    let mut tokens = tokens.iter();
    tokio::pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return Ok(done),
            () = interruptions.next() => {
                if let Some(token) = tokens.next() {
                    token.cancel();
                }
            }
        }
    }
}

fn with_left(mut problems: Diagnostics, cleaned: &Cleaned) -> Diagnostics {
    if !cleaned.left.is_empty() {
        problems.append(Diagnostics::from_error(
            "Something may be left in the account",
            format!(
                "{}.\n\nRun `terraform-provider-vonage probe --clean`, with the report of the run in its place, until it says that nothing is left.",
                cleaned.left.join(";\n")
            ),
        ));
    }
    problems
}

fn not_made(output: &Path, error: &io::Error) -> Diagnostics {
    let remedy = if error.kind() == io::ErrorKind::AlreadyExists {
        "If a run was killed, first run `probe --clean`, which reads there what to remove. Then remove the file, or give \
         --output another name."
    } else {
        "Correct that, or give --output another name. Nothing was sent."
    };
    Diagnostics::from_error(
        format!("Cannot make {}", output.display()),
        format!("{error}. {remedy}"),
    )
}

#[cfg(test)]
mod tests {
    use clap::Args as _;

    use super::*;
    use crate::probe::MOST_TO_CLEAN;

    #[test]
    fn the_help_names_the_bounds() {
        let command = ProbeArgs::augment_args(clap::Command::new("probe"));
        let help = command.clone().render_long_help().to_string();
        for most in [MOST_REQUESTS, MOST_TO_CLEAN] {
            let bound = format!("at most {most} requests");
            assert!(help.contains(&bound), "{bound}: {help}");
        }
    }
}
