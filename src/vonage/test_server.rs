//! A scripted HTTP server for the tests of this module: it answers as told, or misbehaves as told.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use secrecy::SecretString;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::http::client::Client;
use super::http::secrets::Secrets;
use super::http::timing::Timing;
use super::psip::Psip;
use super::settings::Network;
use super::{Operation, Settings};

pub(super) const SECRET: &str = "Top5ecret/\"x\"";

/// What the server does with one request.
#[derive(Clone, Debug)]
pub(super) enum Reply {
    /// Status, content type, body.
    Answer(u16, &'static str, String),
    /// An answer with these headers as well.
    WithHeaders(u16, Vec<(&'static str, String)>, String),
    /// Reads the request and closes the connection.
    HangUp,
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
    pub(super) fn json(status: u16, body: &str) -> Self {
        Self::Answer(status, "application/json", body.to_owned())
    }

    pub(super) fn html(status: u16) -> Self {
        Self::Answer(status, "text/html", "<html>proxy</html>".to_owned())
    }

    pub(super) fn not_found() -> Self {
        Self::json(
            404,
            r#"{"type":"https://www.nexmo.com/messages/Errors#NotFound","title":"Invalid domain selected"}"#,
        )
    }
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(super) struct Received {
    /// Method and path with query.
    pub(super) line: String,
    pub(super) head: String,
    pub(super) body: String,
}

pub(super) struct Server {
    url: Url,
    journal: Arc<Mutex<Vec<Received>>>,
    arrived: Arc<Notify>,
    released: Arc<Notify>,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

type Handler = Arc<Mutex<dyn FnMut(&Received) -> Reply + Send>>;

impl Server {
    /// Answers with one reply after the other, and repeats the last.
    pub(super) async fn script(replies: Vec<Reply>) -> Self {
        let mut next = 0;
        Self::handling(move |_| {
            let reply = replies[next.min(replies.len() - 1)].clone();
            next += 1;
            reply
        })
        .await
    }

    /// Answers what the handler says.
    pub(super) async fn handling(handler: impl FnMut(&Received) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let journal = Arc::new(Mutex::new(Vec::new()));
        let arrived = Arc::new(Notify::new());
        let released = Arc::new(Notify::new());
        let handler: Handler = Arc::new(Mutex::new(handler));
        let task = tokio::spawn({
            let (journal, arrived, released) = (journal.clone(), arrived.clone(), released.clone());
            async move {
                let mut connections = tokio::task::JoinSet::new();
                while let Ok((stream, _)) = listener.accept().await {
                    connections.spawn(serve(
                        stream,
                        handler.clone(),
                        journal.clone(),
                        arrived.clone(),
                        released.clone(),
                    ));
                }
            }
        });
        Self {
            url: Url::parse(&url).unwrap(),
            journal,
            arrived,
            released,
            task,
        }
    }

    pub(super) fn settings(&self) -> Settings {
        settings(self.url.clone())
    }

    pub(super) fn psip(&self) -> Psip {
        self.psip_with(|_, _| {})
    }

    /// A client of this server's SIP API whose settings and waits were changed first.
    pub(super) fn psip_with(&self, change: impl FnOnce(&mut Settings, &mut Timing)) -> Psip {
        Psip::new(self.client_with(change))
    }

    pub(super) fn client(&self) -> Client {
        self.client_with(|_, _| {})
    }

    /// A client of this server whose settings and waits were changed first.
    pub(super) fn client_with(&self, change: impl FnOnce(&mut Settings, &mut Timing)) -> Client {
        let mut settings = self.settings();
        let mut timing = Timing::quick();
        change(&mut settings, &mut timing);
        let base_url = settings.base_url.clone();
        Client::new(settings, base_url, "test/1", timing, Secrets::default())
    }

    /// Method and path of each request so far.
    pub(super) fn lines(&self) -> Vec<String> {
        self.requests().into_iter().map(|r| r.line).collect()
    }

    pub(super) fn requests(&self) -> Vec<Received> {
        self.journal.lock().unwrap().clone()
    }

    /// How many requests with this method came.
    pub(super) fn count(&self, method: &str) -> usize {
        self.lines()
            .iter()
            .filter(|line| line.starts_with(method))
            .count()
    }

    /// Waits for the next request.
    pub(super) async fn arrival(&self) {
        self.arrived.notified().await;
    }

    /// Lets one held reply go.
    pub(super) fn release(&self) {
        self.released.notify_one();
    }
}

/// Settings for an API at this address.
pub(super) fn settings(base_url: Url) -> Settings {
    Settings {
        api_key: "key".to_owned(),
        api_secret: SecretString::from(SECRET),
        base_url,
        max_requests_per_second: 1000.0,
        max_retries: 3,
        request_timeout: Duration::from_secs(10),
        network: Network::default(),
    }
}

/// An operation with more time than any test needs.
pub(super) fn operation() -> Operation {
    Operation::new(Duration::from_mins(1), CancellationToken::new())
}

async fn serve(
    mut stream: TcpStream,
    handler: Handler,
    journal: Arc<Mutex<Vec<Received>>>,
    arrived: Arc<Notify>,
    released: Arc<Notify>,
) {
    let Some(received) = receive(&mut stream).await else {
        return;
    };
    let reply = (handler.lock().unwrap())(&received);
    journal.lock().unwrap().push(received);
    arrived.notify_one();
    send(&mut stream, reply, &released).await;
}

async fn receive(stream: &mut TcpStream) -> Option<Received> {
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
    let body = String::from_utf8(bytes[head_end..].to_vec()).unwrap();
    Some(Received { line, head, body })
}

fn send<'a>(
    stream: &'a mut TcpStream,
    reply: Reply,
    released: &'a Notify,
) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
    Box::pin(async move {
        match reply {
            Reply::Answer(status, content_type, body) => {
                let headers = vec![("content-type", content_type.to_owned())];
                write(stream, status, &headers, Some(body.len()), &body).await;
            }
            Reply::WithHeaders(status, headers, body) => {
                write(stream, status, &headers, Some(body.len()), &body).await;
            }
            Reply::HangUp => {}
            Reply::Truncated(status, body) => {
                let headers = vec![("content-type", "application/json".to_owned())];
                write(stream, status, &headers, Some(body.len() + 100), &body).await;
            }
            Reply::Endless(bytes) => {
                write(stream, 200, &[], None, "").await;
                let chunk = vec![b' '; 64 * 1024];
                for _ in 0..bytes / chunk.len() {
                    if stream.write_all(&chunk).await.is_err() {
                        return;
                    }
                }
            }
            Reply::Silence => std::future::pending().await,
            Reply::Held(reply) => {
                released.notified().await;
                send(stream, *reply, released).await;
            }
        }
    })
}

async fn write(
    stream: &mut TcpStream,
    status: u16,
    headers: &[(&'static str, String)],
    length: Option<usize>,
    body: &str,
) {
    use std::fmt::Write as _;
    let mut text = format!("HTTP/1.1 {status} Reason\r\nconnection: close\r\n");
    for (name, value) in headers {
        write!(text, "{name}: {value}\r\n").unwrap();
    }
    // 204 has no body, and so no length.
    if let Some(length) = length.filter(|_| status != 204) {
        write!(text, "content-length: {length}\r\n").unwrap();
    }
    text.push_str("\r\n");
    text.push_str(body);
    // The client may have gone; its own side says what that means.
    let _ = stream.write_all(text.as_bytes()).await;
    let _ = stream.flush().await;
}
