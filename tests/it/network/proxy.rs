//! An HTTP proxy on loopback that connects whoever asks to one server, whatever host they name.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the proxy does when asked to connect.
#[derive(Clone, Copy)]
pub(super) enum Manner {
    Connect(SocketAddr),
    Refuse(&'static str),
}

/// A running proxy. Dropping it ends it.
pub(super) struct Proxy {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Proxy {
    pub(super) async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let journal = Arc::clone(&heads);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, manner, Arc::clone(&journal)));
            }
        });
        Self {
            address,
            heads,
            task,
        }
    }

    /// Its URL, with a user's name and password in it.
    pub(super) fn url(&self) -> String {
        format!(
            "http://{}:{}@{}",
            super::PROXY_USER,
            super::PROXY_PASSWORD,
            self.address
        )
    }

    /// What it was asked so far.
    pub(super) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut client: TcpStream, manner: Manner, journal: Arc<Mutex<Vec<String>>>) {
    let head = read_head(&mut client).await;
    journal.lock().unwrap().push(head);
    match manner {
        Manner::Refuse(status) => {
            let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
            // Whether the client still listens is its own affair.
            let _ = client.write_all(answer.as_bytes()).await;
        }
        Manner::Connect(to) => {
            let mut server = TcpStream::connect(to).await.unwrap();
            client
                .write_all(b"HTTP/1.1 200 Connected\r\n\r\n")
                .await
                .unwrap();
            let _ = copy_bidirectional(&mut client, &mut server).await;
        }
    }
}

/// Reads up to the empty line; less where the client is gone before.
async fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8(head).unwrap()
}
