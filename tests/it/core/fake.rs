//! A provider with one resource of any schema, which plans by `tfplugin`'s general rules alone and makes up the rest.

use std::sync::Arc;

use async_trait::async_trait;
use tfplugin::diagnostics::{Diagnostics, Outcome};
use tfplugin::provider::{ConfigureRequest, Context, Provider};
use tfplugin::resource::{
    CreateRequest, ImportTarget, PlanRequest, Resource, Stored, UpdateRequest,
};
use tfplugin::schema::{Block, IdentitySchema, Schema};
use tfplugin::value::Value;

use super::random::{Choices, fill};

/// The name of the resource.
pub(crate) const THING: &str = "fake_thing";

/// The provider. Its values follow from `seed`.
#[derive(Clone, Debug)]
pub(crate) struct Fake {
    pub(crate) schema: Schema,
    pub(crate) seed: u64,
}

#[async_trait]
impl Provider for Fake {
    fn schema(&self) -> Schema {
        Schema {
            version: 0,
            block: Block::default(),
        }
    }

    fn resources(&self) -> Vec<Arc<dyn Resource>> {
        vec![Arc::new(self.clone())]
    }

    fn validate(&self, _config: &Value) -> Diagnostics {
        Diagnostics::new()
    }

    async fn configure(&self, _request: ConfigureRequest) -> Diagnostics {
        Diagnostics::new()
    }
}

impl Fake {
    fn made(&self, planned: Value, private: Vec<u8>) -> Stored {
        let state = fill(&self.schema.block, planned, &mut Choices::new(self.seed));
        Stored { state, private }
    }
}

#[async_trait]
impl Resource for Fake {
    fn type_name(&self) -> &'static str {
        THING
    }

    fn schema(&self) -> Schema {
        self.schema.clone()
    }

    fn identity_schema(&self) -> Option<IdentitySchema> {
        Some(IdentitySchema::of_strings([("name", "")]))
    }

    fn validate(&self, _config: &Value) -> Diagnostics {
        Diagnostics::new()
    }

    async fn plan(&self, _context: &Context, request: PlanRequest) -> Outcome<Value> {
        Ok(request.draft.into())
    }

    async fn create(&self, _context: &Context, request: CreateRequest) -> Outcome<Stored> {
        Ok(self.made(request.planned, Vec::new()).into())
    }

    async fn update(&self, _context: &Context, request: UpdateRequest) -> Outcome<Stored> {
        Ok(self.made(request.planned, request.prior.private).into())
    }

    async fn delete(&self, _context: &Context, _prior: Stored) -> Outcome<()> {
        Ok(().into())
    }

    async fn read(&self, _context: &Context, prior: Stored) -> Outcome<Option<Stored>> {
        Ok(Some(prior).into())
    }

    async fn import(&self, _context: &Context, _target: ImportTarget) -> Outcome<Stored> {
        Err(Diagnostics::from_error(
            "No import",
            "There is nothing to import.",
        ))
    }
}
