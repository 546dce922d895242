//! A provider with one resource of any schema, which plans by `tfplugin`'s general rules alone and makes up the rest.

use std::sync::Arc;

use async_trait::async_trait;
use tfplugin::diagnostics::{Diagnostics, Outcome};
use tfplugin::provider::{ConfigureRequest, Context, Provider};
use tfplugin::resource::{
    CreateRequest, DeleteRequest, ImportTarget, Plan, PlanRequest, Reading, Resource, Stored,
    UpdateRequest,
};
use tfplugin::schema::{Block, IdentityAttribute, IdentitySchema, Schema};
use tfplugin::types::Type;
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

    async fn validate(&self, _config: &Value) -> Diagnostics {
        Diagnostics::new()
    }

    async fn configure(&self, _request: ConfigureRequest) -> Diagnostics {
        Diagnostics::new()
    }
}

impl Fake {
    fn made(&self, planned: Value, private: Vec<u8>) -> Stored {
        let state = fill(&self.schema.block, planned, &mut Choices::new(self.seed));
        Stored {
            identity: Some(identity(&state)),
            state,
            private,
        }
    }
}

fn identity(object: &Value) -> Value {
    Value::object([("name", object.attribute("name").clone())])
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
        let name = IdentityAttribute {
            name: "name".to_owned(),
            ty: Type::String,
            required_for_import: true,
            description: String::new(),
        };
        Some(IdentitySchema {
            version: 0,
            attributes: vec![name],
        })
    }

    async fn validate(&self, _config: &Value) -> Diagnostics {
        Diagnostics::new()
    }

    async fn plan(&self, _context: &Context, request: PlanRequest) -> Outcome<Plan> {
        Ok(Plan {
            identity: Some(identity(&request.draft)),
            planned: request.draft,
            requires_replace: Vec::new(),
            private: request.private,
        }
        .into())
    }

    async fn create(&self, _context: &Context, request: CreateRequest) -> Outcome<Stored> {
        Ok(self.made(request.planned, request.private).into())
    }

    async fn update(&self, _context: &Context, request: UpdateRequest) -> Outcome<Stored> {
        Ok(self.made(request.planned, request.private).into())
    }

    async fn delete(&self, _context: &Context, _request: DeleteRequest) -> Outcome<()> {
        Ok(().into())
    }

    async fn read(&self, _context: &Context, prior: Stored) -> Outcome<Reading> {
        Ok(Reading::Found(prior).into())
    }

    async fn import(&self, _context: &Context, _target: ImportTarget) -> Outcome<Stored> {
        Err(Diagnostics::from_error(
            "No import",
            "There is nothing to import.",
        ))
    }
}
