//! The data source `vonage_sip_domain_users`: who may authenticate to a domain, without their secrets.

use std::sync::Arc;

use async_trait::async_trait;
use tfplugin::data_source::DataSource;
use tfplugin::diagnostics::{Diagnostics, Outcome};
use tfplugin::provider::Context;
use tfplugin::schema::{Attribute, ObjectNesting, Schema};
use tfplugin::types::Type;
use tfplugin::value::Value;

use crate::provider::domain_name::DomainName;
use crate::provider::lookup;
use crate::provider::resources::sip_domain_user::schema::{DOMAIN, ID, KEY};
use crate::provider::session::Session;

const DESCRIPTION: &str = "Looks up the users of a Programmable SIP domain, who authenticate by SIP digest. Their secrets \
are never read. That a domain has no users is no error; that there is no such domain is one.";

/// The users of a domain.
pub(super) struct SipDomainUsers(pub(super) Arc<Session>);

#[async_trait]
impl DataSource for SipDomainUsers {
    fn type_name(&self) -> &'static str {
        "vonage_sip_domain_users"
    }

    fn schema(&self) -> Schema {
        Schema::new(DESCRIPTION, attributes())
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        DomainName::check_in(config, DOMAIN)
    }

    async fn read(&self, context: &Context, config: Value) -> Outcome<Value> {
        let domain = config.string_field(DOMAIN).known().unwrap_or_default();
        let users = lookup::users(&self.0, context, domain).await?;
        Ok(result(config, &users).into())
    }
}

fn attributes() -> Vec<Attribute> {
    let of_user = [
        Attribute::string(DOMAIN).description("Name of the user's domain."),
        Attribute::string(ID).description("`<domain>/<key>`, the import ID of the user."),
        Attribute::string(KEY).description("What the user authenticates as."),
    ];
    vec![
        Attribute::string(DOMAIN)
            .required()
            .description("Name of the domain: 5 to 32 letters, digits or dashes."),
        Attribute::new("keys", Type::String.list())
            .computed()
            .description(
                "What the users authenticate as, in order, for `for_each = toset(data.vonage_sip_domain_users.example.keys)`.",
            ),
        Attribute::nested(
            "users",
            ObjectNesting::List,
            of_user.map(Attribute::computed).into(),
        )
        .computed()
        .description("The users, ordered by key."),
    ]
}

fn result(config: Value, users: &[Value]) -> Value {
    let part = |user: &Value, name: &str| user.attribute(name).clone();
    let object =
        |user: &Value| Value::object([DOMAIN, ID, KEY].map(|name| (name, part(user, name))));
    let mut result = config;
    let keys = users.iter().map(|user| part(user, KEY));
    result.set_attribute("keys", Value::List(keys.collect()));
    let users = users.iter().map(object);
    result.set_attribute("users", Value::List(users.collect()));
    result
}
