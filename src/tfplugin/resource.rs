//! What the author of a provider writes: a managed resource.

use async_trait::async_trait;

use super::codec;
use super::diagnostics::{Diagnostics, Outcome};
use super::generate;
use super::path::AttributePath;
use super::provider::Context;
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

    /// What identifies an object of this kind; `None` where the kind has no identity.
    fn identity_schema(&self) -> Option<IdentitySchema> {
        None
    }

    /// Checks a configuration offline, before the provider is configured; values in it may be unknown.
    async fn validate(&self, config: &Value) -> Diagnostics;

    /// Finishes a plan for creation or change.
    async fn plan(&self, context: &Context, request: PlanRequest) -> Outcome<Plan>;

    /// Looks at the plan to destroy an object; the messages can only be warnings or stop it.
    async fn plan_destroy(&self, _context: &Context, _prior: &Value) -> Diagnostics {
        Diagnostics::new()
    }

    /// Makes the object. A state that comes with errors is kept, and the object is marked as tainted.
    async fn create(&self, context: &Context, request: CreateRequest) -> Outcome<Stored>;

    /// Changes the object in place. A state that comes with errors is kept.
    async fn update(&self, context: &Context, request: UpdateRequest) -> Outcome<Stored>;

    /// Deletes the object.
    async fn delete(&self, context: &Context, request: DeleteRequest) -> Outcome<()>;

    /// Reads the object as it is now.
    async fn read(&self, context: &Context, prior: Stored) -> Outcome<Reading>;

    /// Finds an object that exists, for Terraform to manage; a read follows.
    async fn import(&self, context: &Context, target: ImportTarget) -> Outcome<Stored>;

    /// The configuration that a practitioner would write for an object with this state; null is what need not, or
    /// cannot, be written. What only the practitioner knows, such as a secret, is left to them.
    async fn generate_config(&self, state: Value) -> Outcome<Value> {
        Ok(generate::config(&self.schema(), state).into())
    }

    /// Brings a state that an older schema wrote to the present one.
    async fn upgrade(&self, version: i64, state: &[u8]) -> Outcome<Value> {
        let schema = self.schema();
        if version != schema.version {
            return Err(unknown_version(
                self.type_name(),
                "state",
                version,
                schema.version,
            ));
        }
        codec::json::decode_state(state, &schema.ty())
            .map(Into::into)
            .map_err(|error| {
                let mut diagnostics = Diagnostics::new();
                let detail =
                    format!("The stored state does not have the form of this resource: {error}.");
                diagnostics.error(
                    error.path,
                    format!("Cannot read the state of {}", self.type_name()),
                    detail,
                );
                diagnostics
            })
    }
}

/// The refusal of a version that this provider has never written.
pub(super) fn unknown_version(
    type_name: &str,
    what: &str,
    version: i64,
    present: i64,
) -> Diagnostics {
    Diagnostics::from_error(
        format!("Cannot read the {what} of {type_name}"),
        format!(
            "The {what} has schema version {version}; this release of the provider knows versions up to {present}. \
             Use the release that wrote it, or a newer one."
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
    /// The private data of the state.
    pub private: Vec<u8>,
    /// The identity of the object, where it has one already.
    pub identity: Option<Value>,
}

/// A finished plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The object as it will be. What the provider will decide only then is unknown.
    pub planned: Value,
    /// Attributes, besides those that the schema names, whose change needs a new object.
    pub requires_replace: Vec<AttributePath>,
    /// Private data for the apply.
    pub private: Vec<u8>,
    /// The identity that the object will have.
    pub identity: Option<Value>,
}

/// An object to be made.
#[derive(Debug)]
pub struct CreateRequest {
    /// The configuration, with write-only values.
    pub config: Value,
    /// The plan.
    pub planned: Value,
    /// The private data of the plan.
    pub private: Vec<u8>,
}

/// An object to be changed.
#[derive(Debug)]
pub struct UpdateRequest {
    /// The configuration, with write-only values.
    pub config: Value,
    /// The plan.
    pub planned: Value,
    /// The object as it is.
    pub prior: Value,
    /// The private data of the plan.
    pub private: Vec<u8>,
    /// The identity of the object, where it has one already.
    pub identity: Option<Value>,
}

/// An object to be deleted.
#[derive(Debug)]
pub struct DeleteRequest {
    /// The object as it is.
    pub prior: Value,
    /// The private data of the plan.
    pub private: Vec<u8>,
}

/// An object as Terraform keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// All attributes, known.
    pub state: Value,
    /// Data for the provider alone.
    pub private: Vec<u8>,
    /// The identity; `None` where the kind has none, or an old state has none yet.
    pub identity: Option<Value>,
}

/// What a read found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The object, as it is now.
    Found(Stored),
    /// The object is gone for certain.
    Gone,
}

/// What names the object to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportTarget {
    /// The text of an import command or block.
    Id(String),
    /// An identity, its optional attributes perhaps null.
    Identity(Value),
}
