//! What an account has, each object with the configuration that a practitioner would write for it: for commands, which
//! have no host to ask for it.

use std::sync::Arc;

use futures_util::stream::{self, StreamExt as _};
use tfplugin::diagnostics::Diagnostics;
use tfplugin::generate;
use tfplugin::provider::{ConfigureRequest, Context, Provider as _};
use tfplugin::resource::{ImportTarget, Resource};
use tfplugin::schema::Schema;
use tfplugin::value::Value;
use tokio_util::sync::CancellationToken;

use super::domain_filter::{self, DomainFilter};
use super::resources::{sip_domain::SipDomain, sip_domain_user::SipDomainUser};
use super::{Vonage, configuration, lookup};
use crate::env::Environment;

/// How many domains are asked for their users at once; the rate limit is shared by all of them.
const ASKED_AT_ONCE: usize = 4;

/// The way to an account.
pub struct Inventory {
    vonage: Vonage,
    context: Context,
}

/// Which domains are wanted: those that match everything that is given.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// What their names begin with.
    pub name_prefix: Option<String>,
    /// The application that takes their calls.
    pub application_id: Option<String>,
    /// `app` or `trunk`.
    pub domain_type: Option<String>,
}

/// Objects that exist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Those that can be imported.
    pub existing: Vec<Existing>,
    /// Why each of the others cannot be imported: the account may hold names that the provider does not accept.
    pub left_out: Vec<String>,
}

/// One object that can be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Existing {
    /// The resource's type name.
    pub kind: &'static str,
    /// The import ID.
    pub id: String,
    /// What a practitioner would write, by attribute. A secret is not among it: the API never shows one.
    pub arguments: Vec<(String, Argument)>,
    /// Why the provider will refuse this configuration, where it will: the API may hold what the provider does not accept.
    pub problems: Vec<String>,
}

/// The value of an argument, which is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// The absence of a value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number in decimal digits.
    Number(String),
    /// Text.
    String(String),
    /// The elements of a list, a set or a tuple.
    List(Vec<Self>),
    /// The elements of a map, or the attributes of an object that are not null.
    Object(Vec<(String, Self)>),
}

/// What is wrong, in paragraphs for a person; never a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub Vec<String>);

impl Inventory {
    /// The account that the environment, or the credentials file, leads to, as for a provider block that says nothing.
    pub async fn open(environment: impl Environment + 'static) -> Result<Self, Refusal> {
        let vonage = Vonage::new(environment);
        let request = ConfigureRequest {
            host_version: String::new(),
            config: configuration::schema().empty_config(),
        };
        lookup::refuse(vonage.configure(request).await)?;
        let context = Context {
            cancel: CancellationToken::new(),
            deferral_allowed: false,
        };
        Ok(Self { vonage, context })
    }

    /// The domains that are wanted, ordered by name.
    pub async fn domains(&self, wanted: Wanted) -> Result<Found, Refusal> {
        let filter = Value::object([
            ("application_id", wanted.application_id.into()),
            ("domain_type", wanted.domain_type.into()),
            ("name_prefix", wanted.name_prefix.into()),
        ]);
        lookup::refuse(domain_filter::validate(&filter))?;
        let session = &self.vonage.session;
        let filter = DomainFilter::read(&filter);
        let resource = SipDomain::new(Arc::clone(session));
        let (mut importable, mut others) = (Vec::new(), Vec::new());
        for row in lookup::domain_rows(session, &self.context).await? {
            match self.import(&resource, &row.name).await {
                Ok(()) => importable.push(row),
                Err(_) => others.push(row),
            }
        }
        // Only the former are read by themselves where that is needed: not every name has a place in a path.
        let states = lookup::whole_domains(session, &self.context, importable, &filter).await?;
        let others = lookup::wanted(&others, &filter, "");
        Ok(self
            .found(&resource, states.into_iter().chain(others))
            .await?)
    }

    /// The users of each of these domains, in the order of the domains and then of their keys; `None` for a domain that the
    /// API no longer knows. Every domain is asked: that one without digest authentication has no users is said nowhere.
    pub async fn users(&self, domains: &[String]) -> Result<Vec<Option<Found>>, Refusal> {
        let session = &self.vonage.session;
        let mut lists = stream::iter(domains)
            .map(|domain| lookup::users_of_one(session, &self.context, domain))
            .buffered(ASKED_AT_ONCE);
        let resource = SipDomainUser::new(Arc::clone(session));
        let mut users = Vec::new();
        while let Some(list) = lists.next().await {
            let Some(list) = list? else {
                users.push(None);
                continue;
            };
            let states = list.into_iter().map(|user| user.state);
            users.push(Some(self.found(&resource, states).await?));
        }
        Ok(users)
    }

    /// Sorts objects into those that can be imported, and those whose name the import refuses.
    async fn found(
        &self,
        resource: &dyn Resource,
        states: impl IntoIterator<Item = Value>,
    ) -> Result<Found, Diagnostics> {
        let schema = resource.schema();
        let mut found = Found::default();
        for state in states {
            let id = state.string_field("id").known().unwrap_or_default();
            match self.import(resource, id).await {
                Ok(()) => found
                    .existing
                    .push(existing(resource, &schema, state).await?),
                Err(reason) => found.left_out.push(reason),
            }
        }
        Ok(found)
    }

    /// Why the object of this ID cannot be imported, where that is so.
    async fn import(&self, resource: &dyn Resource, id: &str) -> Result<(), String> {
        let target = ImportTarget::Id(id.to_owned());
        let refused = match resource.import(&self.context, target).await {
            Ok(_) => return Ok(()),
            Err(diagnostics) => diagnostics.into_iter(),
        };
        Err(refused.map(|it| it.detail).collect::<Vec<_>>().join(" "))
    }
}

/// An object with the very configuration that the resource generates for `terraform query`.
async fn existing(
    resource: &dyn Resource,
    schema: &Schema,
    state: Value,
) -> Result<Existing, Diagnostics> {
    let id = state.string_field("id").known().unwrap_or_default();
    let id = id.to_owned();
    let config = generate::config(schema, state);
    let arguments = arguments(schema, &config)?;
    let problems = resource.validate(&config).into_errors();
    Ok(Existing {
        kind: resource.type_name(),
        id,
        arguments,
        problems: Refusal::from(problems).0,
    })
}

/// What is not null, the name first. A block is no argument, and a resource whose objects have one must not lose it.
fn arguments(schema: &Schema, config: &Value) -> Result<Vec<(String, Argument)>, Diagnostics> {
    let mut arguments = Vec::new();
    for (name, value) in config.as_entries().into_iter().flatten() {
        let is_block = schema.block.blocks.iter().any(|block| block.name == *name);
        match argument(value) {
            Some(Argument::Null) => {}
            Some(Argument::List(blocks)) if is_block && blocks.is_empty() => {}
            Some(argument) if !is_block => arguments.push((name.clone(), argument)),
            _ => return Err(not_writable(name, value)),
        }
    }
    arguments.sort_by_key(|(name, _)| name != "name");
    Ok(arguments)
}

/// `None` for what is not wholly known.
fn argument(value: &Value) -> Option<Argument> {
    let entry = |(name, value): (&String, &Value)| Some((name.clone(), argument(value)?));
    Some(match value {
        Value::Unknown(_) => return None,
        Value::Null => Argument::Null,
        Value::Bool(truth) => Argument::Bool(*truth),
        Value::Number(number) => Argument::Number(number.to_string()),
        Value::String(text) => Argument::String(text.clone()),
        Value::List(elements) | Value::Set(elements) | Value::Tuple(elements) => {
            Argument::List(elements.iter().map(argument).collect::<Option<_>>()?)
        }
        Value::Map(entries) => Argument::Object(entries.iter().map(entry).collect::<Option<_>>()?),
        Value::Object(attributes) => {
            let given = attributes.iter().filter(|(_, value)| !value.is_null());
            Argument::Object(given.map(entry).collect::<Option<_>>()?)
        }
        Value::Dynamic(inner) => argument(&inner.1)?,
    })
}

fn not_writable(name: &str, value: &Value) -> Diagnostics {
    let detail = format!(
        "`{name}` is a block or has no known value ({}), and no configuration can be written for that. This is an error \
         in the provider; please report it.",
        value.kind()
    );
    Diagnostics::from_error("Cannot write configuration", detail)
}

impl From<Diagnostics> for Refusal {
    fn from(diagnostics: Diagnostics) -> Self {
        let told = diagnostics.into_iter();
        Self(
            told.map(|diagnostic| format!("{}\n\n{}", diagnostic.summary, diagnostic.detail))
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use tfplugin::types::Type;

    use super::*;
    use crate::provider::resources::{sip_domain::blank, sip_domain_user::imported};

    async fn of_domain(attributes: &[(&str, Value)]) -> Existing {
        let mut state = blank();
        for (name, value) in attributes {
            state.set_attribute(name, value.clone());
        }
        let resource = SipDomain::new(Arc::default());
        existing(&resource, &resource.schema(), state)
            .await
            .unwrap()
    }

    fn argument_list(pairs: &[(&str, Argument)]) -> Vec<(String, Argument)> {
        let owned = |(name, argument): &(&str, Argument)| ((*name).to_owned(), argument.clone());
        pairs.iter().map(owned).collect()
    }

    fn text(text: &str) -> Argument {
        Argument::String(text.to_owned())
    }

    #[tokio::test]
    async fn defaults_are_left_out_and_the_name_comes_first() {
        let found = of_domain(&[
            ("id", "office".into()),
            ("name", "office".into()),
            (
                "acl",
                Value::string_set(["190.190.190.190", "180.180.180.180/30"]),
            ),
            ("tls", "always".into()),
            ("srtp", "optional".into()),
            ("digest_auth", true.into()),
            ("domain_type", "trunk".into()),
            ("force_destroy", false.into()),
        ])
        .await;
        let acl = ["180.180.180.180/30", "190.190.190.190"].map(text);
        let expected = argument_list(&[
            ("name", text("office")),
            ("acl", Argument::List(acl.to_vec())),
            ("digest_auth", Argument::Bool(true)),
            ("domain_type", text("trunk")),
            ("tls", text("always")),
        ]);
        assert_eq!(found.arguments, expected);
        assert_eq!((found.id.as_str(), found.problems), ("office", vec![]));
    }

    #[tokio::test]
    async fn what_validation_will_refuse_is_told() {
        let found = of_domain(&[
            ("id", "a.b".into()),
            ("name", "a.b".into()),
            ("acl", Value::string_set(["10.1.2.3/24"])),
            ("domain_type", "trunk".into()),
        ])
        .await;
        // Too short, a dot, and bits outside the prefix.
        assert_eq!(found.problems.len(), 3, "{:?}", found.problems);
    }

    #[tokio::test]
    async fn a_user_without_a_secret_is_no_problem() {
        let user = imported("office", "alice");
        let resource = SipDomainUser::new(Arc::default());
        let found = existing(&resource, &resource.schema(), user.state)
            .await
            .unwrap();
        let expected = argument_list(&[("domain", text("office")), ("key", text("alice"))]);
        assert_eq!(found.arguments, expected);
        assert_eq!(found.problems, [""; 0]);
    }

    #[test]
    fn every_kind_of_value_becomes_an_argument() {
        let map = Value::Map([("a b".to_owned(), Value::Null)].into());
        let leg = Value::object([("method", "GET".into()), ("timeout", Value::Null)]);
        let config = Value::object([
            (
                "dynamic",
                Value::Dynamic(Box::new((Type::Bool, true.into()))),
            ),
            ("leg", leg),
            ("map", map),
            ("null", Value::Null),
            ("number", 48.into()),
            ("tuple", Value::Tuple(vec!["a".into(), 1.into()])),
        ]);
        let number = |digits: &str| Argument::Number(digits.to_owned());
        let expected = argument_list(&[
            ("dynamic", Argument::Bool(true)),
            (
                "leg",
                Argument::Object(argument_list(&[("method", text("GET"))])),
            ),
            (
                "map",
                Argument::Object(argument_list(&[("a b", Argument::Null)])),
            ),
            ("number", number("48")),
            ("tuple", Argument::List(vec![text("a"), number("1")])),
        ]);
        let schema = SipDomain::new(Arc::default()).schema();
        assert_eq!(arguments(&schema, &config).unwrap(), expected);
    }

    #[test]
    fn what_no_argument_can_say_is_an_error() {
        let schema = SipDomain::new(Arc::default()).schema();
        let block = Value::object([("create", "2m".into())]);
        let within = Value::List(vec![Value::UNKNOWN]);
        for (name, value) in [
            ("timeouts", block),
            ("name", Value::UNKNOWN),
            ("acl", within),
        ] {
            let config = Value::object([(name, value)]);
            let error = arguments(&schema, &config).unwrap_err();
            let told = Refusal::from(error).0.concat();
            assert!(told.contains(&format!("`{name}`")), "{told}");
        }
    }
}
