//! `terraform-provider-vonage sandbox`: a local SIP API in the foreground.

use std::error::Error;
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use tokio::signal::unix::{SignalKind, signal};

use super::causes;
use crate::sandbox::{self, Options, Sandbox, Seed, Switches};

/// Run a local Programmable SIP API, to try and test against
///
/// Prints its URL and the variables that lead the provider there, and serves until Ctrl-C. What can be done while it runs
/// (journal, reset, direct edits, switches) is under /_sandbox/ and needs no credentials.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct SandboxArgs {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value_t = SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))]
    listen: SocketAddr,
    /// The API key that requests must carry
    #[arg(long, value_name = "KEY", default_value = "sandbox")]
    api_key: String,
    /// The API secret that requests must carry
    #[arg(long, value_name = "SECRET", default_value = "sandbox")]
    api_secret: String,
    /// A file that keeps domains and users over a restart
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// First contents: a file in the form of the state file, or a number of made-up domains
    #[arg(long, value_name = "FILE|COUNT")]
    seed: Option<Seed>,
    /// Allow an address that other machines can reach; whoever reaches it can change everything
    #[arg(long)]
    allow_non_loopback: bool,
    #[command(flatten)]
    switches: Switches,
}

/// Serves until a signal asks for the end.
pub(super) async fn run(arguments: SandboxArgs) -> ExitCode {
    match serve(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // A closed terminal leaves nobody to tell.
            let _ = writeln!(io::stderr(), "sandbox: {}", causes(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

async fn serve(arguments: SandboxArgs) -> Result<(), Box<dyn Error>> {
    // Before the start, so that a Ctrl-C that comes early still ends it in good order.
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let options = Options {
        listen: arguments.listen,
        api_key: arguments.api_key,
        api_secret: arguments.api_secret,
        state: arguments.state,
        seed: arguments.seed,
        switches: arguments.switches,
        allow_non_loopback: arguments.allow_non_loopback,
    };
    let credentials = (options.api_key.clone(), options.api_secret.clone());
    let sandbox = sandbox::start(options).await?;
    announce(&sandbox, &credentials)?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    sandbox.stop().await;
    Ok(())
}

fn announce(sandbox: &Sandbox, (api_key, api_secret): &(String, String)) -> io::Result<()> {
    let url = sandbox.url();
    let mut out = io::stdout().lock();
    if !sandbox.address().ip().is_loopback() {
        writeln!(
            out,
            "# Other machines can reach this address, and change everything without credentials."
        )?;
    }
    writeln!(
        out,
        "# A Programmable SIP API at {url}, until Ctrl-C. Paste these lines where Terraform runs:"
    )?;
    writeln!(out, "export VONAGE_BASE_URL={}", shell(&url))?;
    writeln!(
        out,
        "export VONAGE_API_KEY={} VONAGE_API_SECRET={}",
        shell(api_key),
        shell(api_secret)
    )?;
    out.flush()
}

/// The text as one word of a POSIX shell.
fn shell(text: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:".contains(letter);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::shell;

    #[test]
    fn pasted_words_mean_themselves() {
        assert_eq!(shell("http://127.0.0.1:8080"), "http://127.0.0.1:8080");
        assert_eq!(shell("a b$c"), "'a b$c'");
        assert_eq!(shell("it's"), r"'it'\''s'");
        assert_eq!(shell(""), "''");
    }
}
