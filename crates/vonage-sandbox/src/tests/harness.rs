//! A plain HTTP/1.1 client on a socket, so that the tests see the very bytes, and a sandbox to talk to.

use std::net::SocketAddr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::problem::Problem;
use crate::response::Response;
use crate::{API_KEY, API_SECRET, Options, Sandbox, Switches, start};

pub(crate) const APPLICATION: &str = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab";
pub(super) const NUMBER: &str = "447700900000";
pub(super) const SECRET: &str = "Passw0rd1234";

/// An answer as it came over the socket.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// Status line and headers, in lower case.
    pub(super) head: String,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

pub(super) async fn sandbox() -> Sandbox {
    start(Options::default()).await.unwrap()
}

pub(super) async fn switched(switches: Switches) -> Sandbox {
    start(Options {
        switches,
        ..Options::default()
    })
    .await
    .unwrap()
}

pub(super) fn domain(name: &str) -> Value {
    json!({"name": name, "application_id": APPLICATION, "acl": ["8.8.8.8", "77.77.77.0/24"]})
}

pub(super) fn user(key: &str) -> Value {
    json!({"key": key, "secret": SECRET})
}

/// Makes a user of the domain `mydomain`.
pub(super) async fn create_user(sandbox: &Sandbox, key: &str) -> Answer {
    send(sandbox, "POST", "/v1/psip/mydomain/users", Some(&user(key))).await
}

/// Sends one request with the right credentials on a connection of its own.
pub(super) async fn send(
    sandbox: &Sandbox,
    method: &str,
    path: &str,
    body: Option<&Value>,
) -> Answer {
    let body = body.map(Value::to_string).unwrap_or_default();
    send_text(sandbox, method, path, &body).await
}

/// Like `send`, with a body that need not be JSON.
pub(super) async fn send_text(sandbox: &Sandbox, method: &str, path: &str, body: &str) -> Answer {
    send_as(sandbox, method, path, Some(&basic()), body).await
}

/// The right value of an `Authorization` header.
pub(super) fn basic() -> String {
    let pair = format!("{API_KEY}:{API_SECRET}");
    format!("Basic {}", STANDARD.encode(pair))
}

/// The headers that every request to the API needs.
pub(super) fn own_headers(sandbox: &Sandbox) -> String {
    let (host, credentials) = (sandbox.address(), basic());
    format!("host: {host}\r\nauthorization: {credentials}\r\n")
}

/// Like `send_text`, with any `Authorization` header.
pub(super) async fn send_as(
    sandbox: &Sandbox,
    method: &str,
    path: &str,
    authorization: Option<&str>,
    body: &str,
) -> Answer {
    let authorization = authorization
        .map(|value| format!("authorization: {value}\r\n"))
        .unwrap_or_default();
    let host = sandbox.address();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n{authorization}\r\n{body}",
        body.len()
    );
    send_bytes(sandbox.address(), request.as_bytes()).await
}

/// Sends a form with the right credentials.
pub(super) async fn send_form(sandbox: &Sandbox, path: &str, fields: &[(&str, &str)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    let (own, length) = (own_headers(sandbox), body.len());
    let request = format!(
        "POST {path} HTTP/1.1\r\n{own}connection: close\r\naccept: application/json\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    send_bytes(sandbox.address(), request.as_bytes()).await
}

/// Updates the number GB 447700900000 by what is sent beside its name.
pub(super) async fn update_number(sandbox: &Sandbox, fields: &[(&str, &str)]) -> Answer {
    let named = [&[("country", "GB"), ("msisdn", NUMBER)], fields].concat();
    send_form(sandbox, "/number/update", &named).await
}

/// Makes the account own the number GB 447700900000.
pub(super) fn own_number(sandbox: &Sandbox, number: Value) {
    sandbox.put_number("GB", NUMBER, object(number)).unwrap();
}

/// The first row of the list of numbers.
pub(super) async fn listed_number(sandbox: &Sandbox) -> Value {
    let list = send(sandbox, "GET", "/account/numbers", None).await;
    list.json()["numbers"][0].clone()
}

/// Sends bytes as they are, and reads until the sandbox closes the connection.
pub(super) async fn send_bytes(address: SocketAddr, bytes: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The sandbox may answer and close before it has read all.
    let _ = stream.write_all(bytes).await;
    receive(&mut stream).await
}

/// Reads one answer, up to the end of the connection.
pub(super) async fn receive(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes).await;
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text
        .split_once("\r\n\r\n")
        .unwrap_or_else(|| panic!("no answer: {text:?}"));
    Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: head.to_lowercase(),
        body: body.to_owned(),
    }
}

/// Makes an application.
pub(super) async fn create_application(sandbox: &Sandbox, body: &Value) -> Value {
    let made = send(sandbox, "POST", "/v2/applications", Some(body)).await;
    assert_eq!(made.status, 201, "{made:?}");
    made.json()
}

/// The members of a JSON object.
pub(super) fn object(json: Value) -> crate::Object {
    crate::json::fields(json)
}

/// A sandbox with these switches, as JSON names them.
pub(super) async fn under(switches: Value) -> Sandbox {
    switched(Switches::from_json(switches.to_string().as_bytes()).unwrap()).await
}

/// The detail of a problem, for tests of the rules behind it.
pub(crate) fn detail(problem: &Problem) -> String {
    let body = Response::from(problem.clone()).body.unwrap();
    body["detail"].as_str().unwrap().to_owned()
}
