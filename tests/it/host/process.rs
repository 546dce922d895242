//! One start of the built binary, from its environment to its exit code.

use std::collections::BTreeMap;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::process::{ExitStatus, Stdio};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper_util::rt::TokioIo;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use rustls::pki_types::ServerName;
use tempfile::TempDir;
use tfplugin::generated::provider_client::ProviderClient;
use tfplugin::plugin::TERRAFORM;
use tfplugin::plugin::generated::health::HealthCheckRequest;
use tfplugin::plugin::generated::health::health_client::HealthClient;
use tfplugin::plugin::generated::plugin::Empty;
use tfplugin::plugin::generated::plugin::grpc_controller_client::GrpcControllerClient;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, BufReader};
use tokio::net::{TcpStream, UnixStream};
use tokio::process::{Child, ChildStdout, Command};
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tonic::codegen::Service;
use tonic::codegen::http::Uri;
use tonic::transport::{Channel, Endpoint};

use super::tls::{Identity, client_config};

const BINARY: &str = env!("CARGO_BIN_EXE_terraform-provider-vonage");
/// Long enough for any machine; reached only by what hangs.
const PATIENCE: Duration = Duration::from_mins(1);
/// What Terraform's side takes.
const MAX_MESSAGE: usize = 256 << 20;

/// A start in preparation. The process gets no variable but those named here.
pub(crate) struct Start {
    variables: BTreeMap<String, String>,
    arguments: Vec<String>,
    identity: Option<Identity>,
    folder: TempDir,
    /// What a shell does before it becomes the plugin.
    prelude: Option<String>,
    /// The folder that is the plugin's root.
    root: PathBuf,
}

/// When the host is killed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Death {
    /// Before the plugin has begun.
    BeforeStart,
    /// Once the socket is there, with the line, written or not, unread.
    BeforeReading,
}

impl Start {
    /// A start as Terraform does it, with the temporary folder in a place of its own.
    pub(crate) fn as_terraform() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            variables: BTreeMap::new(),
            arguments: Vec::new(),
            identity: None,
            folder,
            prelude: None,
            root: PathBuf::from("/"),
        }
        .with(TERRAFORM.cookie_key, TERRAFORM.cookie_value)
        .with("PLUGIN_MIN_PORT", "10000")
        .with("PLUGIN_MAX_PORT", "25000")
        .with("PLUGIN_PROTOCOL_VERSIONS", "5,6")
        .with_identity(Identity::terraform())
        .with_folder("TMPDIR")
    }

    /// The same without TLS, as with `TF_DISABLE_PLUGIN_TLS`.
    pub(crate) fn without_tls() -> Self {
        let mut start = Self::as_terraform().without("PLUGIN_CLIENT_CERT");
        start.identity = None;
        start
    }

    /// A start by a person.
    pub(crate) fn by_hand() -> Self {
        Self::without_tls().without(TERRAFORM.cookie_key)
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.variables.remove(name);
        self
    }

    pub(crate) fn with_argument(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// Has the host show this certificate.
    pub(crate) fn with_identity(mut self, identity: Identity) -> Self {
        let pem = identity.pem();
        self.identity = Some(identity);
        self.with("PLUGIN_CLIENT_CERT", &pem)
    }

    /// Sets a variable to the start's own folder.
    pub(crate) fn with_folder(self, name: &str) -> Self {
        let folder = self.folder.path().to_str().unwrap().to_owned();
        self.with(name, &folder)
    }

    /// Has a shell do something first, such as setting a limit.
    pub(crate) fn after(mut self, prelude: &str) -> Self {
        self.prelude = Some(prelude.to_owned());
        self
    }

    /// Has another program start, in a root folder that has nothing but it.
    pub(crate) fn alone(mut self, program: &Path) -> Self {
        self.root = PathBuf::from(self.folder.path());
        std::fs::copy(program, self.root.join("provider")).unwrap();
        let is_root = nix::unistd::Uid::effective().is_root();
        let how = if is_root { "" } else { "unshare -r " };
        let prelude = format!("exec {how}chroot '{}' /provider", self.root.display());
        self.with("TMPDIR", "/").after(&prelude)
    }

    /// Starts, and reads the first line of standard output.
    pub(crate) async fn run(self) -> Plugin {
        let mut child = self.spawn();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let stderr = collect(child.stderr.take().unwrap());
        let mut line = String::new();
        in_time(stdout.read_line(&mut line)).await.unwrap();
        Plugin {
            child,
            line,
            identity: self.identity,
            stdout: Some(stdout),
            stderr,
            folder: self.folder,
            root: self.root,
        }
    }

    /// Starts what ends by itself.
    pub(crate) async fn run_to_end(self) -> Ended {
        self.run().await.wait().await
    }

    /// Starts, and loses the host before it has read anything.
    pub(crate) async fn run_losing_host(self, death: Death) -> Ended {
        let (reader, writer) = std::io::pipe().unwrap();
        let mut reader = Some(reader);
        if death == Death::BeforeStart {
            reader = None;
        }
        let mut command = self.command();
        let mut child = command.stdout(writer).spawn().unwrap();
        // It holds the writing end, too, and would keep the pipe alive.
        drop(command);
        let files = || std::fs::read_dir(self.folder.path()).unwrap().count();
        while reader.is_some() && files() == 0 {
            assert_eq!(child.try_wait().unwrap(), None, "it ended by itself");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        drop(reader);
        let stderr = collect(child.stderr.take().unwrap());
        Ended {
            status: in_time(child.wait()).await.unwrap(),
            stdout: String::new(),
            stderr: in_time(stderr).await.unwrap(),
            files_left: files(),
        }
    }

    fn spawn(&self) -> Child {
        self.command().stdout(Stdio::piped()).spawn().unwrap()
    }

    fn command(&self) -> Command {
        let mut command = match &self.prelude {
            Some(prelude) => {
                let mut shell = Command::new("/bin/sh");
                shell.args(["-c", &format!("{prelude}; exec \"$0\" \"$@\""), BINARY]);
                shell
            }
            None => Command::new(BINARY),
        };
        command
            .args(&self.arguments)
            .env_clear()
            .envs(&self.variables)
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }
}

/// A started process.
pub(crate) struct Plugin {
    child: Child,
    line: String,
    identity: Option<Identity>,
    stdout: Option<BufReader<ChildStdout>>,
    stderr: JoinHandle<String>,
    folder: TempDir,
    root: PathBuf,
}

/// What is left of a process.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    /// Standard output, where it was read to its end.
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// Files in the start's own folder.
    pub(crate) files_left: usize,
}

impl Plugin {
    /// The first line of standard output, with its end.
    pub(crate) fn line(&self) -> &str {
        &self.line
    }

    /// A field of the handshake line, from 0; empty where there is none.
    pub(crate) fn field(&self, number: usize) -> &str {
        let line = self.line.trim_end_matches('\n');
        line.split('|').nth(number).unwrap_or_default()
    }

    /// The start's own folder, where the socket is unless the test moved it.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The process's number.
    pub(crate) fn pid(&self) -> Pid {
        Pid::from_raw(self.child.id().unwrap().try_into().unwrap())
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill(self.pid(), signal).unwrap();
    }

    /// Connects as the host that started it.
    pub(crate) async fn connect(&self) -> Channel {
        self.connect_as(self.identity.as_ref()).await.unwrap()
    }

    /// Connects as someone else, who trusts the handshake line too.
    pub(crate) async fn connect_as(
        &self,
        identity: Option<&Identity>,
    ) -> Result<Channel, tonic::transport::Error> {
        let tls = Some(self.field(5))
            .filter(|certificate| !certificate.is_empty())
            .map(|certificate| TlsConnector::from(client_config(certificate, identity)));
        let mut location = self.field(3).to_owned();
        if self.root != Path::new("/") {
            location = format!("{}{location}", self.root.display());
        }
        let dialler = Dialler {
            network: self.field(2).to_owned(),
            location,
            tls,
        };
        // Every address is this one: the dialler knows where it goes.
        let endpoint = Endpoint::from_static("http://localhost");
        in_time(endpoint.connect_with_connector(dialler)).await
    }

    /// A client of the provider on a connection of its own.
    pub(crate) async fn provider(&self) -> ProviderClient<Channel> {
        ProviderClient::new(self.connect().await)
            .max_decoding_message_size(MAX_MESSAGE)
            .max_encoding_message_size(MAX_MESSAGE)
    }

    /// Asks for the end as a host does, and waits for it.
    pub(crate) async fn shut_down(self) -> Ended {
        let mut controller = GrpcControllerClient::new(self.connect().await);
        in_time(controller.shutdown(Empty {})).await.unwrap();
        self.wait().await
    }

    /// Closes the reading end of its standard output, as the death of the host does.
    pub(crate) fn lose_host(&mut self) {
        self.stdout = None;
    }

    /// Waits for the end, and gives what the process has left.
    pub(crate) async fn wait(mut self) -> Ended {
        let mut stdout = self.line;
        if let Some(mut rest) = self.stdout.take() {
            in_time(rest.read_to_string(&mut stdout)).await.unwrap();
        }
        Ended {
            status: in_time(self.child.wait()).await.unwrap(),
            stdout,
            stderr: in_time(self.stderr).await.unwrap(),
            files_left: std::fs::read_dir(self.folder.path()).unwrap().count(),
        }
    }
}

/// Whether a connection is served: asks for the plugin's health.
pub(crate) async fn is_served(channel: Channel) -> bool {
    let request = HealthCheckRequest {
        service: "plugin".to_owned(),
    };
    in_time(HealthClient::new(channel).check(request))
        .await
        .is_ok()
}

/// Fails where something hangs.
pub(crate) async fn in_time<F: Future>(work: F) -> F::Output {
    tokio::time::timeout(PATIENCE, work)
        .await
        .expect("the plugin hangs")
}

fn collect(mut output: impl AsyncRead + Unpin + Send + 'static) -> JoinHandle<String> {
    tokio::spawn(async move {
        let mut text = String::new();
        output.read_to_string(&mut text).await.unwrap();
        text
    })
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Opens connections to one plugin.
#[derive(Clone)]
struct Dialler {
    network: String,
    location: String,
    tls: Option<TlsConnector>,
}

impl Dialler {
    async fn dial(self) -> std::io::Result<TokioIo<Box<dyn Stream>>> {
        let plain: Box<dyn Stream> = match self.network.as_str() {
            "unix" => Box::new(UnixStream::connect(&self.location).await?),
            _ => Box::new(TcpStream::connect(&self.location).await?),
        };
        let stream = match self.tls {
            Some(tls) => {
                let name = ServerName::try_from("localhost").unwrap();
                Box::new(tls.connect(name, plain).await?)
            }
            None => plain,
        };
        Ok(TokioIo::new(stream))
    }
}

impl Service<Uri> for Dialler {
    type Response = TokioIo<Box<dyn Stream>>;
    type Error = std::io::Error;
    type Future = Pin<Box<dyn Future<Output = std::io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        Box::pin(self.clone().dial())
    }
}
