//! One run of a plugin, from its environment to its exit code.

use std::collections::BTreeMap;
use std::process::{ExitStatus, Stdio};

use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use tokio::task::JoinHandle;

use super::connection::{Connection, HandshakeLine};
use super::error::Error;
use super::identity::Identity;
use super::messages::plugin::Empty;
use super::messages::plugin::grpc_controller_client::GrpcControllerClient;
use super::timeout::in_time;
use crate::plugin::{COOKIE_KEY, COOKIE_VALUE};

/// The variables that Terraform sets for a plugin; without an identity, as under `TF_DISABLE_PLUGIN_TLS`.
pub fn environment(identity: Option<&Identity>) -> BTreeMap<String, String> {
    let mut variables = BTreeMap::from(
        [
            (COOKIE_KEY, COOKIE_VALUE),
            ("PLUGIN_MIN_PORT", "10000"),
            ("PLUGIN_MAX_PORT", "25000"),
            ("PLUGIN_PROTOCOL_VERSIONS", "5,6"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned())),
    );
    if let Some(identity) = identity {
        variables.insert("PLUGIN_CLIENT_CERT".to_owned(), identity.pem());
    }
    variables
}

/// A started process, which is killed when this is dropped.
#[derive(Debug)]
pub struct Plugin {
    child: Child,
    line: String,
    stdout: Option<BufReader<ChildStdout>>,
    stderr: JoinHandle<String>,
}

/// What is left of a process.
#[derive(Debug)]
pub struct Ended {
    /// How it ended.
    pub status: ExitStatus,
    /// Standard output, where it was read to its end.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Plugin {
    /// Runs a command, and reads the first line of its standard output, whatever that is.
    pub async fn start(mut command: Command) -> Result<Self, Error> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let stderr = read_to_end(child.stderr.take());
        let mut stdout = child.stdout.take().map(BufReader::new);
        let mut line = String::new();
        if let Some(stdout) = &mut stdout {
            in_time(stdout.read_line(&mut line)).await??;
        }
        Ok(Self {
            child,
            line,
            stdout,
            stderr,
        })
    }

    /// The first line of standard output, with its end.
    pub fn line(&self) -> &str {
        &self.line
    }

    /// The first line, read.
    pub fn handshake(&self) -> Result<HandshakeLine, Error> {
        self.line.parse()
    }

    /// The process's number, while it runs.
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Closes the reading end of its standard output, as the death of the host does.
    pub fn lose_host(&mut self) {
        self.stdout = None;
    }

    /// Asks for the end as a host does, over one of its connections, and waits for it.
    pub async fn shut_down(self, connection: Connection) -> Result<Ended, Error> {
        let mut controller = GrpcControllerClient::new(connection);
        in_time(controller.shutdown(Empty {})).await??;
        self.wait().await
    }

    /// Waits for the end, and gives what the process has left.
    pub async fn wait(mut self) -> Result<Ended, Error> {
        let mut stdout = self.line;
        if let Some(mut rest) = self.stdout.take() {
            in_time(rest.read_to_string(&mut stdout)).await??;
        }
        Ok(Ended {
            status: in_time(self.child.wait()).await??,
            stdout,
            stderr: in_time(self.stderr).await?.unwrap_or_default(),
        })
    }
}

fn read_to_end(output: Option<impl AsyncRead + Unpin + Send + 'static>) -> JoinHandle<String> {
    tokio::spawn(async move {
        let mut bytes = Vec::new();
        if let Some(mut output) = output {
            // What was read before an error is all that there is to tell.
            let _ = output.read_to_end(&mut bytes).await;
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}
