//! What an account has, each object with the configuration that a practitioner would write for it: for commands, which
//! have no host to ask for it.

use std::collections::BTreeSet;
use std::sync::Arc;

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use tfplugin::diagnostics::Diagnostics;
use tfplugin::field::Field;
use tfplugin::generate;
use tfplugin::provider::{ConfigureRequest, Context, Provider as _};
use tfplugin::resource::{ImportTarget, Resource};
use tfplugin::schema::Schema;
use tfplugin::value::Value;

pub(crate) use super::domain_filter::DomainFilter;
use super::lookup::{self, Account};
use super::number_filter::NumberFilter;
use super::resources::application::{self, Application};
use super::resources::number_link::{self, NumberLink};
use super::resources::sip_domain::{self, DomainModel, SipDomain};
use super::resources::sip_domain_user::{self, SipDomainUser};
use super::{Vonage, configuration};
use crate::env::Environment;

pub(crate) const APPLICATION: &str = application::KIND.type_name;
pub(crate) const DOMAIN: &str = sip_domain::KIND.type_name;
pub(crate) const LINK: &str = number_link::KIND.type_name;
pub(crate) const USER: &str = sip_domain_user::KIND.type_name;

/// The attribute that has the import ID of another object, the type of that object, and the attribute that means it there.
pub(crate) type Reference = (&'static str, &'static str, &'static str);

const DOMAIN_APPLICATION: Reference = (
    sip_domain::schema::APPLICATION_ID,
    APPLICATION,
    application::schema::ID,
);

const LINK_APPLICATION: Reference = (
    number_link::schema::APPLICATION_ID,
    APPLICATION,
    application::schema::ID,
);

const USER_DOMAIN: Reference = (
    sip_domain_user::schema::DOMAIN,
    DOMAIN,
    sip_domain::schema::NAME,
);

/// How many domains are asked for their users at once; the rate limit is shared by all of them.
const ASKED_AT_ONCE: usize = 4;

pub(crate) struct Inventory {
    vonage: Vonage,
    context: Context,
    applications: ResourceType,
    domains: ResourceType,
    links: ResourceType,
    users: ResourceType,
}

/// A resource, with its schema, which is built once.
struct ResourceType {
    resource: Box<dyn Resource>,
    references: &'static [Reference],
    /// The attribute by which people call it, where that is not the import ID.
    name: Option<&'static str>,
    schema: Arc<Schema>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// Those that can be imported.
    pub(crate) existing: Vec<Existing>,
    /// Why each of the others cannot be imported: the account may hold names that the provider does not accept.
    pub(crate) left_out: Vec<String>,
    /// Domains in the list, of which the API says that they do not exist where it is asked for their users.
    pub(crate) gone: Vec<String>,
}

impl Found {
    /// The IDs of the applications that its domains refer to, in lower case.
    fn referred_applications(&self) -> BTreeSet<String> {
        let domains = self.existing.iter().filter(|it| it.type_name == DOMAIN);
        let attribute = sip_domain::schema::APPLICATION_ID;
        let ids = domains.map(|it| it.config.string_field(attribute));
        ids.filter_map(Field::known)
            .map(str::to_ascii_lowercase)
            .collect()
    }
}

/// One object that can be imported.
#[derive(Clone, Debug)]
pub(crate) struct Existing {
    pub(crate) type_name: &'static str,
    pub(crate) schema: Arc<Schema>,
    /// How it names the objects that it belongs to.
    pub(crate) references: &'static [Reference],
    /// The import ID.
    pub(crate) id: String,
    /// What people call it: its name, where it has one beside the ID.
    pub(crate) name: String,
    /// What a practitioner would write. A secret is not in it: the API never shows one.
    pub(crate) config: Value,
    /// Why the provider will refuse this configuration, where it will: the API may hold what the provider does not accept.
    pub(crate) problems: Diagnostics,
    /// What the ACL policy says against it: as long as nobody changes it, that only warns.
    pub(crate) against_policy: Diagnostics,
}

impl Inventory {
    /// The account that the environment, or the credentials file, leads to, as for a provider block that says nothing.
    pub(crate) async fn open(environment: impl Environment + 'static) -> Result<Self, Diagnostics> {
        let vonage = Vonage::new(environment);
        let request = ConfigureRequest {
            host_version: String::new(),
            config: configuration::schema().empty_config(),
        };
        must_be_valid(vonage.configure(request).await)?;
        Ok(Self {
            applications: ResourceType {
                name: Some(application::schema::NAME),
                ..ResourceType::of(Application(Arc::clone(&vonage.session)), &[])
            },
            domains: ResourceType::of(
                SipDomain(Arc::clone(&vonage.session)),
                &[DOMAIN_APPLICATION],
            ),
            links: ResourceType::of(NumberLink(Arc::clone(&vonage.session)), &[LINK_APPLICATION]),
            users: ResourceType::of(SipDomainUser(Arc::clone(&vonage.session)), &[USER_DOMAIN]),
            context: Context::default(),
            vonage,
        })
    }

    /// The domains that are wanted, ordered by name.
    pub(crate) async fn domains(&self, filter: &DomainFilter) -> Result<Found, Diagnostics> {
        must_be_valid(filter.check())?;
        let account = self.account()?;
        let mut importable = Vec::new();
        let mut found = Found::default();
        for row in account.domain_rows().await? {
            match self.domains.refusal(&self.context, &row.name).await {
                None => importable.push(row),
                Some(reason) if filter.matches(&DomainModel::default().refreshed(&row)) => {
                    found.left_out.push(reason);
                }
                Some(_) => {}
            }
        }
        found.left_out.sort();
        // Only the importable are read by themselves where that is needed: not every name has a place in a path.
        let states = account.whole_domains(importable, filter).await?;
        for state in states {
            let against_policy = sip_domain::against_acl_policy(&self.vonage.session, &state);
            found.existing.push(Existing {
                against_policy,
                ..self.domains.existing(state)?
            });
        }
        Ok(found)
    }

    /// Each domain among these with its users, ordered by key, behind it. Every domain is asked: that one without digest
    /// authentication has no users is said nowhere.
    pub(crate) async fn with_users(&self, mut found: Found) -> Result<Found, Diagnostics> {
        let lists: Vec<_> = stream::iter(&found.existing)
            .map(async |object| match object.type_name {
                DOMAIN => Ok(Some(self.account()?.users_of_one(&object.id).await?)),
                _ => Ok(None),
            })
            .buffered(ASKED_AT_ONCE)
            .try_collect()
            .await?;
        let objects = std::mem::take(&mut found.existing);
        for (object, users) in objects.into_iter().zip(lists) {
            if users.as_ref().is_some_and(Option::is_none) {
                found.gone.push(object.id.clone());
            }
            found.existing.push(object);
            for user in users.into_iter().flatten().flatten() {
                match self.users.refusal(&self.context, &import_id(&user)).await {
                    None => found.existing.push(self.users.existing(user)?),
                    Some(reason) => found.left_out.push(reason),
                }
            }
        }
        Ok(found)
    }

    /// The applications that these domains refer to, or all, ordered by name and ID, in front of the domains.
    pub(crate) async fn with_applications(
        &self,
        domains: Found,
        all: bool,
    ) -> Result<Found, Diagnostics> {
        let referred = domains.referred_applications();
        if !all && referred.is_empty() {
            return Ok(domains);
        }
        let mut found = Found::default();
        for application in self.account()?.listed_applications().await? {
            if !all && !referred.contains(&application.id.to_ascii_lowercase()) {
                continue;
            }
            match self
                .applications
                .refusal(&self.context, &application.id)
                .await
            {
                None => found
                    .existing
                    .push(self.applications.existing(lookup::state(&application))?),
                Some(reason) => found.left_out.push(reason),
            }
        }
        found.existing.extend(domains.existing);
        found.left_out.extend(domains.left_out);
        Ok(Found {
            gone: domains.gone,
            ..found
        })
    }

    /// The same with the links of numbers behind everything else, ordered by country and digits: all of them, or those to
    /// applications that the domains refer to.
    pub(crate) async fn with_number_links(
        &self,
        mut found: Found,
        all: bool,
    ) -> Result<Found, Diagnostics> {
        let referred = found.referred_applications();
        if !all && referred.is_empty() {
            return Ok(found);
        }
        let links = self
            .account()?
            .number_links(NumberFilter::default())
            .await?;
        for link in links {
            let application = link.string_field(number_link::schema::APPLICATION_ID);
            let application = application.known().map(str::to_ascii_lowercase);
            if !all && !application.is_some_and(|id| referred.contains(&id)) {
                continue;
            }
            match self.links.refusal(&self.context, &import_id(&link)).await {
                None => found.existing.push(self.links.existing(link)?),
                Some(reason) => found.left_out.push(reason),
            }
        }
        Ok(found)
    }

    fn account(&self) -> Result<Account<'_>, Diagnostics> {
        Account::open(&self.vonage.session, &self.context)
    }
}

impl ResourceType {
    fn of(resource: impl Resource, references: &'static [Reference]) -> Self {
        Self {
            references,
            name: None,
            schema: Arc::new(resource.schema()),
            resource: Box::new(resource),
        }
    }

    /// Why the object of this ID cannot be imported, where that is so.
    async fn refusal(&self, context: &Context, id: &str) -> Option<String> {
        let target = ImportTarget::Id(id.to_owned());
        let refused = self.resource.import(context, target).await.err()?;
        let reasons = refused.into_iter().map(|it| it.detail);
        Some(reasons.collect::<Vec<_>>().join(" "))
    }

    /// An object with the very configuration that is generated for `terraform query`.
    fn existing(&self, state: Value) -> Result<Existing, Diagnostics> {
        let id = import_id(&state);
        let config = generate::config(&self.schema, state);
        if !config.is_wholly_known() {
            return Err(Diagnostics::from_error(
                "Cannot write configuration",
                format!(
                    "Something of {} {id:?} has no known value, and no configuration can be written for that. This is an error \
                     in the provider; please report it.",
                    self.resource.type_name()
                ),
            ));
        }
        Ok(Existing {
            type_name: self.resource.type_name(),
            schema: Arc::clone(&self.schema),
            references: self.references,
            name: self
                .name
                .and_then(|name| config.string_field(name).known())
                .unwrap_or(&id)
                .to_owned(),
            id,
            problems: self.resource.validate(&config).into_errors(),
            against_policy: Diagnostics::new(),
            config,
        })
    }
}

/// Every resource has its import ID in this attribute.
fn import_id(state: &Value) -> String {
    let id = state.string_field("id").known();
    id.unwrap_or_default().to_owned()
}

fn must_be_valid(problems: Diagnostics) -> Result<(), Diagnostics> {
    if problems.has_errors() {
        Err(problems)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
