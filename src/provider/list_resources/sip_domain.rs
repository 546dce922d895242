//! The list resource `vonage_sip_domain`: the domains of the account, for `terraform query` to show and import.

use std::sync::Arc;

use async_trait::async_trait;
use tfplugin::diagnostics::Diagnostics;
use tfplugin::list_resource::{ListRequest, ListResource, Listed};
use tfplugin::provider::Context;
use tfplugin::schema::{Block, Schema};
use tfplugin::value::Value;
use tokio::sync::mpsc;

use super::found;
use crate::provider::domain_filter::{self, DomainFilter};
use crate::provider::lookup;
use crate::provider::resources::sip_domain::identity;
use crate::provider::session::Session;

const DESCRIPTION: &str = "Finds the Programmable SIP domains of the account, to be imported: all of them, or those that \
match every filter that is given, ordered by name.";

/// The domains of the account.
pub(super) struct SipDomain {
    session: Arc<Session>,
}

impl SipDomain {
    pub(super) fn new(session: Arc<Session>) -> Self {
        Self { session }
    }

    async fn find(
        &self,
        context: &Context,
        request: &ListRequest,
    ) -> Result<Vec<Listed>, Diagnostics> {
        lookup::refuse(self.validate(&request.config).await)?;
        let filter = DomainFilter::read(&request.config);
        let domains = lookup::domains(&self.session, context, &filter).await?;
        let listed = |domain: Value| Listed {
            identity: Some(identity(domain.attribute("name"))),
            display_name: domain
                .string_field("name")
                .known()
                .unwrap_or_default()
                .to_owned(),
            resource: request.include_resource.then_some(domain),
            diagnostics: Diagnostics::new(),
        };
        Ok(domains.into_iter().map(listed).collect())
    }
}

#[async_trait]
impl ListResource for SipDomain {
    fn type_name(&self) -> &'static str {
        "vonage_sip_domain"
    }

    fn schema(&self) -> Schema {
        let block = Block {
            attributes: domain_filter::attributes(),
            description: DESCRIPTION.to_owned(),
            ..Block::default()
        };
        Schema { version: 0, block }
    }

    async fn validate(&self, config: &Value) -> Diagnostics {
        domain_filter::validate(config)
    }

    async fn list(&self, context: &Context, request: ListRequest, found: mpsc::Sender<Listed>) {
        let outcome = self.find(context, &request).await;
        found::send(outcome, request.limit, "SIP domains", found).await;
    }
}
