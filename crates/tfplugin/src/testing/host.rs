//! A host, as Terraform is one to its providers.

use std::ffi::OsStr;

use tokio::process::Command;

use super::process::environment;
use super::{Client, Connection, Ended, Error, Identity, Plugin, Resource};
use crate::diagnostics::Diagnostics;
use crate::value::Value;

/// A provider's process and the connection to it, which is authenticated by certificates that were made for it alone.
#[derive(Debug)]
pub struct Host {
    plugin: Plugin,
    connection: Connection,
    client: Client<Connection>,
}

impl Host {
    /// Starts a program as Terraform does, with these variables beside its own environment, and loads the schemas.
    pub async fn start(
        program: impl AsRef<OsStr>,
        variables: impl IntoIterator<Item = (impl AsRef<OsStr>, impl AsRef<OsStr>)>,
    ) -> Result<Self, Error> {
        let identity = Identity::generate()?;
        let mut command = Command::new(program);
        command.envs(variables).envs(environment(Some(&identity)));
        let plugin = Plugin::start(command).await?;
        let line = match plugin.handshake() {
            Ok(line) => line,
            // It has ended, and said why on standard error.
            Err(_) if plugin.line().is_empty() => {
                return Err(Error::Handshake(plugin.wait().await?.stderr));
            }
            Err(error) => return Err(error),
        };
        let connection = Connection::open(&line, Some(&identity)).await?;
        Ok(Self {
            client: Client::new(connection.clone()).await?,
            plugin,
            connection,
        })
    }

    /// The calls that are not about one type of resource.
    pub fn client(&self) -> &Client<Connection> {
        &self.client
    }

    /// Configures the provider with these attributes, the others null; gives its warnings.
    pub async fn configure(&self, attributes: &[(&str, Value)]) -> Result<Diagnostics, Error> {
        self.client.configure(attributes).await
    }

    /// The calls about objects of one type.
    pub fn resource(&self, type_name: &str) -> Result<Resource<Connection>, Error> {
        self.client.resource(type_name)
    }

    /// Asks the provider to end, and waits until it has.
    pub async fn shut_down(self) -> Result<Ended, Error> {
        self.plugin.shut_down(self.connection).await
    }
}
