//! What the author of a provider writes: the provider itself.

use std::sync::Arc;

use async_trait::async_trait;

use super::data_source::DataSource;
use super::diagnostics::Diagnostics;
use super::function::Function;
use super::list_resource::ListResource;
use super::resource::Resource;
use super::schema::Schema;
use super::value::Value;

pub use super::context::Context;

/// A provider: its own configuration, and everything that it offers.
#[async_trait]
pub trait Provider: Send + Sync + 'static {
    /// The schema of the `provider` block.
    fn schema(&self) -> Schema;

    /// The managed resources.
    fn resources(&self) -> Vec<Arc<dyn Resource>>;

    /// The data sources.
    fn data_sources(&self) -> Vec<Arc<dyn DataSource>> {
        Vec::new()
    }

    /// The list resources, each of the type name of a managed resource with an identity.
    fn list_resources(&self) -> Vec<Arc<dyn ListResource>> {
        Vec::new()
    }

    /// The functions.
    fn functions(&self) -> Vec<Arc<dyn Function>> {
        Vec::new()
    }

    /// Checks a configuration offline; values in it may be unknown.
    fn validate(&self, config: &Value) -> Diagnostics;

    /// Takes over a configuration. Called again by each host that shares this process.
    async fn configure(&self, request: ConfigureRequest) -> Diagnostics;

    /// Why everything must wait for a later run, where it must; asked about the configuration of the moment.
    ///
    /// A host that allows deferral is then told so. Nothing is read: what was known stays. Plans and imports are made as
    /// far as the resource can make them without the API, and shown as preliminary. Any other host gets what the
    /// resources answer by themselves.
    fn deferral(&self) -> Option<Deferral> {
        None
    }
}

/// Why a call comes to nothing in this run (protocol 6.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deferral {
    /// The provider's configuration has values that are not known yet.
    ProviderConfigUnknown,
}

/// The configuration of a provider.
#[derive(Debug)]
pub struct ConfigureRequest {
    /// The version of the host, as it names it; empty where it does not.
    pub host_version: String,
    /// The `provider` block; values in it may be unknown.
    pub config: Value,
}
