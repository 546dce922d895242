//! The resource `vonage_sip_domain_user`.

mod failure;
mod import;
mod model;
mod operations;
mod plan;
mod schema;
mod validate;

pub(in crate::provider) use import::imported;
pub(in crate::provider) use validate::validate_domain;

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
    type_name: "vonage_sip_domain_user",
    attribute: "key",
    subject: |object| failure::subject(&model::to_user(object)),
};

/// A user of a Programmable SIP domain.
pub(in crate::provider) struct SipDomainUser {
    session: Arc<Session>,
}

impl SipDomainUser {
    pub(in crate::provider) fn new(session: Arc<Session>) -> Self {
        Self { session }
    }
}

#[async_trait]
impl Resource for SipDomainUser {
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
        model::register_secrets(config);
        validate::validate(config)
    }

    async fn plan(&self, _context: &Context, request: PlanRequest) -> Outcome<Value> {
        model::register_secrets(&request.config);
        model::register_secrets(&request.prior);
        plan::plan(&self.session, request)
    }

    async fn plan_destroy(&self, _context: &Context, prior: &Value) -> Diagnostics {
        plan::destroy(&self.session, prior)
    }

    async fn create(&self, context: &Context, request: CreateRequest) -> Outcome<Stored> {
        model::register_secrets(&request.config);
        operations::create(&self.session, context, request).await
    }

    async fn update(&self, context: &Context, request: UpdateRequest) -> Outcome<Stored> {
        model::register_secrets(&request.config);
        model::register_secrets(&request.prior.state);
        operations::update(&self.session, context, request).await
    }

    async fn delete(&self, context: &Context, prior: Stored) -> Outcome<()> {
        model::register_secrets(&prior.state);
        operations::delete(&self.session, context, prior).await
    }

    async fn read(&self, context: &Context, prior: Stored) -> Outcome<Option<Stored>> {
        model::register_secrets(&prior.state);
        operations::read(&self.session, context, prior).await
    }

    async fn import(&self, _context: &Context, target: ImportTarget) -> Outcome<Stored> {
        import::import(&self.session, &target)
    }
}
