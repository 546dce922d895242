//! Serving a host, from the handshake to the end of the process.

use std::io;

use tokio_rustls::TlsAcceptor;
use tokio_util::task::TaskTracker;

use super::connection::accept_all;
use super::handshake::{self, HandshakeError, HostRequest};
use super::host;
use super::lifecycle::Lifecycle;
use super::listener::Listener;
use super::router::Router;
use super::signals::{Interrupt, Signals};
use super::tls::{Identity, TlsError};
use crate::env::Environment;
use crate::provider::Provider;

/// Why serving did not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// A person started the process.
    #[error("this program is a plugin, and no host has started it")]
    NoHost,
    /// The host's wishes cannot be met.
    #[error("the host's certificate cannot be used")]
    Handshake(#[from] HandshakeError),
    /// No TLS configuration.
    #[error("could not set up TLS")]
    Tls(#[from] TlsError),
    /// No socket.
    #[error("could not open a socket for the host to connect to")]
    Listen(#[source] io::Error),
    /// The handshake line could not be written.
    #[error("could not write to standard output")]
    Announce(#[source] io::Error),
    /// No signal handlers.
    #[error("could not install signal handlers")]
    Signals(#[source] io::Error),
}

/// Serves the host that started this process until it asks for the end, is gone, or a signal comes.
///
/// Needs a tokio runtime with I/O and time. The caller ends that runtime without waiting for blocking tasks.
pub async fn serve(
    provider: impl Provider,
    environment: &dyn Environment,
) -> Result<(), ServeError> {
    if !handshake::started_by_host(environment) {
        return Err(ServeError::NoHost);
    }
    // First of all, so that a Ctrl-C during the start does not end the process either.
    let signals = Signals::install(Interrupt::Ignored).map_err(ServeError::Signals)?;
    let mut request = HostRequest::read(environment)?;
    let host = request.certificate.take();
    let identity = host.is_some().then(Identity::generate).transpose()?;
    let listener = Listener::bind(&request.listen, host.is_some()).map_err(ServeError::Listen)?;
    let address = listener.address().map_err(ServeError::Listen)?;
    let certificate = identity.as_ref().map(|identity| &identity.certificate);
    let line = handshake::line(&request, &address, certificate);
    handshake::announce(&mut io::stdout(), &line).map_err(ServeError::Announce)?;
    // The host waits for the line, and its connection waits in the listener: what the line does not need comes after it.
    let acceptor = match (identity, host) {
        (Some(identity), Some(host)) => Some(identity.acceptor_for(host)?),
        _ => None,
    };
    run(provider, &listener, acceptor, signals, host::gone()).await;
    Ok(())
}

/// Serves on a bound socket until the end, then drains.
pub(super) async fn run(
    provider: impl Provider,
    listener: &Listener,
    tls: Option<TlsAcceptor>,
    mut signals: Signals,
    host_gone: impl Future<Output = ()>,
) {
    let lifecycle = Lifecycle::default();
    let router = Router::new(provider, &lifecycle);
    let connections = TaskTracker::new();
    tokio::join!(
        accept_all(listener, tls, router, &lifecycle, &connections),
        lifecycle.until_closing(async || signals.next().await, host_gone),
    );
    lifecycle.drain(&connections).await;
}
