//! A far-away API: a relay before the sandbox whose answers take their time.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use crate::sandbox::on_runtime;

/// How long an answer is under way. The request has taken effect at its beginning.
const DELAY: Duration = Duration::from_millis(400);

/// A relay that lives as long as the value.
pub(crate) struct Latency {
    address: SocketAddr,
    relay: JoinHandle<()>,
}

impl Latency {
    /// Relays to `target`.
    pub(crate) fn before(target: SocketAddr) -> Self {
        on_runtime(async move {
            let listener = TcpListener::bind((target.ip(), 0)).await.unwrap();
            let address = listener.local_addr().unwrap();
            let relay = tokio::spawn(async move {
                while let Ok((client, _)) = listener.accept().await {
                    tokio::spawn(relay(client, target));
                }
            });
            Self { address, relay }
        })
    }

    /// What leads the provider here.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Latency {
    fn drop(&mut self) {
        self.relay.abort();
    }
}

async fn relay(client: TcpStream, target: SocketAddr) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = TcpStream::connect(target).await.unwrap().into_split();
    tokio::spawn(async move { copy(&mut from_client, &mut to_server).await });
    let mut chunk = vec![0; 65_536];
    while let Ok(length @ 1..) = from_server.read(&mut chunk).await {
        tokio::time::sleep(DELAY).await;
        if to_client.write_all(&chunk[..length]).await.is_err() {
            return;
        }
    }
}
