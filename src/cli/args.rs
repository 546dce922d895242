//! The command line.

use std::ffi::OsString;

use clap::{Parser, Subcommand};

use super::{demo, export, probe};

/// Terraform and OpenTofu provider for Vonage Programmable SIP.
///
/// Without arguments it serves the Terraform that started it.
#[derive(Debug, Default, Parser)]
#[command(
    name = "terraform-provider-vonage",
    disable_version_flag = true,
    args_conflicts_with_subcommands = true
)]
pub(super) struct Arguments {
    /// Print name, version and protocol.
    #[arg(long)]
    pub(super) version: bool,

    /// Serve for a debugger: no certificate, and print the `TF_REATTACH_PROVIDERS` to set (also: -debug).
    #[arg(long)]
    pub(super) debug: bool,

    #[command(subcommand)]
    pub(super) command: Option<Command>,
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
    /// Run a local Vonage API that needs no account
    Sandbox(Box<vonage_sandbox::Options>),
    Demo(demo::DemoArgs),
    Export(export::ExportArgs),
    Probe(probe::ProbeArgs),
}

/// Reads the command line. Help comes as an "error" that is none.
pub(super) fn parse(
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<Arguments, clap::Error> {
    let arguments: Vec<_> = arguments.into_iter().map(go_spelling).collect();
    // How hosts start it, several times for one command: they need not wait until a parser is set up.
    if arguments.len() <= 1 {
        return Ok(Arguments::default());
    }
    Arguments::try_parse_from(arguments)
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

    fn read(arguments: &[&str]) -> Result<Arguments, clap::Error> {
        let program = std::iter::once("terraform-provider-vonage");
        parse(program.chain(arguments.iter().copied()).map(OsString::from))
    }

    #[test]
    fn both_spellings_of_debug_mean_the_same() {
        assert!(read(&["--debug"]).unwrap().debug);
        assert!(read(&["-debug"]).unwrap().debug);
        let error = read(&["--debug", "sandbox"]).unwrap_err();
        assert_eq!(error.kind(), clap::error::ErrorKind::ArgumentConflict);
    }

    #[test]
    fn no_arguments_mean_the_plugin() {
        let plugin = read(&[]).unwrap();
        assert!(!plugin.version && !plugin.debug && plugin.command.is_none());
        assert!(read(&["--version"]).unwrap().version);
        assert!(read(&["nonsense"]).is_err());
    }
}
