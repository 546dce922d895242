//! The sandbox as a process of its own, so that what it costs is nobody else's.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use tempfile::TempDir;
use vonage_sandbox::{API_KEY, API_SECRET};

use super::domains;
use super::kind::Kind;

/// A running sandbox, which ends with the value.
pub(crate) struct Account {
    child: Child,
    address: String,
    /// Open for as long as the sandbox may write.
    _stdout: BufReader<ChildStdout>,
    _folder: TempDir,
}

/// How many requests there were.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Requests {
    pub(crate) all: usize,
    /// Those that the rate limit refused.
    pub(crate) refused: usize,
}

impl Account {
    /// An account with so many domains.
    pub(crate) fn with(provider: &Path, count: usize) -> Self {
        Self::of(provider, &domains::KIND, count)
    }

    /// An account with so many objects of a kind.
    pub(crate) fn of(provider: &Path, kind: &Kind, count: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let seed = folder.path().join("seed.json");
        fs::write(&seed, (kind.seed)(count).to_string()).unwrap();
        let mut child = Command::new(provider)
            .args(["sandbox", "--listen", "127.0.0.1:0", "--seed"])
            .arg(seed)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).unwrap();
        let address = address.split_whitespace().next().unwrap().to_owned();
        Self {
            child,
            address,
            _stdout: stdout,
            _folder: folder,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How long each answer takes, such as `50ms`.
    pub(crate) fn set_latency(&self, latency: &str) {
        self.switch(&json!({ "latency": latency }));
    }

    pub(crate) fn switch(&self, switches: &Value) {
        self.call("PATCH", "/switches", &switches.to_string());
    }

    /// Back to what it started with.
    pub(crate) fn reset(&self) {
        self.call("POST", "/reset", "");
    }

    /// Those since the start or the last reset.
    pub(crate) fn requests(&self) -> Requests {
        let journal = self.call("GET", "/journal", "");
        let journal = journal.as_array().unwrap();
        let refused = |request: &&Value| request["status"] == 429;
        Requests {
            all: journal.len(),
            refused: journal.iter().filter(refused).count(),
        }
    }

    pub(crate) fn domains(&self) -> usize {
        self.call("GET", "/domains", "").as_array().unwrap().len()
    }

    /// Calls a control route; what it answers must be a success.
    fn call(&self, method: &str, path: &str, body: &str) -> Value {
        let credentials = STANDARD.encode(format!("{API_KEY}:{API_SECRET}"));
        let mut connection = TcpStream::connect(&self.address).unwrap();
        write!(
            connection,
            "{method} /_sandbox{path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Basic {credentials}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.address,
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 2"), "{method} {path}: {answer}");
        serde_json::from_str(body).unwrap_or_default()
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        // It may have ended by itself; either way nothing is left of it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
