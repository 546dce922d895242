//! What the author of a provider writes: a list of existing objects, for `terraform query`.

use async_trait::async_trait;

use super::context::Context;
use super::diagnostics::{Diagnostics, Outcome};
use super::schema::Schema;
use super::value::Value;

/// A way to find the existing objects of one kind of managed resource.
#[async_trait]
pub trait ListResource: Send + Sync + 'static {
    /// The type name of the managed resource.
    fn type_name(&self) -> &'static str;

    /// What the objects are called in a sentence, in the plural.
    fn plural(&self) -> &'static str;

    /// The schema of the `config` block.
    fn schema(&self) -> Schema;

    /// Checks a configuration offline; values in it may be unknown.
    fn validate(&self, config: &Value) -> Diagnostics;

    /// Finds all that match the `config` block, which was checked and is an object even where the block is absent.
    async fn list(&self, context: &Context, config: Value) -> Outcome<Vec<Listed>>;
}

/// One object that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What to call the object.
    pub display_name: String,
    /// The whole object, with what identifies it.
    pub object: Value,
}
