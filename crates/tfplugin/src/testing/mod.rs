//! What a provider is tried with: a small host that starts it as Terraform does, and the rules by which core takes or refuses
//! each of its answers.
//!
//! - [`Host`] starts a program, shakes hands with it, and calls it in values. It fails with an [`Error`], never by a panic.
//! - [`Client`] and [`Resource`] are its calls, on any connection, which can be the service itself within a test's process.
//! - [`Core`] leads one object through its life, and panics where an answer breaks a rule, as an assertion does.
//! - [`rules`] are these rules as functions.
//! - [`Plugin`], [`Connection`] and [`Identity`] are the parts of a host, and [`messages`] and [`codec`] those of a call, for
//!   tests that send what no host should.
//!
//! - [`parsers`] read what comes from a host, for fuzzing; the rest of that is [`codec`](crate::codec)'s.
//!
//! Values are read and written by another `MessagePack` crate than the provider's, so that no mistake is made twice.
//!
//! ```no_run
//! # async fn example() -> Result<(), tfplugin::testing::Error> {
//! use tfplugin::testing::Host;
//!
//! let host = Host::start("target/debug/terraform-provider-example", [("EXAMPLE_TOKEN", "hush")]).await?;
//! host.configure(&[]).await?;
//! let note = host.resource("example_note")?;
//! let config = note.config(&[("text", "hello".into())])?;
//! let planned = note.plan(None, &config).await?.value;
//! let made = note.apply(None, &config, &planned).await?.value;
//! assert_eq!(note.plan(made.as_ref(), &config).await?.value.action, tfplugin::testing::Action::Nothing);
//! host.shut_down().await?;
//! # Ok(())
//! # }
//! ```

mod client;
pub mod codec;
mod connection;
mod core;
mod error;
mod host;
mod identity;
mod process;
mod resource;
pub mod rules;

/// The protocol's messages and clients: those of a provider, and of `health` and go-plugin's own services.
pub mod messages {
    pub use crate::plugin::messages::{health, plugin};
    pub use crate::server::messages::*;
}

pub use self::client::{Client, Schemas, Transport, message_client};
pub use self::connection::{Connection, HandshakeLine};
pub use self::core::{Core, Refused};
pub use self::error::Error;
pub use self::host::Host;
pub use self::identity::Identity;
pub use self::process::{Ended, Plugin, environment};
pub use self::resource::{Action, Object, Planned, Resource};
pub use crate::plugin::parsers;
