//! What an account has, each object with the configuration that a practitioner would write for it: for commands, which
//! have no host to ask for it.

use std::sync::Arc;

use futures_util::stream::{self, StreamExt as _};
use tokio_util::sync::CancellationToken;

use super::domain_filter::{self, DomainFilter};
use super::resources::{sip_domain::SipDomain, sip_domain_user::SipDomainUser};
use super::{Vonage, configuration, lookup};
use crate::env::Environment;
use crate::tfplugin::diagnostics::Diagnostics;
use crate::tfplugin::generate;
use crate::tfplugin::provider::{ConfigureRequest, Context, Provider as _};
use crate::tfplugin::resource::Resource;
use crate::tfplugin::schema::Schema;
use crate::tfplugin::value::Value;

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

/// One object that exists.
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

/// The value of an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// One text.
    Text(String),
    /// Several texts, sorted.
    Texts(Vec<String>),
    /// A truth.
    Truth(bool),
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
    pub async fn domains(&self, wanted: Wanted) -> Result<Vec<Existing>, Refusal> {
        let filter = Value::object([
            ("application_id", wanted.application_id.into()),
            ("domain_type", wanted.domain_type.into()),
            ("name_prefix", wanted.name_prefix.into()),
        ]);
        lookup::refuse(domain_filter::validate(&filter))?;
        let session = &self.vonage.session;
        let filter = DomainFilter::read(&filter);
        let states = lookup::domains(session, &self.context, &filter).await?;
        let resource = SipDomain::new(Arc::clone(session));
        let schema = resource.schema();
        let mut found = Vec::new();
        for state in states {
            found.push(existing(&resource, &schema, state).await);
        }
        Ok(found)
    }

    /// The users of each of these domains, in the order of the domains and then of their keys; `None` for a domain that the
    /// API no longer knows. Every domain is asked: that one without digest authentication has no users is said nowhere.
    pub async fn users(&self, domains: &[String]) -> Result<Vec<Option<Vec<Existing>>>, Refusal> {
        let session = &self.vonage.session;
        let mut lists = stream::iter(domains)
            .map(|domain| lookup::users_of(session, &self.context, domain))
            .buffered(ASKED_AT_ONCE);
        let resource = SipDomainUser::new(Arc::clone(session));
        let schema = resource.schema();
        let mut users = Vec::new();
        while let Some(list) = lists.next().await {
            let Some(list) = list? else {
                users.push(None);
                continue;
            };
            let mut found = Vec::new();
            for user in list {
                found.push(existing(&resource, &schema, user.state).await);
            }
            users.push(Some(found));
        }
        Ok(users)
    }
}

/// An object with the very configuration that the resource generates for `terraform query`.
async fn existing(resource: &dyn Resource, schema: &Schema, state: Value) -> Existing {
    let id = state.string_field("id").known().unwrap_or_default();
    let id = id.to_owned();
    let mut config = generate::config(schema, state);
    let arguments = arguments(&config);
    // Whoever uses the configuration gives the secret.
    config.set_attribute("secret_wo", Value::UNKNOWN);
    let problems = resource.validate(&config).await.into_errors();
    Existing {
        kind: resource.type_name(),
        id,
        arguments,
        problems: Refusal::from(problems).0,
    }
}

/// What is not null, the name first.
fn arguments(config: &Value) -> Vec<(String, Argument)> {
    let mut arguments = Vec::new();
    for (name, value) in config.as_entries().into_iter().flatten() {
        let argument = match value {
            Value::String(text) => Argument::Text(text.clone()),
            Value::Bool(truth) => Argument::Truth(*truth),
            Value::Set(elements) => {
                let texts = elements.iter().filter_map(Value::as_str);
                Argument::Texts(texts.map(ToOwned::to_owned).collect())
            }
            _ => continue,
        };
        arguments.push((name.clone(), argument));
    }
    arguments.sort_by_key(|(name, _)| name != "name");
    arguments
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
    use super::*;
    use crate::provider::resources::{sip_domain::blank, sip_domain_user::imported};

    async fn of_domain(attributes: &[(&str, Value)]) -> Existing {
        let mut state = blank();
        for (name, value) in attributes {
            state.set_attribute(name, value.clone());
        }
        let resource = SipDomain::new(Arc::default());
        existing(&resource, &resource.schema(), state).await
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
        let text = |text: &str| Argument::Text(text.to_owned());
        let acl = ["180.180.180.180/30", "190.190.190.190"].map(str::to_owned);
        let expected = [
            ("name", text("office")),
            ("acl", Argument::Texts(acl.to_vec())),
            ("digest_auth", Argument::Truth(true)),
            ("domain_type", text("trunk")),
            ("tls", text("always")),
        ];
        let expected = expected.map(|(name, argument)| (name.to_owned(), argument));
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
        let found = existing(&resource, &resource.schema(), user.state).await;
        let text = |text: &str| Argument::Text(text.to_owned());
        let expected = [("domain", text("office")), ("key", text("alice"))];
        assert_eq!(
            found.arguments,
            expected.map(|(name, it)| (name.to_owned(), it))
        );
        assert_eq!(found.problems, [""; 0]);
    }
}
