//! The data source `vonage_sip_domains`: all domains of the account, or those that a filter lets through.

use std::sync::Arc;

use async_trait::async_trait;
use tfplugin::data_source::DataSource;
use tfplugin::diagnostics::{Diagnostics, Outcome};
use tfplugin::provider::Context;
use tfplugin::schema::{Attribute, ObjectNesting, Schema};
use tfplugin::types::Type;
use tfplugin::value::Value;

use super::domain;
use crate::provider::domain_filter::{self, DomainFilter};
use crate::provider::lookup;
use crate::provider::resources::sip_domain::schema::NAME;
use crate::provider::session::Session;

const DESCRIPTION: &str = "Looks up the Programmable SIP domains of the account: all of them, or those that match every \
filter that is given. That there are none is no error. Domains that the same run makes are there only where the data \
source waits for them, by `depends_on`.";

/// Domains of the account.
pub(super) struct SipDomains(pub(super) Arc<Session>);

#[async_trait]
impl DataSource for SipDomains {
    fn type_name(&self) -> &'static str {
        "vonage_sip_domains"
    }

    fn schema(&self) -> Schema {
        let mut of_domain = domain::attributes();
        of_domain.push(
            Attribute::string(NAME)
                .computed()
                .description("Name of the domain, in the API's spelling."),
        );
        let mut attributes = domain_filter::attributes();
        attributes.extend([
            Attribute::nested("domains", ObjectNesting::List, of_domain)
                .computed()
                .description("The domains, ordered by name."),
            Attribute::new("names", Type::String.list())
                .computed()
                .description(
                    "The names of the domains, in order, for `for_each = toset(data.vonage_sip_domains.example.names)`.",
                ),
        ]);
        Schema::new(DESCRIPTION, attributes)
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        DomainFilter::from(config).check()
    }

    async fn read(&self, context: &Context, config: Value) -> Outcome<Value> {
        let filter = DomainFilter::from(&config);
        let found = lookup::domains(&self.0, context, &filter).await?;
        let names = found.iter().map(|domain| domain.attribute(NAME).clone());
        let names = Value::List(names.collect());
        let domains = Value::List(found.iter().map(domain::object).collect());
        let mut result = config;
        result.set_attribute("names", names);
        result.set_attribute("domains", domains);
        Ok(result.into())
    }
}
