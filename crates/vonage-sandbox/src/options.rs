//! What a sandbox is started with, and why it may not start.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use crate::faults::Fault;
use crate::flags;
use crate::seed::Seed;
use crate::state_file::FileError;
use crate::switches::Switches;

/// The API key, by default.
pub const API_KEY: &str = "sandbox";

/// The API secret, by default. Tests search messages for it, so it is a word that no message contains.
pub const API_SECRET: &str = "sandbox-Secret-1";

/// What a sandbox is started with, and flags of the command line. By default it listens on loopback on a free port, is
/// empty, and responses as is likeliest.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,
    /// The API key that requests must carry
    #[arg(long, value_name = "KEY", default_value = API_KEY)]
    pub api_key: String,
    /// The API secret that requests must carry
    #[arg(long, value_name = "SECRET", default_value = API_SECRET)]
    pub api_secret: String,
    /// Keep domains, users (with their secrets), applications and numbers in this file
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// Start with what is in a file, or with COUNT made-up domains, their users and numbers, where the state file does not exist yet
    #[arg(long, value_name = "FILE|COUNT")]
    pub seed: Option<Seed>,
    /// Listen on an address that other machines can reach; whatever is sent there can be read on the way
    #[arg(long)]
    pub allow_non_loopback: bool,
    /// Something that goes wrong, as JSON, such as '{"method":"POST","status":503,"times":2}'; may be given again
    #[arg(long = "fault", value_name = "JSON")]
    pub faults: Vec<Fault>,
    /// What is unknown of the real API
    #[command(flatten)]
    pub switches: Switches,
}

impl Default for Options {
    fn default() -> Self {
        flags::defaults()
    }
}

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Others could reach it.
    #[error(
        "{0} is not a loopback address, and whatever is sent to the sandbox can be read on the way; to listen there all the same, \
         give --allow-non-loopback"
    )]
    NotLoopback(SocketAddr),
    /// The address cannot be had.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The token of the control routes cannot be made.
    #[error("the system gives no random numbers")]
    Random,
    /// The state file is of no use.
    #[error("the state file cannot be used")]
    State(#[from] FileError),
    /// The seed is of no use.
    #[error("the seed cannot be used")]
    Seed(#[source] FileError),
}
