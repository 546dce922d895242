//! A local, stateful, strict implementation of Vonage's PSIP API: for the `sandbox` and `demo` commands, and for tests.
//!
//! One request's way: `server` accepts it, `gate` turns away what comes from web pages, `service` reads and journals it, `router` names the operation,
//! `handlers` check it by the rules in `domain` and `user` and act on the `store` through the `storage`, `view`, `response` and `problem`
//! are the answer, `faults` spoil it where a script says so, `delivery` brings it on its way. Requests under `/_sandbox/` go to `control` instead: no journal, no rules.
//! That door is for tests and for drift made by hand; the server listens on loopback only unless it is told otherwise.
//!
//! Nothing here is shared with the provider's API client or its reading of ACLs: a mistake must not pass on both sides.

mod auth;
mod control;
mod delivery;
mod error_body;
pub mod faults;
mod flags;
mod gate;
mod journal;
mod json;
mod mutex;
mod options;
mod path;
mod problem;
mod psip;
mod request;
mod response;
mod sandbox;
mod seed;
mod server;
mod service;
mod span;
mod state;
mod state_file;
pub mod switches;
#[cfg(test)]
mod tests;
mod timeline;

pub use control::EditError;
pub use faults::Fault;
pub use journal::Record;
pub use json::Object;
pub use options::{API_KEY, API_SECRET, Options, StartError};
pub use sandbox::Sandbox;
pub use seed::Seed;
pub use server::start;
pub use span::{InvalidSpan, Span};
pub use state_file::{FileError, InvalidContents, WriteError};
pub use switches::Switches;
