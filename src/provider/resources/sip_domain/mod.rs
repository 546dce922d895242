//! The resource `vonage_sip_domain`.

mod failure;
mod model;
mod operations;
mod plan;
mod schema;
mod validate;

pub(in crate::provider) use model::{keep_spelling, refresh};
pub(in crate::provider) use schema::{DOMAIN_TYPES, blank};
pub(in crate::provider) use validate::{validate_application_id, validate_choice, validate_name};

use std::sync::Arc;

use async_trait::async_trait;
use tfplugin::diagnostics::{Diagnostics, Outcome};
use tfplugin::provider::Context;
use tfplugin::resource::{
    CreateRequest, ImportTarget, PlanRequest, Resource, Stored, UpdateRequest,
};
use tfplugin::schema::{IdentitySchema, Schema};
use tfplugin::value::Value;

use crate::provider::session::Session;
use crate::provider::two_addresses::Kind;

const KIND: Kind = Kind {
    type_name: "vonage_sip_domain",
    attribute: "name",
    subject: |object| failure::subject(object.string_field("name").known().unwrap_or_default()),
};

/// A Programmable SIP domain.
pub(in crate::provider) struct SipDomain {
    session: Arc<Session>,
}

impl SipDomain {
    pub(in crate::provider) fn new(session: Arc<Session>) -> Self {
        Self { session }
    }
}

#[async_trait]
impl Resource for SipDomain {
    fn type_name(&self) -> &'static str {
        KIND.type_name
    }

    fn schema(&self) -> Schema {
        schema::schema().clone()
    }

    fn identity_schema(&self) -> Option<IdentitySchema> {
        Some(schema::identity())
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        validate::validate(config)
    }

    async fn plan(&self, _context: &Context, request: PlanRequest) -> Outcome<Value> {
        plan::plan(&self.session, request)
    }

    async fn plan_destroy(&self, _context: &Context, prior: &Value) -> Diagnostics {
        plan::destroy(&self.session, prior)
    }

    async fn create(&self, context: &Context, request: CreateRequest) -> Outcome<Stored> {
        operations::create(&self.session, context, request).await
    }

    async fn update(&self, context: &Context, request: UpdateRequest) -> Outcome<Stored> {
        operations::update(&self.session, context, request).await
    }

    async fn delete(&self, context: &Context, prior: Stored) -> Outcome<()> {
        operations::delete(&self.session, context, prior).await
    }

    async fn read(&self, context: &Context, prior: Stored) -> Outcome<Option<Stored>> {
        operations::read(&self.session, context, prior).await
    }

    async fn import(&self, _context: &Context, target: ImportTarget) -> Outcome<Stored> {
        operations::import(&self.session, &target)
    }
}
