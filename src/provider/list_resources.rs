//! The list resources, by which `terraform query` finds what exists, to show and import it.

use std::sync::Arc;

use async_trait::async_trait;
use tfplugin::diagnostics::{Diagnostics, Outcome};
use tfplugin::list_resource::{ListResource, Listed};
use tfplugin::provider::Context;
use tfplugin::schema::Schema;
use tfplugin::value::Value;

use super::lookup::{self, Account, Lookup};
use super::resources::{application, number_link, sip_domain, sip_domain_user};
use super::session::Session;

const APPLICATION: Definition = Definition {
    type_name: "vonage_application",
    plural: "applications",
    description: "Finds the Vonage applications of the account, to be imported: all of them, or those that match every filter \
that is given, ordered by name and ID.",
    lookup: lookup::APPLICATION_STATES,
    display_name: application::schema::NAME,
};

const NUMBER_LINK: Definition = Definition {
    type_name: "vonage_number_link",
    plural: "number links",
    description: "Finds the phone numbers of the account whose calls go to an application or to SIP addresses, to be imported: all \
of them, or those that match every filter that is given, ordered by country and digits.",
    lookup: lookup::NUMBER_LINKS,
    display_name: number_link::schema::ID,
};

const SIP_DOMAIN: Definition = Definition {
    type_name: "vonage_sip_domain",
    plural: "SIP domains",
    description: "Finds the Programmable SIP domains of the account, to be imported: all of them, or those that match every \
filter that is given, ordered by name.",
    lookup: lookup::DOMAINS,
    display_name: sip_domain::schema::NAME,
};

const SIP_DOMAIN_USER: Definition = Definition {
    type_name: "vonage_sip_domain_user",
    plural: "SIP users",
    description: "Finds the users of a Programmable SIP domain, to be imported, ordered by key. Their secrets are never \
read: configuration that is generated for a user has none, and the user keeps the secret that it has.",
    lookup: lookup::DOMAIN_USERS,
    display_name: sip_domain_user::schema::ID,
};

pub(super) fn all(session: &Arc<Session>) -> Vec<Arc<dyn ListResource>> {
    let list = |definition| -> Arc<dyn ListResource> {
        let session = Arc::clone(session);
        Arc::new(List {
            session,
            definition,
        })
    };
    [APPLICATION, NUMBER_LINK, SIP_DOMAIN, SIP_DOMAIN_USER]
        .map(list)
        .into()
}

struct Definition {
    type_name: &'static str,
    plural: &'static str,
    description: &'static str,
    lookup: Lookup,
    /// The attribute by which people call an object.
    display_name: &'static str,
}

struct List {
    session: Arc<Session>,
    definition: Definition,
}

#[async_trait]
impl ListResource for List {
    fn type_name(&self) -> &'static str {
        self.definition.type_name
    }

    fn plural(&self) -> &'static str {
        self.definition.plural
    }

    fn schema(&self) -> Schema {
        Schema::new(
            self.definition.description,
            (self.definition.lookup.arguments)(),
        )
    }

    fn validate(&self, config: &Value) -> Diagnostics {
        (self.definition.lookup.check)(config)
    }

    async fn list(&self, context: &Context, config: Value) -> Outcome<Vec<Listed>> {
        let account = Account::open(&self.session, context)?;
        let found = (self.definition.lookup.find)(&account, &config).await?;
        let listed = found.into_iter().map(|object| {
            let name = object.string_field(self.definition.display_name).known();
            Listed {
                display_name: name.unwrap_or_default().to_owned(),
                object,
            }
        });
        Ok(listed.collect::<Vec<_>>().into())
    }
}
