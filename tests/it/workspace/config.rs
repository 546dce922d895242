//! What a configuration says, and of domains and their users, as values for the provider and as the API should have it.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use tfplugin::value::Value;
use vonage_sandbox::Object as ApiObject;

use super::application::Application;
use super::number::Link;

/// Where an object is in a configuration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Address {
    Application(String),
    Domain(String),
    Link(String),
    /// With the label of its domain.
    User(String, String),
}

impl Address {
    /// How many references are below it at most: objects of one rank do not refer to each other.
    pub(super) fn rank(&self) -> usize {
        match self {
            Self::Application(_) => 0,
            Self::Domain(_) | Self::Link(_) => 1,
            Self::User(..) => 2,
        }
    }

    pub(super) const RANKS: usize = 3;

    /// Whether it is that of a user of the domain at `other`.
    pub(super) fn belongs_to(&self, other: &Self) -> bool {
        matches!((self, other), (Self::User(domain, _), Self::Domain(label)) if domain == label)
    }
}

/// A configuration: what should be there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Config {
    pub(crate) applications: BTreeMap<String, Application>,
    pub(crate) domains: BTreeMap<String, Domain>,
    pub(crate) links: BTreeMap<String, Link>,
    /// By the labels of domain and user.
    pub(crate) users: BTreeMap<(String, String), User>,
}

#[derive(Clone, Debug)]
pub(crate) struct Domain {
    pub(crate) name: String,
    pub(crate) acl: Vec<&'static str>,
    pub(crate) application: Option<Reference>,
    pub(crate) tls: Option<&'static str>,
    pub(crate) digest_auth: Option<bool>,
    /// `domain_type`.
    pub(crate) kind: Option<&'static str>,
    pub(crate) force_destroy: bool,
}

/// How a domain or a link names its application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    /// By an ID that is written out.
    Id(&'static str),
    /// By the label of one of the same configuration.
    To(String),
}

#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) key: String,
    pub(crate) secret: Secret,
}

#[derive(Clone, Debug)]
pub(crate) enum Secret {
    Kept(String),
    WriteOnly { secret: String, version: u32 },
}

impl Domain {
    /// A trunk with this name.
    pub(crate) fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            acl: vec!["190.190.190.190"],
            application: None,
            tls: None,
            digest_auth: Some(true),
            kind: Some("trunk"),
            force_destroy: false,
        }
    }

    /// With the ID that `application` stands for.
    fn value(&self, application_id: Value) -> Value {
        let text = |text: Option<&str>| Value::from(text.map(Value::from));
        Value::object([
            ("name", self.name.as_str().into()),
            ("acl", Value::string_set(self.acl.iter().copied())),
            ("application_id", application_id),
            ("domain_type", text(self.kind)),
            ("tls", text(self.tls)),
            ("srtp", Value::Null),
            (
                "digest_auth",
                Value::from(self.digest_auth.map(Value::from)),
            ),
            ("force_destroy", self.force_destroy.into()),
            ("timeouts", Value::Null),
            ("id", Value::Null),
            ("regional_hosts", Value::Null),
        ])
    }

    /// Why the API's domain is not this one, with the ID that `application` stands for, if it is not. An entry of the ACL may
    /// have another spelling.
    pub(crate) fn difference(
        &self,
        application_id: Option<&str>,
        there: &ApiObject,
    ) -> Option<String> {
        let expected = [
            ("name", json!(self.name)),
            ("tls", json!(self.tls.unwrap_or("optional"))),
            ("srtp", json!("optional")),
            ("digest_auth", json!(self.digest_auth.unwrap_or(false))),
            ("domain_type", json!(self.kind.unwrap_or("app"))),
            (
                "application_id",
                application_id.map_or(Json::Null, Into::into),
            ),
        ];
        let other = expected
            .into_iter()
            .find(|(field, value)| there.get(*field).unwrap_or(&Json::Null) != value);
        if let Some((field, value)) = other {
            return Some(format!("{field} is not {value}"));
        }
        let mut wanted: Vec<String> = self.acl.iter().map(|entry| bare(entry)).collect();
        let entries = there.get("acl").and_then(Json::as_array);
        let mut found: Vec<String> = entries
            .into_iter()
            .flatten()
            .map(|entry| bare(entry.as_str().unwrap_or_default()))
            .collect();
        wanted.sort();
        found.sort();
        (wanted != found).then(|| format!("acl is {found:?}, not {wanted:?}"))
    }
}

/// An address without the length that says that it is one.
fn bare(entry: &str) -> String {
    entry.strip_suffix("/32").unwrap_or(entry).to_owned()
}

impl Secret {
    /// What the API should have.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Kept(secret) | Self::WriteOnly { secret, .. } => secret,
        }
    }
}

impl User {
    /// One whose secret state keeps.
    pub(crate) fn new(key: &str, secret: &str) -> Self {
        Self {
            key: key.to_owned(),
            secret: Secret::Kept(secret.to_owned()),
        }
    }

    fn value(&self, domain: &str) -> Value {
        let (secret, secret_wo, version) = match &self.secret {
            Secret::Kept(secret) => (secret.as_str().into(), Value::Null, Value::Null),
            Secret::WriteOnly { secret, version } => {
                let version = Value::Number(u64::from(*version).into());
                (Value::Null, secret.as_str().into(), version)
            }
        };
        Value::object([
            ("domain", domain.into()),
            ("key", self.key.as_str().into()),
            ("id", Value::Null),
            ("secret", secret),
            ("secret_wo", secret_wo),
            ("secret_wo_version", version),
            ("timeouts", Value::Null),
        ])
    }
}

impl Config {
    /// Every address, in the order of their ranks.
    pub(crate) fn addresses(&self) -> Vec<Address> {
        let applications = self.applications.keys().cloned().map(Address::Application);
        let domains = self.domains.keys().cloned().map(Address::Domain);
        let links = self.links.keys().cloned().map(Address::Link);
        let users = self.users.keys().cloned();
        applications
            .chain(domains)
            .chain(links)
            .chain(users.map(|(domain, user)| Address::User(domain, user)))
            .collect()
    }

    pub(crate) fn has(&self, address: &Address) -> bool {
        match address {
            Address::Application(label) => self.applications.contains_key(label),
            Address::Domain(label) => self.domains.contains_key(label),
            Address::Link(label) => self.links.contains_key(label),
            Address::User(domain, label) => {
                self.users.contains_key(&(domain.clone(), label.clone()))
            }
        }
    }

    /// What the object at an address names as its application.
    pub(super) fn application_of(&self, address: &Address) -> Option<&Reference> {
        match address {
            Address::Domain(label) => self.domains.get(label)?.application.as_ref(),
            Address::Link(label) => self.links.get(label)?.application(),
            Address::Application(_) | Address::User(..) => None,
        }
    }

    /// What stands at an address, as the provider gets it. `id_of` gives the ID of the application with a label.
    pub(super) fn value(&self, address: &Address, id_of: impl Fn(&str) -> Value) -> Option<Value> {
        let id = self.application_of(address).map(|it| match it {
            Reference::Id(id) => (*id).into(),
            Reference::To(label) => id_of(label),
        });
        match address {
            Address::Application(label) => Some(self.applications.get(label)?.value()),
            Address::Domain(label) => Some(self.domains.get(label)?.value(id.into())),
            Address::Link(label) => Some(self.links.get(label)?.value(id.into())),
            Address::User(domain, label) => {
                let user = self.users.get(&(domain.clone(), label.clone()))?;
                Some(user.value(&self.domains.get(domain)?.name))
            }
        }
    }
}
