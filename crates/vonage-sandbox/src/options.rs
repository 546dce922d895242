//! What a sandbox is started with, and why it may not start.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use super::contents::InvalidContents;
use super::faults::Fault;
use super::persist::FileError;
use super::seed::Seed;
use super::switches::Switches;

/// The API key of a sandbox that is told no other.
pub const API_KEY: &str = "sandbox";

/// The API secret of a sandbox that is told no other. Messages are searched for secrets, so that no text may contain it.
pub const API_SECRET: &str = "sandbox-Secret-1";

/// What a sandbox is started with.
#[derive(Clone)]
pub struct Options {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The Basic user that requests must carry.
    pub api_key: String,
    /// The Basic password that requests must carry.
    pub api_secret: String,
    /// A file that keeps the contents over a restart.
    pub state: Option<PathBuf>,
    /// The first contents, where no state file has any.
    pub seed: Option<Seed>,
    /// How it answers where the real API's behaviour is unknown.
    pub switches: Switches,
    /// What goes wrong from the start.
    pub faults: Vec<Fault>,
    /// Whether `listen` may be reachable from other machines.
    pub allow_non_loopback: bool,
}

/// Loopback on a free port, [`API_KEY`] and [`API_SECRET`], no contents, the likeliest switches.
impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            api_key: API_KEY.to_owned(),
            api_secret: API_SECRET.to_owned(),
            state: None,
            seed: None,
            switches: Switches::default(),
            faults: Vec::new(),
            allow_non_loopback: false,
        }
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
    State(#[source] FileError),
    /// The seed is of no use.
    #[error("the seed cannot be used")]
    Seed(#[source] FileError),
    /// The first contents contradict themselves.
    #[error("the first contents cannot be used")]
    Contents(#[from] InvalidContents),
}
