//! The data source `vonage_sip_domain`: one domain, by its name.

use std::sync::Arc;

use async_trait::async_trait;
use tfplugin::data_source::DataSource;
use tfplugin::diagnostics::{Diagnostics, Outcome};
use tfplugin::provider::Context;
use tfplugin::schema::{Attribute, Schema};
use tfplugin::value::Value;

use super::domain;
use crate::provider::domain_name::DomainName;
use crate::provider::lookup;
use crate::provider::resources::sip_domain::schema::{ID, NAME};
use crate::provider::session::Session;

const DESCRIPTION: &str = "Looks up a Programmable SIP domain that exists in the account, by its name. A domain that is \
not there is an error; to look without knowing, use `vonage_sip_domains`.";

/// A domain of the account.
pub(super) struct SipDomain(pub(super) Arc<Session>);

#[async_trait]
impl DataSource for SipDomain {
    fn type_name(&self) -> &'static str {
        "vonage_sip_domain"
    }

    fn schema(&self) -> Schema {
        let mut attributes = domain::attributes();
        attributes.extend([
            Attribute::string(ID)
                .computed()
                .description("The name of the domain."),
            Attribute::string(NAME)
                .required()
                .description("Name of the domain: 5 to 32 letters, digits or dashes."),
        ]);
        Schema::new(DESCRIPTION, attributes)
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        DomainName::check_in(config, NAME)
    }

    async fn read(&self, context: &Context, config: Value) -> Outcome<Value> {
        let name = config.string_field(NAME).known().unwrap_or_default();
        let found = lookup::domain(&self.0, context, name).await?;
        let mut result = domain::object(&found);
        result.set_attribute(ID, name.into());
        Ok(result.into())
    }
}
