//! Looking up what the account has, for data sources and for `terraform query`.

use std::sync::Arc;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use tfplugin::diagnostics::Diagnostics;
use tfplugin::field::Field;
use tfplugin::path::AttributePath;
use tfplugin::provider::Context;
use tfplugin::schema::Attribute;
use tfplugin::value::Value;

use super::application_filter::{self, ApplicationFilter};
use super::application_id::ApplicationId;
use super::domain_filter::{self, DomainFilter};
use super::domain_name::DomainName;
use super::failure::{KEY_SOURCES, lookup_explanation};
use super::number_filter::{self, NumberFilter};
use super::resources::application::{ApplicationModel, schema as application};
use super::resources::number_link::{LinkModel, schema as number};
use super::resources::sip_domain::{DomainModel, schema};
use super::resources::sip_domain_user::{UserModel, schema as user_schema};
use super::session::{self, Access, Session};
use super::timeouts::{Timeout, Timeouts};
use crate::vonage::applications::Application;
use crate::vonage::numbers::{Number, Target};
use crate::vonage::psip::{Domain, User};
use crate::vonage::{Api, Error, Operation};

/// Which objects can be looked up, and by what.
pub(super) struct Lookup {
    /// What a configuration says of the objects that are wanted.
    pub(super) arguments: fn() -> Vec<Attribute>,
    pub(super) check: fn(&Value) -> Diagnostics,
    /// Those objects in their order, each with the attributes that an import would read.
    pub(super) find: for<'a> fn(&'a Account<'a>, &'a Value) -> Finding<'a>,
}

type Finding<'a> = BoxFuture<'a, Result<Vec<Value>, Diagnostics>>;

/// The names of all capabilities of an application, which only lookups show.
pub(super) const CAPABILITIES: &str = "capabilities";

pub(super) const APPLICATION: Lookup = Lookup {
    arguments: || {
        vec![
            Attribute::string(application::ID)
                .optional_computed()
                .description("ID of the application, a UUID. Give this or `name`."),
            Attribute::string(application::NAME)
                .optional_computed()
                .description("Name of the application, exactly. Give this or `id`."),
        ]
    },
    check: check_application,
    find: |account, config| account.application(config).boxed(),
};

/// All applications, or those that match a filter.
pub(super) const APPLICATIONS: Lookup = Lookup {
    arguments: application_filter::attributes,
    check: |config| ApplicationFilter::from(config).check(),
    find: |account, config| {
        account
            .applications(config.into(), with_capabilities)
            .boxed()
    },
};

/// The same as an import would read them.
pub(super) const APPLICATION_STATES: Lookup = Lookup {
    find: |account, config| account.applications(config.into(), state).boxed(),
    ..APPLICATIONS
};

pub(super) const NUMBER: Lookup = Lookup {
    arguments: || {
        vec![
            Attribute::string(number::COUNTRY).required().description(
                "Country of the number, as two letters of ISO 3166-1, such as `\"GB\"`.",
            ),
            Attribute::string(number::MSISDN)
                .required()
                .description("The number in E.164 without `+`, such as `\"447700900000\"`."),
        ]
    },
    check: |config| LinkModel::from(config).check_number(),
    find: |account, config| account.number(config.into()).boxed(),
};

/// All numbers of the account, or those that match a filter.
pub(super) const NUMBERS: Lookup = Lookup {
    arguments: number_filter::attributes,
    check: |config| NumberFilter::from(config).check(),
    find: |account, config| account.numbers(config.into()).boxed(),
};

/// The same as an import would read them, of those whose calls go where a link can send them.
pub(super) const NUMBER_LINKS: Lookup = Lookup {
    find: |account, config| account.number_links(config.into()).boxed(),
    ..NUMBERS
};

pub(super) const DOMAIN: Lookup = Lookup {
    arguments: || vec![DomainName::argument(schema::NAME)],
    check: |config| DomainName::check_in(config, schema::NAME),
    find: |account, config| account.domain(text(config, schema::NAME)).boxed(),
};

/// All domains, or those that match a filter.
pub(super) const DOMAINS: Lookup = Lookup {
    arguments: domain_filter::attributes,
    check: |config| DomainFilter::from(config).check(),
    find: |account, config| account.domains(config.into()).boxed(),
};

pub(super) const DOMAIN_USERS: Lookup = Lookup {
    arguments: || vec![DomainName::argument(user_schema::DOMAIN)],
    check: |config| DomainName::check_in(config, user_schema::DOMAIN),
    find: |account, config| account.users(text(config, user_schema::DOMAIN)).boxed(),
};

fn text<'a>(config: &'a Value, name: &str) -> &'a str {
    config.string_field(name).known().unwrap_or_default()
}

fn check_application(config: &Value) -> Diagnostics {
    let [id, name] = [application::ID, application::NAME].map(|name| config.string_field(name));
    match (&id, &name) {
        (Field::Known(id), Field::Null) => ApplicationId::from(*id).check(application::ID),
        (Field::Null, Field::Null) => Diagnostics::from_error(
            "Missing argument",
            "Say which application is wanted: set `id` or `name`.",
        ),
        (Field::Known(_), Field::Known(_)) => Diagnostics::error_at(
            AttributePath::root(application::NAME),
            "Two arguments for one application",
            "An application is looked up by `id` or by `name`. Remove one of them.",
        ),
        _ => Diagnostics::new(),
    }
}

pub(super) fn state(found: &Application) -> Value {
    ApplicationModel::default().refreshed(found).into()
}

fn with_capabilities(found: &Application) -> Value {
    let mut value = state(found);
    let names = found.capabilities().into_iter().map(Value::from);
    value.set_attribute(CAPABILITIES, Value::set(names));
    value
}

fn link_state(found: &Number) -> Value {
    LinkModel::of_number(&found.key).refreshed(found).into()
}

/// Shows the application also where a forward takes the calls.
fn with_application(found: &Number) -> Value {
    let mut value = link_state(found);
    let application = found.application().map_or(Value::Null, Value::from);
    value.set_attribute(number::APPLICATION_ID, application);
    value
}

/// The account, for the lookups of one call.
pub(super) struct Account<'a> {
    api: Arc<Api>,
    context: &'a Context,
    sip_base_domain: String,
}

impl<'a> Account<'a> {
    pub(super) fn open(session: &Session, context: &'a Context) -> Result<Self, Diagnostics> {
        match session.access()? {
            Access::Ready(api) => Ok(Self {
                api,
                context,
                // The session is ready, so it is known.
                sip_base_domain: session.sip_base_domain().unwrap_or_default(),
            }),
            Access::Unknown(attributes) => Err(Diagnostics::from_error(
                "The provider's configuration is not known yet",
                format!(
                    "{} of the provider block will be known only when what it depends on has been applied, so nothing can be \
                     looked up now. Apply that first, for example with `-target`. A data source can also wait for it: name it \
                     in the data source's `depends_on`.",
                    session::list(&attributes)
                ),
            )),
        }
    }

    /// The application with this ID, or of this very name.
    async fn application(&self, config: &Value) -> Result<Vec<Value>, Diagnostics> {
        let id = text(config, application::ID);
        if id.is_empty() {
            return self
                .application_of_name(text(config, application::NAME))
                .await;
        }
        let found = self.api.applications.read(&self.operation(), id).await;
        let found =
            found.map_err(|error| failed(&format!("Cannot read application {id:?}"), &error))?;
        let found = found.ok_or_else(|| {
            let summary = format!("Application {id:?} does not exist");
            Diagnostics::error_at(
                AttributePath::root(application::ID),
                summary,
                missing_detail("application", "ID"),
            )
        })?;
        Ok(vec![with_capabilities(&found)])
    }

    async fn application_of_name(&self, name: &str) -> Result<Vec<Value>, Diagnostics> {
        let mut found = self.listed_applications().await?;
        found.retain(|application| application.name == name);
        let problem = match found.as_slice() {
            [one] => return Ok(vec![with_capabilities(one)]),
            [] => (
                format!("Application {name:?} does not exist"),
                missing_detail("application", "name"),
            ),
            several => {
                let ids: Vec<_> = several
                    .iter()
                    .take(10)
                    .map(|it| format!("{:?}", it.id))
                    .collect();
                let detail = format!(
                    "Names of applications are not unique, and the account has {} of this name. Look one up by `id`: {}.",
                    several.len(),
                    ids.join(", ")
                );
                (
                    format!("Several applications have the name {name:?}"),
                    detail,
                )
            }
        };
        let path = AttributePath::root(application::NAME);
        Err(Diagnostics::error_at(path, problem.0, problem.1))
    }

    async fn applications(
        &self,
        filter: ApplicationFilter,
        value: fn(&Application) -> Value,
    ) -> Result<Vec<Value>, Diagnostics> {
        let mut found = self.listed_applications().await?;
        found.retain(|application| filter.matches(application));
        Ok(found.iter().map(value).collect())
    }

    /// All applications, ordered by name and ID.
    pub(super) async fn listed_applications(&self) -> Result<Vec<Application>, Diagnostics> {
        let listed = self.api.applications.list(&self.operation()).await;
        let mut listed = listed.map_err(|error| failed("Cannot list applications", &error))?;
        listed.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
        Ok(listed)
    }

    /// The number that a configuration names.
    async fn number(&self, link: LinkModel) -> Result<Vec<Value>, Diagnostics> {
        let found = self.api.numbers.read(&self.operation(), &link.key()).await;
        let found =
            found.map_err(|error| failed(&format!("Cannot read number {}", link.id()), &error))?;
        let found = found.ok_or_else(|| {
            Diagnostics::error_at(
                AttributePath::root(number::MSISDN),
                format!("Number {} is not a number of the account", link.id()),
                format!(
                    "The account owns no such number. Check `country` and `msisdn`, and that the API key is of the account that \
                     owns the number: {KEY_SOURCES}."
                ),
            )
        })?;
        Ok(vec![with_application(&found)])
    }

    async fn numbers(&self, filter: NumberFilter) -> Result<Vec<Value>, Diagnostics> {
        let mut found = self.listed_numbers().await?;
        found.retain(|number| filter.matches(number));
        Ok(found.iter().map(with_application).collect())
    }

    /// The wanted numbers whose calls go to an application or to SIP addresses.
    pub(super) async fn number_links(
        &self,
        filter: NumberFilter,
    ) -> Result<Vec<Value>, Diagnostics> {
        let mut found = self.listed_numbers().await?;
        found.retain(|number| filter.matches(number));
        let is_link =
            |it: &&Number| matches!(it.target(), Some(Target::Application(_) | Target::Sip(_)));
        Ok(found.iter().filter(is_link).map(link_state).collect())
    }

    /// All numbers, ordered by country and digits.
    async fn listed_numbers(&self) -> Result<Vec<Number>, Diagnostics> {
        let listed = self.api.numbers.list(&self.operation()).await;
        listed.map_err(|error| failed("Cannot list numbers", &error))
    }

    /// The domain of this name, spelled as it is here.
    async fn domain(&self, name: &str) -> Result<Vec<Value>, Diagnostics> {
        let found = self.api.psip.read_domain(&self.operation(), name).await;
        let found =
            found.map_err(|error| failed(&format!("Cannot read SIP domain {name:?}"), &error))?;
        let found = found.ok_or_else(|| missing(schema::NAME, name))?;
        Ok(vec![self.value(DomainModel::named(name).refreshed(&found))])
    }

    async fn domains(&self, filter: DomainFilter) -> Result<Vec<Value>, Diagnostics> {
        let rows = self.domain_rows().await?;
        self.whole_domains(rows, &filter).await
    }

    /// All domains, as far as their rows in the list tell.
    pub(super) async fn domain_rows(&self) -> Result<Vec<Domain>, Diagnostics> {
        let listed = self.api.psip.list_domains(&self.operation()).await;
        listed.map_err(|error| cannot_list(&error))
    }

    /// Those of these domains that are wanted, ordered by name.
    pub(super) async fn whole_domains(
        &self,
        rows: Vec<Domain>,
        filter: &DomainFilter,
    ) -> Result<Vec<Value>, Diagnostics> {
        let found = self.api.psip.whole_domains(&self.operation(), rows).await;
        let found = found.map_err(|error| cannot_list(&error))?;
        let wanted = wanted(&found, filter).into_iter();
        Ok(wanted.map(|domain| self.value(domain)).collect())
    }

    /// The users of a domain, ordered by key.
    async fn users(&self, domain: &str) -> Result<Vec<Value>, Diagnostics> {
        let listed = self.api.psip.list_users(&self.operation(), domain).await;
        as_imported(domain, listed)?.ok_or_else(|| missing(user_schema::DOMAIN, domain))
    }

    /// The same of one of many domains, which may be gone: `None` where it is.
    pub(super) async fn users_of_one(
        &self,
        domain: &str,
    ) -> Result<Option<Vec<Value>>, Diagnostics> {
        let psip = &self.api.psip;
        let listed = psip.list_users_unconfirmed(&self.operation(), domain).await;
        as_imported(domain, listed)
    }

    /// A lookup has no `timeouts` of its own, and so the default.
    fn operation(&self) -> Operation {
        Timeouts::default().begin(Timeout::READ, self.context)
    }

    fn value(&self, domain: DomainModel) -> Value {
        domain.into_value(Field::Known(&self.sip_base_domain))
    }
}

fn cannot_list(error: &Error) -> Diagnostics {
    failed("Cannot list SIP domains", error)
}

/// What the API leaves out of a domain has its default before the filter sees it.
fn wanted(found: &[Domain], filter: &DomainFilter) -> Vec<DomainModel> {
    let blank = DomainModel::default();
    let read = found.iter().map(|domain| blank.refreshed(domain));
    let mut wanted: Vec<_> = read.filter(|domain| filter.matches(domain)).collect();
    wanted.sort_by(|one, other| one.name().cmp(other.name()));
    wanted
}

fn as_imported(
    domain: &str,
    listed: Result<Option<Vec<User>>, Error>,
) -> Result<Option<Vec<Value>>, Diagnostics> {
    let summary = || format!("Cannot list the users of SIP domain {domain:?}");
    let listed = listed.map_err(|error| failed(&summary(), &error))?;
    Ok(listed.map(|mut users| {
        users.sort();
        let users = users.iter();
        users.map(|user| UserModel::from(user).into()).collect()
    }))
}

/// A domain that was asked for by name is not there.
fn missing(attribute: &str, name: &str) -> Diagnostics {
    Diagnostics::error_at(
        AttributePath::root(attribute),
        format!("SIP domain {name:?} does not exist"),
        missing_detail("SIP domain", "name"),
    )
}

fn missing_detail(noun: &str, attribute: &str) -> String {
    format!(
        "The account has no {noun} of this {attribute}. Check the {attribute}, and that the API key is of the account that the \
         {noun} belongs to: {KEY_SOURCES}. What is created in the same run must be created first: take its {attribute} from the resource, or name the resource \
         in `depends_on`."
    )
}

fn failed(summary: &str, error: &Error) -> Diagnostics {
    Diagnostics::from_error(summary, lookup_explanation(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(found: &[Domain], filter: &Value) -> Vec<String> {
        let wanted = wanted(found, &DomainFilter::from(filter));
        wanted.iter().map(|it| it.name().to_owned()).collect()
    }

    fn domain(name: &str, domain_type: Option<&str>) -> Domain {
        Domain {
            name: name.to_owned(),
            domain_type: domain_type.map(ToOwned::to_owned),
            ..Domain::default()
        }
    }

    #[test]
    fn domains_are_ordered_by_name_however_they_are_listed() {
        let found = ["zulu-1", "alpha-10", "alpha-1"].map(|name| domain(name, None));
        assert_eq!(
            names(&found, &Value::Null),
            ["alpha-1", "alpha-10", "zulu-1"]
        );
    }

    #[test]
    fn what_the_api_leaves_out_is_found_under_its_default() {
        let found = [domain("trunk-1", Some("trunk")), domain("plain-1", None)];
        let apps = Value::object([("domain_type", "app".into())]);
        assert_eq!(names(&found, &apps), ["plain-1"]);
    }
}
