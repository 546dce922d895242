//! `terraform-provider-vonage sandbox`: a local PSIP API in the foreground, until Ctrl-C or SIGTERM.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use vonage_sandbox::{Fault, Options, Sandbox, Seed, StartError, Switches};

use crate::causes::explain;

/// Run a local PSIP API that needs no account
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Args {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// The API key that requests must carry
    #[arg(long, value_name = "KEY", default_value = vonage_sandbox::API_KEY)]
    api_key: String,
    /// The API secret that requests must carry
    #[arg(long, value_name = "SECRET", default_value = vonage_sandbox::API_SECRET)]
    api_secret: String,
    /// Keep domains and users (with their secrets) in this file
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Start with what is in a file, or with COUNT made-up domains and their users, where the state file does not exist yet
    #[arg(long, value_name = "FILE|COUNT")]
    seed: Option<Seed>,
    /// Listen on an address that other machines can reach; whatever is sent there can be read on the way
    #[arg(long)]
    allow_non_loopback: bool,
    /// Something that goes wrong, as JSON, such as '{"method":"POST","status":503,"times":2}'; may be given again
    #[arg(long = "fault", value_name = "JSON")]
    faults: Vec<Fault>,
    /// What is unknown of the real API
    #[command(flatten)]
    switches: Switches,
}

/// Why the command failed.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    /// The sandbox did not start.
    #[error("the sandbox did not start")]
    Start(#[from] StartError),
    /// Nobody could be told its address.
    #[error("cannot write to standard output")]
    Output(#[source] io::Error),
    /// Signals cannot be received.
    #[error("cannot wait for signals")]
    Signals(#[source] io::Error),
}

/// Runs the command until a signal, with what it has to say on `out` and what went wrong on `err`.
pub(super) async fn run(args: Args, out: &mut impl Write, err: &mut impl Write) -> ExitCode {
    let outcome = match interrupted() {
        // Signals are caught before the first line is printed: whoever reads it may send one at once.
        Ok(signal) => run_until(args, out, err, signal).await,
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
    args: Args,
    out: &mut impl Write,
    err: &mut impl Write,
    end: impl Future<Output = ()>,
) -> Result<(), CommandError> {
    let (key, secret) = (args.api_key.clone(), args.api_secret.clone());
    if args.allow_non_loopback && !args.listen.ip().is_loopback() {
        // The warning is advice; that it cannot be written is no reason not to start.
        let _ = writeln!(
            err,
            "Warning: {} may be reachable from other machines, and whatever is sent there can be read on the way.",
            args.listen
        );
    }
    let sandbox = vonage_sandbox::start(args.into()).await?;
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
    writeln!(out, "PSIP sandbox on {url} (Ctrl-C ends it)")?;
    writeln!(out, "Requests so far: {}", sandbox.journal_url())?;
    writeln!(out, "export VONAGE_BASE_URL={}", quoted(&url))?;
    writeln!(out, "export VONAGE_API_KEY={}", quoted(key))?;
    writeln!(out, "export VONAGE_API_SECRET={}", quoted(secret))?;
    out.flush()
}

/// The text as one word of a POSIX shell.
fn quoted(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:".contains(&byte);
    if !text.is_empty() && text.bytes().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

impl From<Args> for Options {
    fn from(args: Args) -> Self {
        Self {
            listen: args.listen,
            api_key: args.api_key,
            api_secret: args.api_secret,
            state: args.state,
            seed: args.seed,
            switches: args.switches,
            faults: args.faults,
            allow_non_loopback: args.allow_non_loopback,
        }
    }
}

/// Completes at the first Ctrl-C or SIGTERM from now on.
#[cfg(unix)]
fn interrupted() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Completes at the first Ctrl-C from now on.
#[cfg(windows)]
fn interrupted() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}

#[cfg(test)]
mod tests;
