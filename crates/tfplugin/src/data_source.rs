//! What the author of a provider writes: a data source.

use async_trait::async_trait;

use super::context::Context;
use super::diagnostics::{Diagnostics, Outcome};
use super::schema::Schema;
use super::value::Value;

/// Something that Terraform looks up.
#[async_trait]
pub trait DataSource: Send + Sync + 'static {
    /// The name with the provider's prefix.
    fn type_name(&self) -> &'static str;

    /// The schema.
    fn schema(&self) -> Schema;

    /// Checks a configuration offline; values in it may be unknown.
    fn validate(&self, config: &Value) -> Diagnostics;

    /// Looks it up, by a configuration that was checked. The result repeats the configuration and is wholly known.
    async fn read(&self, context: &Context, config: Value) -> Outcome<Value>;
}
