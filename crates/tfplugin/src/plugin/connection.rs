//! Accepts connections and speaks HTTP/2 on them.

use std::pin::pin;
use std::time::Duration;

use hyper::server::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::lifecycle::Lifecycle;
use super::listener::{Listener, Stream};
use super::router::Router;

/// How much of one request may be on its way, in bytes. States reach tens of megabytes; the default of 64 KiB would
/// have them wait for an answer every few packets.
const STREAM_WINDOW: u32 = 8 << 20;
/// The same for all requests of a connection.
const CONNECTION_WINDOW: u32 = 16 << 20;
/// How long a connection may take to authenticate.
const TLS_PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait after a failed accept, which is most often a lack of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Accepts until the process is closing.
pub(super) async fn accept_all(
    listener: &Listener,
    tls: Option<TlsAcceptor>,
    router: Router,
    lifecycle: &Lifecycle,
    connections: &TaskTracker,
) {
    let closing = lifecycle.closing();
    loop {
        tokio::select! {
            () = closing.cancelled() => return,
            accepted = listener.accept() => match accepted {
                Ok(stream) => {
                    connections.spawn(serve(stream, tls.clone(), router.clone(), closing.clone()));
                }
                Err(error) => {
                    tracing::warn!(%error, "could not accept a connection");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            },
        }
    }
}

/// Serves one connection, once it has authenticated where it must.
async fn serve(
    stream: Box<dyn Stream>,
    tls: Option<TlsAcceptor>,
    router: Router,
    closing: CancellationToken,
) {
    let Some(tls) = tls else {
        return speak_http2(stream, router, closing).await;
    };
    match tokio::time::timeout(TLS_PATIENCE, tls.accept(stream)).await {
        Ok(Ok(stream)) => speak_http2(stream, router, closing).await,
        Ok(Err(error)) => tracing::warn!(%error, "refused a connection"),
        Err(_) => tracing::warn!("refused a connection that did not authenticate in time"),
    }
}

async fn speak_http2(stream: impl Stream + 'static, router: Router, closing: CancellationToken) {
    let connection = http2::Builder::new(TokioExecutor::new())
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        // The host alone decides how much it does at once.
        .max_concurrent_streams(None)
        .auto_date_header(false)
        .serve_connection(TokioIo::new(stream), router);
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = closing.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended");
    }
}
