//! The data source `vonage_sip_domain`: one domain, by its name.

use std::sync::Arc;

use async_trait::async_trait;
use tfplugin::data_source::DataSource;
use tfplugin::diagnostics::{Diagnostics, Outcome};
use tfplugin::provider::Context;
use tfplugin::schema::{Attribute, Block, Schema};
use tfplugin::value::Value;

use super::domain;
use crate::provider::lookup;
use crate::provider::resources::sip_domain::validate_name;
use crate::provider::session::Session;

const DESCRIPTION: &str = "Looks up a Programmable SIP domain that exists in the account, by its name. A domain that is \
not there is an error; to look without knowing, use `vonage_sip_domains`.";

/// A domain of the account.
pub(super) struct SipDomain {
    session: Arc<Session>,
}

impl SipDomain {
    pub(super) fn new(session: Arc<Session>) -> Self {
        Self { session }
    }
}

#[async_trait]
impl DataSource for SipDomain {
    fn type_name(&self) -> &'static str {
        "vonage_sip_domain"
    }

    fn schema(&self) -> Schema {
        let mut attributes = domain::attributes();
        attributes.extend([
            Attribute::string("id")
                .computed()
                .description("The name of the domain."),
            Attribute::string("name")
                .required()
                .description("Name of the domain: 5 to 32 letters, digits or dashes."),
        ]);
        let block = Block {
            attributes,
            description: DESCRIPTION.to_owned(),
            ..Block::default()
        };
        Schema { version: 0, block }
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        let name = config.string_field("name").known();
        name.map(validate_name).unwrap_or_default()
    }

    async fn read(&self, context: &Context, config: Value) -> Outcome<Value> {
        let name = config.string_field("name").known().unwrap_or_default();
        let found = lookup::domain(&self.session, context, name).await?;
        let mut result = domain::object(&found);
        result.set_attribute("id", name.into());
        Ok(result.into())
    }
}
