//! What the author of a provider writes: a managed resource.

use async_trait::async_trait;

use super::context::Context;
use super::diagnostics::{Diagnostics, Outcome};
use super::schema::{IdentitySchema, Schema};
use super::value::Value;

/// A kind of object that Terraform creates, reads, updates and deletes.
///
/// Values conform to [`Resource::schema`], identities to [`Resource::identity_schema`].
#[async_trait]
pub trait Resource: Send + Sync + 'static {
    /// The name with the provider's prefix.
    fn type_name(&self) -> &'static str;

    /// The schema.
    fn schema(&self) -> Schema;

    /// What identifies an object of this kind; `None` where the kind has no identity. Each of its attributes is one of the
    /// object's, of the same name.
    fn identity_schema(&self) -> Option<IdentitySchema> {
        None
    }

    /// Checks a configuration offline, before the provider is configured; values in it may be unknown.
    fn validate(&self, config: &Value) -> Diagnostics;

    /// Finishes a plan for creation or change: the object as it will be. What the provider will decide only then is unknown.
    async fn plan(&self, context: &Context, request: PlanRequest) -> Outcome<Value>;

    /// Looks at the plan to destroy an object; the messages can only be warnings or stop it.
    async fn plan_destroy(&self, _context: &Context, _prior: &Value) -> Diagnostics {
        Diagnostics::new()
    }

    /// Makes the object. A state that comes with errors is kept, and the object is marked as tainted.
    async fn create(&self, context: &Context, request: CreateRequest) -> Outcome<Stored>;

    /// Changes the object in place. A state that comes with errors is kept.
    async fn update(&self, context: &Context, request: UpdateRequest) -> Outcome<Stored>;

    /// Deletes the object.
    async fn delete(&self, context: &Context, prior: Stored) -> Outcome<()>;

    /// Reads the object as it is now; `None` where it is gone for certain.
    async fn read(&self, context: &Context, prior: Stored) -> Outcome<Option<Stored>>;

    /// Finds an object that exists, for Terraform to manage; a read follows.
    async fn import(&self, context: &Context, target: ImportTarget) -> Outcome<Stored>;

    /// Brings a state that another version of the schema wrote to the present one. States of the present version are read
    /// without this.
    async fn upgrade(&self, version: i64, _state: &[u8]) -> Outcome<Value> {
        Err(unknown_version(self.type_name(), "state", version))
    }
}

/// The refusal of a version that this provider has never written.
pub(super) fn unknown_version(type_name: &str, what: &str, version: i64) -> Diagnostics {
    Diagnostics::from_error(
        format!("Cannot read the {what} of {type_name}"),
        format!(
            "The {what} has schema version {version}, which this release of the provider does not know. Use the release \
             that wrote it, or a newer one."
        ),
    )
}

/// What is to be planned. The first draft follows the general rules: configuration, defaults, prior values.
#[derive(Debug)]
pub struct PlanRequest {
    /// The configuration, with write-only values; values in it may be unknown.
    pub config: Value,
    /// The object as it is; null where it is to be made.
    pub prior: Value,
    /// The draft of the plan.
    pub draft: Value,
}

/// An object to be made.
#[derive(Debug)]
pub struct CreateRequest {
    /// The configuration, with write-only values.
    pub config: Value,
    /// The plan.
    pub planned: Value,
}

/// An object to be changed.
#[derive(Debug)]
pub struct UpdateRequest {
    /// The configuration, with write-only values.
    pub config: Value,
    /// The plan.
    pub planned: Value,
    /// The object as it is.
    pub prior: Stored,
}

/// An object as Terraform keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// All attributes, known.
    pub state: Value,
    /// Data for the provider alone.
    pub private: Vec<u8>,
}

/// What names the object to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportTarget {
    /// The text of an import command or block.
    Id(String),
    /// An identity, its optional attributes perhaps null.
    Identity(Value),
}
