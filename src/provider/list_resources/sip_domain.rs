//! The list resource `vonage_sip_domain`: the domains of the account, for `terraform query` to show and import.

use std::sync::Arc;

use async_trait::async_trait;
use tfplugin::diagnostics::{Diagnostics, Outcome};
use tfplugin::list_resource::{ListResource, Listed};
use tfplugin::provider::Context;
use tfplugin::schema::{Block, Schema};
use tfplugin::value::Value;

use crate::provider::domain_filter::{self, DomainFilter};
use crate::provider::lookup;
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
}

#[async_trait]
impl ListResource for SipDomain {
    fn type_name(&self) -> &'static str {
        "vonage_sip_domain"
    }

    fn plural(&self) -> &'static str {
        "SIP domains"
    }

    fn schema(&self) -> Schema {
        let block = Block {
            attributes: domain_filter::attributes(),
            description: DESCRIPTION.to_owned(),
            ..Block::default()
        };
        Schema { version: 0, block }
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        domain_filter::validate(config)
    }

    async fn list(&self, context: &Context, config: Value) -> Outcome<Vec<Listed>> {
        let filter = DomainFilter::read(&config);
        let domains = lookup::domains(&self.session, context, &filter).await?;
        Ok(domains.into_iter().map(listed).collect::<Vec<_>>().into())
    }
}

/// An object as it is listed: its ID is what people call it.
pub(super) fn listed(object: Value) -> Listed {
    let display_name = object.string_field("id").known().unwrap_or_default();
    Listed {
        display_name: display_name.to_owned(),
        object,
    }
}
