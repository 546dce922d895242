//! The list resource `vonage_sip_domain_user`: the users of a domain, for `terraform query` to show and import.

use std::sync::Arc;

use async_trait::async_trait;
use tfplugin::diagnostics::Diagnostics;
use tfplugin::list_resource::{ListRequest, ListResource, Listed};
use tfplugin::provider::Context;
use tfplugin::resource::Stored;
use tfplugin::schema::{Attribute, Block, Schema};
use tfplugin::value::Value;
use tokio::sync::mpsc;

use super::found;
use crate::provider::lookup;
use crate::provider::resources::sip_domain_user::validate_domain;
use crate::provider::session::Session;

const DESCRIPTION: &str = "Finds the users of a Programmable SIP domain, to be imported, ordered by key. Their secrets are \
never read: configuration that is generated for a user has none, and the user keeps the secret that it has.";

/// The users of a domain.
pub(super) struct SipDomainUser {
    session: Arc<Session>,
}

impl SipDomainUser {
    pub(super) fn new(session: Arc<Session>) -> Self {
        Self { session }
    }

    async fn find(
        &self,
        context: &Context,
        request: &ListRequest,
    ) -> Result<Vec<Listed>, Diagnostics> {
        lookup::refuse(self.validate(&request.config).await)?;
        let domain = request.config.string_field("domain").known();
        let domain = domain.unwrap_or_default();
        let users = lookup::users(&self.session, context, domain).await?;
        let listed = |user: Stored| Listed {
            identity: user.identity,
            display_name: user
                .state
                .string_field("id")
                .known()
                .unwrap_or_default()
                .to_owned(),
            resource: request.include_resource.then_some(user.state),
            diagnostics: Diagnostics::new(),
        };
        Ok(users.into_iter().map(listed).collect())
    }
}

#[async_trait]
impl ListResource for SipDomainUser {
    fn type_name(&self) -> &'static str {
        "vonage_sip_domain_user"
    }

    fn schema(&self) -> Schema {
        let domain = Attribute::string("domain")
            .required()
            .description("Name of the domain: 5 to 32 letters, digits or dashes.");
        let block = Block {
            attributes: vec![domain],
            description: DESCRIPTION.to_owned(),
            ..Block::default()
        };
        Schema { version: 0, block }
    }

    async fn validate(&self, config: &Value) -> Diagnostics {
        let domain = config.string_field("domain").known();
        domain.map(validate_domain).unwrap_or_default()
    }

    async fn list(&self, context: &Context, request: ListRequest, found: mpsc::Sender<Listed>) {
        let outcome = self.find(context, &request).await;
        found::send(outcome, request.limit, "SIP users", found).await;
    }
}
