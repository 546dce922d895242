//! A host as Terraform is one, and one that does what Terraform does not: starts of the built binary in every setting.

mod identity;
#[cfg(unix)]
mod unix;

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;

use tempfile::TempDir;
use terraform_provider_vonage::env::{Environment as _, ProcessEnvironment};
use tfplugin::plugin::COOKIE_KEY;
use tfplugin::testing::messages::health::HealthCheckRequest;
use tfplugin::testing::messages::health::health_client::HealthClient;
use tfplugin::testing::messages::provider_client::ProviderClient;
use tfplugin::testing::{self, Connection, Identity};
use tokio::process::Command;

pub(crate) use self::identity::terraform_with_another_key;
#[cfg(unix)]
pub(crate) use self::unix::Death;

const BINARY: &str = env!("CARGO_BIN_EXE_terraform-provider-vonage");
/// Long enough for any machine; reached only by what hangs.
const PATIENCE: Duration = Duration::from_mins(1);

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

impl Start {
    /// A start as Terraform does it, with the temporary folder in a place of its own.
    pub(crate) fn as_terraform() -> Self {
        Self::without_tls().with_identity(identity::terraform())
    }

    /// The same without TLS, as with `TF_DISABLE_PLUGIN_TLS`.
    pub(crate) fn without_tls() -> Self {
        let start = Self {
            variables: testing::environment(None),
            arguments: Vec::new(),
            identity: None,
            folder: tempfile::tempdir().unwrap(),
            prelude: None,
            root: PathBuf::from("/"),
        };
        start.with_folder("TMPDIR")
    }

    /// A start by a person.
    pub(crate) fn by_hand() -> Self {
        Self::without_tls().without(COOKIE_KEY)
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.variables.remove(name);
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

    /// Starts, and reads the first line of standard output.
    pub(crate) async fn run(self) -> Plugin {
        Plugin {
            process: testing::Plugin::start(self.command()).await.unwrap(),
            identity: self.identity,
            folder: self.folder,
            root: self.root,
        }
    }

    /// Starts what ends by itself.
    pub(crate) async fn run_to_end(self) -> Ended {
        self.run().await.wait().await
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
            // Without it Windows has no network for a program.
            .envs(
                ProcessEnvironment
                    .get("SystemRoot")
                    .map(|root| ("SystemRoot", root)),
            )
            .envs(&self.variables);
        command
    }
}

/// A started process.
pub(crate) struct Plugin {
    process: testing::Plugin,
    identity: Option<Identity>,
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

impl Deref for Plugin {
    type Target = testing::Plugin;

    fn deref(&self) -> &testing::Plugin {
        &self.process
    }
}

impl DerefMut for Plugin {
    fn deref_mut(&mut self) -> &mut testing::Plugin {
        &mut self.process
    }
}

impl Plugin {
    /// A field of the handshake line, from 0; empty where there is none.
    pub(crate) fn field(&self, number: usize) -> &str {
        let line = self.line().trim_end_matches('\n');
        line.split('|').nth(number).unwrap_or_default()
    }

    /// Connects as the host that started it.
    pub(crate) async fn connect(&self) -> Connection {
        self.connect_as(self.identity.as_ref()).await.unwrap()
    }

    /// Connects as someone else, who trusts the handshake line too.
    pub(crate) async fn connect_as(
        &self,
        identity: Option<&Identity>,
    ) -> Result<Connection, testing::Error> {
        let mut line = self.handshake().unwrap();
        if self.root != Path::new("/") {
            line.address = format!("{}{}", self.root.display(), line.address);
        }
        Connection::open(&line, identity).await
    }

    /// A client of the provider on a connection of its own.
    pub(crate) async fn provider(&self) -> ProviderClient<Connection> {
        testing::message_client(self.connect().await)
    }

    /// Asks for the end as a host does, and waits for it.
    pub(crate) async fn shut_down(self) -> Ended {
        let connection = self.connect().await;
        let ended = self.process.shut_down(connection).await.unwrap();
        Ended::new(ended, &self.folder)
    }

    /// Waits for the end, and gives what the process has left.
    pub(crate) async fn wait(self) -> Ended {
        let ended = self.process.wait().await.unwrap();
        Ended::new(ended, &self.folder)
    }
}

impl Ended {
    fn new(ended: testing::Ended, folder: &TempDir) -> Self {
        Self {
            status: ended.status,
            stdout: ended.stdout,
            stderr: ended.stderr,
            files_left: std::fs::read_dir(folder.path()).unwrap().count(),
        }
    }
}

/// Whether a connection is served: asks for the plugin's health.
pub(crate) async fn is_served(connection: Connection) -> bool {
    let request = HealthCheckRequest {
        service: "plugin".to_owned(),
    };
    in_time(HealthClient::new(connection).check(request))
        .await
        .is_ok()
}

/// Fails where something hangs.
pub(crate) async fn in_time<F: Future>(work: F) -> F::Output {
    tokio::time::timeout(PATIENCE, work)
        .await
        .expect("the plugin hangs")
}
