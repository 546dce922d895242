//! The plugin's side of go-plugin: how a host starts this process, trusts it, calls it and ends it.
//!
//! [`serve`] puts the provider's service beside those that the host expects. The files in the order of a start: `handshake` reads what the host asks and writes the one line of standard
//! output, `tls` pins the host's certificate, `listener` opens the socket, `connection` accepts and speaks HTTP/2,
//! `router` finds the service, `services` are the host's own, `lifecycle` with `signals` and `host` decides when
//! all of this ends. `reattach` is the start by hand, for a debugger.

mod connection;
mod generated;
mod handshake;
mod host;
mod lifecycle;
mod listener;
mod p521;
#[cfg(feature = "testing")]
pub mod parsers;
mod reattach;
mod router;
mod serve;
mod services;
mod signals;
mod tls;

/// The messages of the services that a host expects, and their clients, for [`testing`](crate::testing) alone.
#[cfg(feature = "testing")]
pub(crate) mod messages {
    pub use super::generated::{health, plugin};
}

pub use handshake::{COOKIE_KEY, COOKIE_VALUE, HandshakeError, PROTOCOL_VERSION, started_by_host};
pub use reattach::serve_for_reattach;
pub use serve::{ServeError, serve};
