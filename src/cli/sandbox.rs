//! `terraform-provider-vonage sandbox`: a local PSIP API in the foreground, until Ctrl-C or SIGTERM.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use super::causes;
use crate::sandbox::{self, Options, Seed, StartError, Switches};

/// Run a local PSIP API that needs no account
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Args {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// The API key that requests must carry
    #[arg(long, value_name = "KEY", default_value = "sandbox")]
    api_key: String,
    /// The API secret that requests must carry
    #[arg(long, value_name = "SECRET", default_value = "sandbox")]
    api_secret: String,
    /// Keep domains and users (with their secrets) in this file
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Start with the domains in a file, or with COUNT made-up ones, where the state file does not exist yet
    #[arg(long, value_name = "FILE|COUNT")]
    seed: Option<Seed>,
    /// Listen on an address that other machines can reach, control routes without credentials included
    #[arg(long)]
    allow_non_loopback: bool,
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
            let _ = writeln!(err, "Error: {}", causes(&error));
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
            "Warning: {} may be reachable from other machines, which need no credentials for /_sandbox/.",
            args.listen
        );
    }
    let sandbox = sandbox::start(args.into()).await?;
    let told = announce(out, &sandbox.url(), &key, &secret);
    if told.is_ok() {
        end.await;
    }
    sandbox.stop().await;
    told.map_err(CommandError::Output)
}

/// The URL, and the lines to paste into a shell.
fn announce(out: &mut impl Write, url: &str, key: &str, secret: &str) -> io::Result<()> {
    writeln!(out, "PSIP sandbox on {url} (Ctrl-C ends it)")?;
    writeln!(out, "export VONAGE_BASE_URL={}", quoted(url))?;
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
mod tests {
    use std::future::ready;
    use std::time::Duration;

    use clap::Parser;

    use super::*;
    use crate::sandbox::switches::{AclEcho, PutStatus, VisibilityDelay};

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }

    fn args(flags: &[&str]) -> Result<Args, clap::Error> {
        let line = std::iter::once(&"sandbox").chain(flags);
        Line::try_parse_from(line).map(|line| line.args)
    }

    /// A writer whose reader has gone.
    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn without_flags_the_options_are_the_library_s_defaults() {
        let (parsed, default) = (Options::from(args(&[]).unwrap()), Options::default());
        assert_eq!(parsed.listen, default.listen);
        assert_eq!(
            (parsed.api_key, parsed.api_secret),
            (default.api_key, default.api_secret)
        );
        assert_eq!((parsed.state, parsed.seed), (default.state, default.seed));
        assert_eq!(parsed.switches, default.switches);
        assert!(!parsed.allow_non_loopback);
    }

    #[test]
    fn flags_set_switches_and_seed() {
        let options: Options = args(&[
            "--acl-echo=add-32",
            "--visibility-delay=create=3s",
            "--put-status=201",
            "--acl-max=16",
            "--seed=300",
        ])
        .unwrap()
        .into();
        let create = Duration::from_secs(3);
        assert_eq!(
            options.switches,
            Switches {
                acl_echo: AclEcho::Add32,
                visibility_delay: VisibilityDelay {
                    create,
                    ..VisibilityDelay::default()
                },
                put_status: PutStatus::Created,
                acl_max: Some(16),
                ..Switches::default()
            }
        );
        assert_eq!(options.seed, Some(Seed::Count(300)));
    }

    #[test]
    fn wrong_values_are_refused_before_anything_starts() {
        for flag in [
            "--acl-echo=upside-down",
            "--put-status=202",
            "--visibility-delay=3",
            "--listen=localhost",
        ] {
            assert!(args(&[flag]).is_err(), "{flag}");
        }
    }

    #[tokio::test]
    async fn the_lines_to_paste_name_the_port_that_was_bound() {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let args = args(&["--api-secret", "it's $ecret"]).unwrap();
        run_until(args, &mut out, &mut err, ready(()))
            .await
            .unwrap();
        let out = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = out.lines().collect();
        let url = lines[1].strip_prefix("export VONAGE_BASE_URL=").unwrap();
        assert!(
            url.starts_with("http://127.0.0.1:") && !url.ends_with(":0"),
            "{url}"
        );
        assert!(lines[0].contains(url));
        assert_eq!(
            lines[2..],
            [
                "export VONAGE_API_KEY=sandbox",
                r"export VONAGE_API_SECRET='it'\''s $ecret'"
            ]
        );
        assert!(err.is_empty());
    }

    #[tokio::test]
    async fn an_address_that_others_can_reach_must_be_forced_and_warns() {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let refused = args(&["--listen=0.0.0.0:0"]).unwrap();
        let error = run_until(refused, &mut out, &mut err, ready(()))
            .await
            .unwrap_err();
        assert!(
            causes(&error).contains("0.0.0.0:0 is not a loopback address"),
            "{}",
            causes(&error)
        );
        assert!(out.is_empty() && err.is_empty());

        let forced = args(&["--listen=0.0.0.0:0", "--allow-non-loopback"]).unwrap();
        run_until(forced, &mut out, &mut err, ready(()))
            .await
            .unwrap();
        assert!(
            String::from_utf8(err)
                .unwrap()
                .starts_with("Warning: 0.0.0.0:0")
        );
        assert!(
            String::from_utf8(out)
                .unwrap()
                .contains("http://127.0.0.1:")
        );
    }

    #[tokio::test]
    async fn a_sandbox_that_nobody_can_find_does_not_stay() {
        let outcome = run_until(
            args(&[]).unwrap(),
            &mut Closed,
            &mut Vec::new(),
            std::future::pending(),
        )
        .await;
        assert!(matches!(outcome, Err(CommandError::Output(_))));
    }

    #[tokio::test]
    async fn a_failure_is_told_in_one_line_with_its_causes() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state.json");
        std::fs::write(&state, "[").unwrap();
        let mut err = Vec::new();
        let args = args(&["--state", state.to_str().unwrap()]).unwrap();
        assert_eq!(
            run(args, &mut Vec::new(), &mut err).await,
            ExitCode::FAILURE
        );
        let err = String::from_utf8(err).unwrap();
        assert!(
            err.starts_with("Error: the sandbox did not start: the state file cannot be used: "),
            "{err}"
        );
        assert!(
            err.contains("state.json") && err.lines().count() == 1,
            "{err}"
        );
    }
}
