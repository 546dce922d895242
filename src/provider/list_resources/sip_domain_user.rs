//! The list resource `vonage_sip_domain_user`: the users of a domain, for `terraform query` to show and import.

use std::sync::Arc;

use async_trait::async_trait;
use tfplugin::diagnostics::{Diagnostics, Outcome};
use tfplugin::list_resource::{ListResource, Listed};
use tfplugin::provider::Context;
use tfplugin::schema::{Attribute, Schema};
use tfplugin::value::Value;

use super::listed;
use crate::provider::domain_name::DomainName;
use crate::provider::lookup;
use crate::provider::resources::sip_domain_user::schema::{DOMAIN, ID};
use crate::provider::session::Session;

const DESCRIPTION: &str = "Finds the users of a Programmable SIP domain, to be imported, ordered by key. Their secrets are \
never read: configuration that is generated for a user has none, and the user keeps the secret that it has.";

/// The users of a domain.
pub(super) struct SipDomainUser(pub(super) Arc<Session>);

#[async_trait]
impl ListResource for SipDomainUser {
    fn type_name(&self) -> &'static str {
        "vonage_sip_domain_user"
    }

    fn plural(&self) -> &'static str {
        "SIP users"
    }

    fn schema(&self) -> Schema {
        let domain = Attribute::string(DOMAIN)
            .required()
            .description("Name of the domain: 5 to 32 letters, digits or dashes.");
        Schema::new(DESCRIPTION, vec![domain])
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        DomainName::check_in(config, DOMAIN)
    }

    async fn list(&self, context: &Context, config: Value) -> Outcome<Vec<Listed>> {
        let domain = config.string_field(DOMAIN).known().unwrap_or_default();
        let users = lookup::users(&self.0, context, domain).await?;
        Ok(listed(users, ID).into())
    }
}
