//! The data source `vonage_sip_domain_users`: who may authenticate to a domain, without their secrets.

use std::sync::Arc;

use async_trait::async_trait;
use tfplugin::data_source::DataSource;
use tfplugin::diagnostics::{Diagnostics, Outcome};
use tfplugin::provider::Context;
use tfplugin::resource::Stored;
use tfplugin::schema::{Attribute, Block, ObjectNesting, Schema};
use tfplugin::types::Type;
use tfplugin::value::Value;

use crate::provider::lookup;
use crate::provider::resources::sip_domain_user::validate_domain;
use crate::provider::session::Session;

const DESCRIPTION: &str = "Looks up the users of a Programmable SIP domain, who authenticate by SIP digest. Their secrets \
are never read. That a domain has no users is no error; that there is no such domain is one.";

/// The users of a domain.
pub(super) struct SipDomainUsers {
    session: Arc<Session>,
}

impl SipDomainUsers {
    pub(super) fn new(session: Arc<Session>) -> Self {
        Self { session }
    }
}

#[async_trait]
impl DataSource for SipDomainUsers {
    fn type_name(&self) -> &'static str {
        "vonage_sip_domain_users"
    }

    fn schema(&self) -> Schema {
        let block = Block {
            attributes: attributes(),
            description: DESCRIPTION.to_owned(),
            ..Block::default()
        };
        Schema { version: 0, block }
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        let domain = config.string_field("domain").known();
        domain.map(validate_domain).unwrap_or_default()
    }

    async fn read(&self, context: &Context, config: Value) -> Outcome<Value> {
        let domain = config.string_field("domain").known().unwrap_or_default();
        let users = lookup::users(&self.session, context, domain).await?;
        Ok(result(config, &users).into())
    }
}

fn attributes() -> Vec<Attribute> {
    let of_user = [
        Attribute::string("domain").description("Name of the user's domain."),
        Attribute::string("id").description("`<domain>/<key>`, the import ID of the user."),
        Attribute::string("key").description("What the user authenticates as."),
    ];
    vec![
        Attribute::string("domain")
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

fn result(config: Value, users: &[Stored]) -> Value {
    let part = |user: &Stored, name: &str| user.state.attribute(name).clone();
    let object =
        |user: &Stored| Value::object(["domain", "id", "key"].map(|name| (name, part(user, name))));
    let mut result = config;
    let keys = users.iter().map(|user| part(user, "key"));
    result.set_attribute("keys", Value::List(keys.collect()));
    let users = users.iter().map(object);
    result.set_attribute("users", Value::List(users.collect()));
    result
}
