//! Why a plugin could not be started, or a call came to nothing.

use std::error::Error as StdError;
use std::io;

use crate::diagnostics::Diagnostics;

/// Why a plugin could not be started, or a call came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The program cannot be run, or its output cannot be read.
    #[error("could not run the plugin")]
    Process(#[from] io::Error),
    /// The first line of its standard output is no handshake. Standard error says more, where there is any.
    #[error("the plugin did not answer the handshake: {0}")]
    Handshake(String),
    /// Nothing came for a minute.
    #[error("the plugin does not answer")]
    Timeout,
    /// No connection, or none with this identity.
    #[error("could not connect to the plugin")]
    Connect(#[source] Box<dyn StdError + Send + Sync>),
    /// The call itself failed.
    #[error("the call failed")]
    Call(#[source] Box<tonic::Status>),
    /// The answer is not what the protocol allows.
    #[error("the answer breaks the protocol: {0}")]
    Answer(String),
    /// The value that was to be sent does not fit the schema.
    #[error("not a value of the schema: {0}")]
    Value(String),
    /// The provider answered with errors, which are among these messages.
    #[error("{}", told(.0))]
    Refused(Diagnostics),
}

impl From<tonic::Status> for Error {
    fn from(status: tonic::Status) -> Self {
        Self::Call(Box::new(status))
    }
}

fn told(diagnostics: &Diagnostics) -> String {
    let told = diagnostics
        .iter()
        .map(|it| format!("{}: {}", it.summary, it.detail));
    told.collect::<Vec<_>>().join("\n")
}
