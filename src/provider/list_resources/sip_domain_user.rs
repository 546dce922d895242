//! The list resource `vonage_sip_domain_user`: the users of a domain, for `terraform query` to show and import.

use std::sync::Arc;

use async_trait::async_trait;
use tfplugin::diagnostics::{Diagnostics, Outcome};
use tfplugin::list_resource::{ListResource, Listed};
use tfplugin::provider::Context;
use tfplugin::schema::{Attribute, Block, Schema};
use tfplugin::value::Value;

use super::sip_domain::listed;
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
}

#[async_trait]
impl ListResource for SipDomainUser {
    fn type_name(&self) -> &'static str {
        "vonage_sip_domain_user"
    }

    fn plural(&self) -> &'static str {
        "SIP users"
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

    fn validate(&self, config: &Value) -> Diagnostics {
        let domain = config.string_field("domain").known();
        domain.map(validate_domain).unwrap_or_default()
    }

    async fn list(&self, context: &Context, config: Value) -> Outcome<Vec<Listed>> {
        let domain = config.string_field("domain").known().unwrap_or_default();
        let users = lookup::users(&self.session, context, domain).await?;
        let users = users.into_iter().map(|user| listed(user.state));
        Ok(users.collect::<Vec<_>>().into())
    }
}
