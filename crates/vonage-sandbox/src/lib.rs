//! A local Vonage to try and test clients against, as a library and behind the program's `sandbox` and `demo` commands.
//!
#![doc = include_str!("../README.md")]

mod apis;
mod applications;
mod auth;
mod call;
mod control;
mod delivery;
mod error_body;
pub mod faults;
mod flags;
mod gate;
mod journal;
mod json;
mod mutex;
mod numbers;
mod options;
mod pages;
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
mod store;
pub mod switches;
#[cfg(test)]
mod tests;
mod timeline;

pub use applications::PRIVATE_KEY;
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
