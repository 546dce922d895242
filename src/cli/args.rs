//! The command line.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{Parser, Subcommand};

use tfplugin::plugin::TERRAFORM;

use super::{demo, export, sandbox};
use crate::provider::VERSION;

/// Terraform and OpenTofu provider for Vonage Programmable SIP.
///
/// Without arguments it serves the Terraform that started it.
#[derive(Debug, Parser)]
#[command(name = "terraform-provider-vonage", disable_version_flag = true)]
struct Arguments {
    /// Print name, version and protocol.
    #[arg(long)]
    version: bool,

    /// Serve for a debugger: no certificate, and print the `TF_REATTACH_PROVIDERS` to set (also: -debug).
    #[arg(long)]
    debug: bool,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Put this program where `terraform init` and `tofu init` find it without a network
    ///
    /// It goes into your plugin folder, for the default registries of both. Running it again does no harm.
    Install {
        /// Remove this version from there, and the folders that are empty afterwards
        #[arg(long)]
        uninstall: bool,
    },
    Sandbox(Box<sandbox::Args>),
    Demo(demo::DemoArgs),
    Export(export::ExportArgs),
}

/// What a start of the program means.
#[derive(Debug)]
pub(super) enum Start {
    Version,
    Plugin,
    Debug,
    Command(Box<Command>),
}

/// Reads the command line. Help comes as an "error" that is none.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Start, clap::Error> {
    let arguments: Vec<_> = arguments.into_iter().map(go_spelling).collect();
    // How hosts start it, several times for one command: they need not wait until a parser is set up.
    if arguments.len() <= 1 {
        return Ok(Start::Plugin);
    }
    match Arguments::try_parse_from(arguments)? {
        Arguments { version: true, .. } => Ok(Start::Version),
        Arguments {
            debug: true,
            command: None,
            ..
        } => Ok(Start::Debug),
        Arguments {
            debug: true,
            command: Some(_),
            ..
        } => Err(clap::Error::raw(
            ErrorKind::ArgumentConflict,
            "--debug is for the provider itself, not for a command\n",
        )),
        Arguments {
            command: Some(command),
            ..
        } => Ok(Start::Command(Box::new(command))),
        Arguments { command: None, .. } => Ok(Start::Plugin),
    }
}

/// Name, version and protocol in one line.
pub(super) fn version() -> String {
    format!(
        "terraform-provider-vonage {VERSION} (protocol {})",
        TERRAFORM.protocol_version
    )
}

/// Go's flags have one dash; tools that debug providers write them so.
fn go_spelling(argument: OsString) -> OsString {
    if argument == "-debug" {
        "--debug".into()
    } else {
        argument
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(arguments: &[&str]) -> Result<Start, clap::Error> {
        let program = std::iter::once("terraform-provider-vonage");
        parse(program.chain(arguments.iter().copied()).map(OsString::from))
    }

    #[test]
    fn both_spellings_of_debug_mean_the_same() {
        assert!(matches!(start(&["--debug"]), Ok(Start::Debug)));
        assert!(matches!(start(&["-debug"]), Ok(Start::Debug)));
        assert!(start(&["--debug", "sandbox"]).is_err());
    }

    #[test]
    fn no_arguments_mean_the_plugin() {
        assert!(matches!(start(&[]), Ok(Start::Plugin)));
        assert!(matches!(start(&["--version"]), Ok(Start::Version)));
        assert!(start(&["nonsense"]).is_err());
    }
}
