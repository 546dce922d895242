//! What the author of a provider writes: a list of existing objects, for `terraform query`.

use async_trait::async_trait;
use tokio::sync::mpsc;

use super::diagnostics::Diagnostics;
use super::provider::Context;
use super::schema::Schema;
use super::value::Value;

/// A way to find the existing objects of one kind of managed resource.
#[async_trait]
pub trait ListResource: Send + Sync + 'static {
    /// The type name of the managed resource.
    fn type_name(&self) -> &'static str;

    /// The schema of the `config` block.
    fn schema(&self) -> Schema;

    /// Checks a configuration offline; values in it may be unknown.
    async fn validate(&self, config: &Value) -> Diagnostics;

    /// Sends what it finds until there is no more, or until nobody listens any more.
    async fn list(&self, context: &Context, request: ListRequest, found: mpsc::Sender<Listed>);
}

/// What to list.
#[derive(Debug)]
pub struct ListRequest {
    /// The `config` block; an object even where the block is absent.
    pub config: Value,
    /// Whether the whole object is wanted, too.
    pub include_resource: bool,
    /// The greatest number of objects; the server stops there by itself.
    pub limit: Option<u64>,
}

/// One thing found, or messages about the search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The identity of the object; `None` where this only carries messages.
    pub identity: Option<Value>,
    /// What to call the object.
    pub display_name: String,
    /// The whole object, where it was wanted.
    pub resource: Option<Value>,
    /// Messages. Those that come when the limit is reached go with the last object: nothing is read after it.
    pub diagnostics: Diagnostics,
}
