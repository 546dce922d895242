//! A scripted HTTP server on loopback: it answers as told, or misbehaves as told.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    dead_code,
    reason = "each test uses its part, and fails by panicking"
)]

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy, sink},
    net::TcpListener,
    sync::Notify,
    task::{JoinHandle, JoinSet},
};
use tokio_rustls::TlsAcceptor;

/// What the server does with one request.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// Status, content type, body.
    Answer(u16, &'static str, String),
    /// An answer with these headers as well.
    WithHeaders(u16, Vec<(&'static str, String)>, String),
    /// Reads the request and closes the connection.
    HangUp,
    /// These characters, whatever they mean.
    Raw(String),
    /// Announces a longer body than it sends.
    Truncated(u16, String),
    /// Sends this many bytes of white space, without announcing how many.
    Endless(usize),
    /// Never answers.
    Silence,
    /// Answers once [`Server::release`] is called.
    Held(Box<Reply>),
}

impl Reply {
    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::Answer(status, "application/json", body.to_owned())
    }

    pub(crate) fn html(status: u16) -> Self {
        Self::Answer(status, "text/html", "<html>proxy</html>".to_owned())
    }

    pub(crate) fn not_found() -> Self {
        Self::json(
            404,
            r#"{"type":"https://www.nexmo.com/messages/Errors#NotFound","title":"Invalid domain selected"}"#,
        )
    }
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    /// Method and path with query.
    pub(crate) line: String,
    pub(crate) head: String,
    pub(crate) body: String,
}

/// A running server. Dropping it ends it.
pub(crate) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

type Handler = Box<dyn FnMut(&Received) -> Reply + Send>;

/// What the connections of a server have in common.
struct Shared {
    tls: Option<TlsAcceptor>,
    handler: Mutex<Handler>,
    journal: Mutex<Vec<Received>>,
    connections: AtomicUsize,
    arrived: Notify,
    released: Notify,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

impl Server {
    /// Answers with one reply after the other, and repeats the last.
    pub(crate) async fn script(replies: Vec<Reply>) -> Self {
        let mut next = 0;
        Self::handling(move |_| {
            let reply = replies[next.min(replies.len() - 1)].clone();
            next += 1;
            reply
        })
        .await
    }

    /// Answers what the handler says.
    pub(crate) async fn handling(handler: impl FnMut(&Received) -> Reply + Send + 'static) -> Self {
        Self::start(None, handler).await
    }

    /// The same, over TLS where it is given.
    pub(crate) async fn start(
        tls: Option<TlsAcceptor>,
        handler: impl FnMut(&Received) -> Reply + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            tls,
            handler: Mutex::new(Box::new(handler)),
            journal: Mutex::default(),
            connections: AtomicUsize::new(0),
            arrived: Notify::new(),
            released: Notify::new(),
        });
        let for_connections = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                for_connections.connections.fetch_add(1, Ordering::SeqCst);
                connections.spawn(serve(stream, Arc::clone(&for_connections)));
            }
        });
        Self {
            address,
            shared,
            task,
        }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its URL without TLS.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many connections it has had.
    pub(crate) fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Method and path of each request so far.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.requests().into_iter().map(|r| r.line).collect()
    }

    pub(crate) fn requests(&self) -> Vec<Received> {
        self.shared.journal.lock().unwrap().clone()
    }

    /// How many requests with this method came.
    pub(crate) fn count(&self, method: &str) -> usize {
        self.lines()
            .iter()
            .filter(|line| line.starts_with(method))
            .count()
    }

    /// Waits for the next request.
    pub(crate) async fn arrival(&self) {
        self.shared.arrived.notified().await;
    }

    /// Lets one held reply go.
    pub(crate) fn release(&self) {
        self.shared.released.notify_one();
    }
}

async fn serve(stream: impl Stream, shared: Arc<Shared>) {
    let Some(tls) = &shared.tls else {
        return answer(stream, &shared).await;
    };
    // A client that does not trust the certificate is what some tests are about.
    if let Ok(stream) = tls.accept(stream).await {
        answer(stream, &shared).await;
    }
}

async fn answer(mut stream: impl Stream, shared: &Shared) {
    let Some(received) = receive(&mut stream).await else {
        return;
    };
    let reply = (shared.handler.lock().unwrap())(&received);
    shared.journal.lock().unwrap().push(received);
    shared.arrived.notify_one();
    send(&mut stream, reply, &shared.released).await;
}

async fn receive(stream: &mut impl Stream) -> Option<Received> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..head_end].to_vec()).unwrap();
    let length: usize = head
        .lines()
        .find_map(|line| {
            let line = line.to_ascii_lowercase();
            line.strip_prefix("content-length: ")?.parse().ok()
        })
        .unwrap_or(0);
    while bytes.len() < head_end + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let line = head
        .lines()
        .next()
        .unwrap()
        .trim_end_matches(" HTTP/1.1")
        .to_owned();
    // What follows the preface of HTTP/2 is no text.
    let body = String::from_utf8_lossy(&bytes[head_end..]).into_owned();
    Some(Received { line, head, body })
}

async fn send(stream: &mut impl Stream, reply: Reply, released: &Notify) {
    match reply {
        Reply::Answer(status, content_type, body) => {
            let headers = [("content-type", content_type.to_owned())];
            finish(stream, &answer_of(status, &headers, body.len(), &body)).await;
        }
        Reply::WithHeaders(status, headers, body) => {
            finish(stream, &answer_of(status, &headers, body.len(), &body)).await;
        }
        Reply::Raw(text) => finish(stream, &text).await,
        Reply::Truncated(status, body) => {
            let headers = [("content-type", "application/json".to_owned())];
            let text = answer_of(status, &headers, body.len() + 100, &body);
            finish(stream, &text).await;
        }
        Reply::Endless(bytes) => {
            let head = b"HTTP/1.1 200 Reason\r\nconnection: close\r\n\r\n";
            let chunk = vec![b' '; 64 * 1024];
            let mut is_read = stream.write_all(head).await.is_ok();
            for _ in 0..bytes / chunk.len() {
                is_read = is_read && stream.write_all(&chunk).await.is_ok();
            }
        }
        Reply::HangUp => {}
        Reply::Silence => std::future::pending().await,
        Reply::Held(reply) => {
            released.notified().await;
            Box::pin(send(stream, *reply, released)).await;
        }
    }
}

fn answer_of(status: u16, headers: &[(&'static str, String)], length: usize, body: &str) -> String {
    let mut text = format!("HTTP/1.1 {status} Reason\r\nconnection: close\r\n");
    for (name, value) in headers {
        text.extend([name, ": ", value, "\r\n"]);
    }
    // 204 has no body, and so no length.
    if status != 204 {
        text.extend(["content-length: ", &length.to_string(), "\r\n"]);
    }
    text + "\r\n" + body
}

/// Writes the last of an answer, and waits for the client to go: a connection that is closed while there is something to
/// be read is reset, and the answer may be lost. Whether the client still listens, its own side says.
async fn finish(stream: &mut impl Stream, text: &str) {
    let _ = stream.write_all(text.as_bytes()).await;
    let _ = stream.shutdown().await;
    let _ = copy(stream, &mut sink()).await;
}
