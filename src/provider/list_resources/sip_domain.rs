//! The list resource `vonage_sip_domain`: the domains of the account, for `terraform query` to show and import.

use std::sync::Arc;

use async_trait::async_trait;
use tfplugin::diagnostics::{Diagnostics, Outcome};
use tfplugin::list_resource::{ListResource, Listed};
use tfplugin::provider::Context;
use tfplugin::schema::Schema;
use tfplugin::value::Value;

use super::listed;
use crate::provider::domain_filter::{self, DomainFilter};
use crate::provider::lookup;
use crate::provider::resources::sip_domain::schema::NAME;
use crate::provider::session::Session;

const DESCRIPTION: &str = "Finds the Programmable SIP domains of the account, to be imported: all of them, or those that \
match every filter that is given, ordered by name.";

/// The domains of the account.
pub(super) struct SipDomain(pub(super) Arc<Session>);

#[async_trait]
impl ListResource for SipDomain {
    fn type_name(&self) -> &'static str {
        "vonage_sip_domain"
    }

    fn plural(&self) -> &'static str {
        "SIP domains"
    }

    fn schema(&self) -> Schema {
        Schema::new(DESCRIPTION, domain_filter::attributes())
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        DomainFilter::from(config).check()
    }

    async fn list(&self, context: &Context, config: Value) -> Outcome<Vec<Listed>> {
        let filter = DomainFilter::from(&config);
        let domains = lookup::domains(&self.0, context, &filter).await?;
        Ok(listed(domains, NAME).into())
    }
}
