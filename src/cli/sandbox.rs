//! `terraform-provider-vonage sandbox`: a local Vonage API in the foreground, until Ctrl-C or SIGTERM.

use std::io::{self, Write};
use std::process::ExitCode;

use vonage_sandbox::{Options, Sandbox, StartError};

use super::interruptions::Interruptions;
use crate::causes::explain;

/// Why the command failed.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    #[error("the sandbox did not start")]
    Start(#[from] StartError),
    #[error("cannot write to standard output")]
    Output(#[source] io::Error),
    #[error("cannot wait for signals")]
    Signals(#[source] io::Error),
}

/// Runs the command until a signal, with what it has to say on `out` and what went wrong on `err`.
pub(super) async fn run(options: Options, out: &mut impl Write, err: &mut impl Write) -> ExitCode {
    let outcome = match Interruptions::listen() {
        // Signals are caught before the first line is printed: whoever reads it may send one at once.
        Ok(mut signals) => run_until(options, out, err, signals.next()).await,
        Err(error) => Err(CommandError::Signals(error)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to tell where standard error is closed, too.
            let _ = writeln!(err, "Error: {}", explain(&error));
            ExitCode::FAILURE
        }
    }
}

/// Runs the command until `end` completes.
async fn run_until(
    options: Options,
    out: &mut impl Write,
    err: &mut impl Write,
    end: impl Future<Output = ()>,
) -> Result<(), CommandError> {
    let (key, secret) = (options.api_key.clone(), options.api_secret.clone());
    if options.allow_non_loopback && !options.listen.ip().is_loopback() {
        // The warning is advice; that it cannot be written is no reason not to start.
        let _ = writeln!(
            err,
            "Warning: {} may be reachable from other machines, and whatever is sent there can be read on the way.",
            options.listen
        );
    }
    let sandbox = vonage_sandbox::start(options).await?;
    let told = announce(out, &sandbox, &key, &secret);
    if told.is_ok() {
        end.await;
    }
    sandbox.stop().await;
    told.map_err(CommandError::Output)
}

/// The URL, and the lines to paste into a shell.
fn announce(out: &mut impl Write, sandbox: &Sandbox, key: &str, secret: &str) -> io::Result<()> {
    let url = sandbox.url();
    writeln!(out, "Vonage sandbox on {url} (Ctrl-C ends it)")?;
    writeln!(out, "Requests so far: {}", sandbox.journal_url())?;
    for (name, value) in [
        ("VONAGE_BASE_URL", url.as_str()),
        ("VONAGE_API_KEY", key),
        ("VONAGE_API_SECRET", secret),
    ] {
        writeln!(out, "{}", assignment(name, value))?;
    }
    out.flush()
}

/// Sets a variable in the shell that the reader has: PowerShell on Windows, a POSIX shell elsewhere.
fn assignment(name: &str, value: &str) -> String {
    if cfg!(windows) {
        format!("$env:{name} = '{}'", value.replace('\'', "''"))
    } else {
        format!("export {name}={}", quoted(value))
    }
}

/// The text as one word of a POSIX shell.
fn quoted(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:".contains(&byte);
    if !text.is_empty() && text.bytes().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests;
