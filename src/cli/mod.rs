//! The commands of the binary, and which of them a start means.

mod args;
mod demo;
mod export;
mod install;
mod interruptions;
mod probe;
mod sandbox;
mod serve;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use tfplugin::diagnostics::Diagnostics;
use tfplugin::logging;
use tfplugin::plugin::{PROTOCOL_VERSION, ServeError, started_by_host};

use self::args::{Arguments, Command};
use crate::causes::explain;
use crate::env::Environment;
use crate::provider::VERSION;

/// What somebody reads who starts a plugin by hand.
const STARTED_BY_HAND: &str = "\
This is a provider of Terraform and OpenTofu, which start it by themselves; `terraform-provider-vonage demo` shows how.
Commands: demo (the whole life of a domain), install (for `init` without a registry), export (configuration of what an
account has), probe (what the real APIs answer), sandbox (a local SIP API), --version, --debug, --help.
";

/// Does what the arguments, or the host's environment, ask for.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    environment: impl Environment + Copy + 'static,
) -> ExitCode {
    let Arguments {
        version,
        debug,
        command,
    } = match args::parse(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return report(error.use_stderr(), &error.to_string()),
    };
    match command {
        Some(Command::Sandbox(options)) => {
            let (mut out, mut err) = (io::stdout(), io::stderr());
            block_on(sandbox::run(*options, &mut out, &mut err))
        }
        Some(Command::Install { uninstall }) => install::run(uninstall, &environment),
        Some(Command::Demo(options)) => block_on(demo::run(options, &environment)),
        Some(Command::Probe(options)) => block_on(probe::run(options, environment)),
        Some(Command::Export(options)) => block_on(export::run(options, environment)),
        None if version => {
            let line =
                format!("terraform-provider-vonage {VERSION} (protocol {PROTOCOL_VERSION})\n");
            report(false, &line)
        }
        None if debug => serving(&environment, serve::debug(environment)),
        None if started_by_host(&environment) => serving(&environment, serve::serve(environment)),
        None => report(true, STARTED_BY_HAND),
    }
}

fn serving(
    environment: &dyn Environment,
    served: impl Future<Output = Result<(), ServeError>>,
) -> ExitCode {
    logging::install_panic_hook();
    start_logging(environment);
    block_on(async {
        match served.await {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                let why = explain(&error);
                report(
                    true,
                    &format!("terraform-provider-vonage cannot serve: {why}\n"),
                )
            }
        }
    })
}

/// Starts the log of this program, where the environment asks for one.
fn start_logging(environment: &dyn Environment) {
    logging::init("vonage", env!("CARGO_CRATE_NAME"), environment);
}

/// One thread is enough: calls wait for the network, and a start must cost nothing.
fn block_on(work: impl Future<Output = ExitCode>) -> ExitCode {
    let runtime = room_for_files().and_then(|()| {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
    });
    match runtime {
        Ok(runtime) => {
            let code = runtime.block_on(work);
            runtime.shutdown_background();
            code
        }
        Err(error) => report(true, &format!("cannot start: {error}\n")),
    }
}

/// Fails where fewer files may be open than the runtime, a socket and a few connections need: the runtime would panic.
fn room_for_files() -> io::Result<()> {
    #[cfg(unix)]
    {
        use nix::sys::resource::{Resource, getrlimit, rlim_t};
        const NEEDED: rlim_t = 16;
        let (limit, _) = getrlimit(Resource::RLIMIT_NOFILE)?;
        if limit < NEEDED {
            return Err(io::Error::other(format!(
                "only {limit} files may be open; allow {NEEDED} or more (`ulimit -n`)"
            )));
        }
    }
    Ok(())
}

/// Tells what went wrong.
fn report_problems(problems: Diagnostics) -> ExitCode {
    let problems = problems.into_iter();
    let texts = problems.map(|it| format!("Error: {}\n\n{}\n", it.summary, it.detail));
    report(true, &texts.collect::<Vec<_>>().join("\n"))
}

/// Writes to the terminal; a failure to do so has nowhere to be told.
fn report(is_error: bool, text: &str) -> ExitCode {
    if is_error {
        let _ = io::stderr().lock().write_all(text.as_bytes());
        return ExitCode::FAILURE;
    }
    let _ = io::stdout().lock().write_all(text.as_bytes());
    ExitCode::SUCCESS
}
