//! Starts a sandbox: first contents, listener, accept loop, graceful stop.

use std::error::Error as _;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::auth::Credentials;
use crate::delivery::Reset;
use crate::gate::Gate;
use crate::options::{Options, StartError};
use crate::sandbox::{self, Sandbox};
use crate::service;
use crate::state::{First, State};
use crate::state_file::{Contents, FileError, StateFile};

/// How long a request's head may take to arrive. It also ends connections that nobody uses.
const HEAD_TIMEOUT: Duration = Duration::from_mins(1);

/// How long requests in flight may take to end after a stop.
const STOP_TIMEOUT: Duration = Duration::from_secs(3);

/// How long to wait after an accept that failed, which happens when the process has too many files open.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Starts a sandbox on the current tokio runtime. It is bound and serving when this returns.
pub async fn start(options: Options) -> Result<Sandbox, StartError> {
    if !options.listen.ip().is_loopback() && !options.allow_non_loopback {
        return Err(StartError::NotLoopback(options.listen));
    }
    // Bound before the state file is touched: a second sandbox on the same port and file does no harm.
    let (listener, address) = listen(options.listen).await?;
    let state = Arc::new(prepare(options, address)?);
    let stop = CancellationToken::new();
    let gate = Gate::new(address);
    let server = tokio::spawn(accept(listener, gate, Arc::clone(&state), stop.clone()));
    Ok(Sandbox {
        address,
        state,
        stop: stop.drop_guard(),
        server,
    })
}

async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |source| StartError::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

/// The first state: a state file that is there wins over the seed. The file is written once, to find out now if it cannot be.
fn prepare(options: Options, address: SocketAddr) -> Result<State, StartError> {
    let open = |path| StateFile::open(path, &sandbox::url(address));
    let file = options.state.map(open).transpose()?;
    let kept = file.as_ref().map(StateFile::load).transpose()?.flatten();
    let seed = match &options.seed {
        Some(seed) => seed.contents().map_err(StartError::Seed)?,
        None => Contents::default(),
    };
    let contents = kept.unwrap_or_else(|| seed.clone());
    if let Some(file) = &file {
        file.save(&contents).map_err(FileError::from)?;
    }
    let credentials =
        Credentials::new(options.api_key, options.api_secret).map_err(|_| StartError::Random)?;
    let first = First {
        seed,
        switches: options.switches,
        faults: options.faults,
    };
    Ok(State::new(&contents, first, credentials, file))
}

async fn accept(listener: TcpListener, gate: Gate, state: Arc<State>, stop: CancellationToken) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, gate, Arc::clone(&state), stop.clone()));
                }
                Err(error) => {
                    tracing::warn!(error = &error as &dyn std::error::Error, "a connection was not accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            },
        }
    }
    drop(listener);
    let ended = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(STOP_TIMEOUT, ended).await.is_err() {
        connections.shutdown().await;
    }
}

/// Serves one connection until either side closes it; a stop lets the request in flight end.
async fn connection(stream: TcpStream, gate: Gate, state: Arc<State>, stop: CancellationToken) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(
            error = &error as &dyn std::error::Error,
            "responses on this connection may be late"
        );
    }
    let service = service_fn(|request| {
        let state = Arc::clone(&state);
        async move { service::serve(&state, gate, request).await }
    });
    let mut serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    let ended = tokio::select! {
        outcome = &mut serving => Some(outcome),
        () = stop.cancelled() => None,
    };
    let outcome = if let Some(outcome) = ended {
        outcome
    } else {
        Pin::new(&mut serving).graceful_shutdown();
        (&mut serving).await
    };
    if let Err(error) = outcome {
        if error
            .source()
            .is_some_and(<dyn std::error::Error>::is::<Reset>)
        {
            // Without lingering the system ends the connection by a reset, not in order.
            let reset = serving.into_parts().io.into_inner().set_zero_linger();
            tracing::debug!(was_prepared = reset.is_ok(), "a connection is reset");
            return;
        }
        // What a client sends or breaks off is its own affair; hyper has answered where it could.
        tracing::debug!(
            error = &error as &dyn std::error::Error,
            "a connection ended early"
        );
    }
}
