//! What the account holds, against what it should: the configuration's, and what is not ours.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value as Json;
use vonage_sandbox::Object as ApiObject;

use super::Workspace;
use super::config::{Address, Reference};
use super::number;

/// What is in an account: applications by ID, domains by name, links by `<country>/<msisdn>`, users by domain and key.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Contents {
    pub(crate) applications: BTreeMap<String, ApiObject>,
    /// Capabilities that no configuration has, by the ID of the application. Of one that is ours, these are somebody else's.
    pub(crate) capabilities: BTreeMap<String, ApiObject>,
    pub(crate) domains: BTreeMap<String, ApiObject>,
    /// Where numbers lead, of those that lead anywhere. Those of others may be on numbers that are configured.
    pub(crate) links: BTreeMap<String, ApiObject>,
    pub(crate) users: BTreeMap<(String, String), ApiObject>,
}

/// Names an object of an account. Its text is what an import calls it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Path {
    Application(String),
    Domain(String),
    Link(String),
    User(String, String),
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Application(name) | Self::Domain(name) | Self::Link(name) => {
                formatter.write_str(name)
            }
            Self::User(domain, key) => write!(formatter, "{domain}/{key}"),
        }
    }
}

impl Contents {
    /// Whether it is there.
    pub(crate) fn has(&self, path: &Path) -> bool {
        match path {
            Path::Application(id) => self.applications.contains_key(id),
            Path::Domain(name) => self.domains.contains_key(name),
            Path::Link(number) => self.links.contains_key(number),
            Path::User(name, key) => self.users.contains_key(&(name.clone(), key.clone())),
        }
    }

    /// All that is there.
    pub(crate) fn paths(&self) -> Vec<Path> {
        let applications = self.applications.keys().cloned().map(Path::Application);
        let domains = self.domains.keys().cloned().map(Path::Domain);
        let links = self.links.keys().cloned().map(Path::Link);
        let users = self.users.keys().cloned();
        applications
            .chain(domains)
            .chain(links)
            .chain(users.map(|(name, key)| Path::User(name, key)))
            .collect()
    }

    /// What of this, which is not ours, was touched, one line each.
    pub(crate) fn touched(&self, there: &Self) -> Vec<String> {
        fn differing<K: Ord + fmt::Debug>(
            kind: &str,
            ours: &BTreeMap<K, ApiObject>,
            there: &BTreeMap<K, ApiObject>,
        ) -> Vec<String> {
            let touched = ours.iter().filter(|(key, it)| there.get(key) != Some(it));
            let lines =
                touched.map(|(key, _)| format!("the {kind} {key:?}, not ours, was touched"));
            lines.collect()
        }
        let mut found = differing("application", &self.applications, &there.applications);
        // Those of an application that is gone are gone with it.
        let mut capabilities = self.capabilities.clone();
        capabilities.retain(|id, _| there.applications.contains_key(id));
        found.extend(differing(
            "capabilities of",
            &capabilities,
            &there.capabilities,
        ));
        found.extend(differing("domain", &self.domains, &there.domains));
        found.extend(differing("link of", &self.links, &there.links));
        found.extend(differing("user", &self.users, &there.users));
        found
    }
}

/// The capabilities of an application that no configuration has.
fn other_capabilities(application: &ApiObject) -> ApiObject {
    let all = application.get("capabilities").and_then(Json::as_object);
    let mut others = all.cloned().unwrap_or_default();
    others.remove("voice");
    others
}

impl Workspace {
    /// All that is there, whether or not reads show it yet.
    pub(crate) fn contents(&self) -> Contents {
        let text = |object: &ApiObject, field: &str| object[field].as_str().unwrap().to_owned();
        let mut contents = Contents {
            links: number::numbers(&self.sandbox).1,
            ..Contents::default()
        };
        for application in self.sandbox.applications() {
            let id = text(&application, "id");
            let others = other_capabilities(&application);
            contents.capabilities.insert(id.clone(), others);
            contents.applications.insert(id, application);
        }
        for domain in self.sandbox.domains() {
            let name = text(&domain, "name");
            for user in self.sandbox.users(&name) {
                let key = text(&user, "key");
                contents.users.insert((name.clone(), key), user);
            }
            contents.domains.insert(name, domain);
        }
        contents
    }

    /// How the account differs from the configuration and `foreign` together, one line each.
    pub(crate) fn differences(&self, foreign: &Contents) -> Vec<String> {
        let mut there = self.contents();
        let mut found = foreign.touched(&there);
        found.extend(self.touched_numbers());
        there
            .applications
            .retain(|id, _| !foreign.applications.contains_key(id));
        there
            .domains
            .retain(|name, _| !foreign.domains.contains_key(name));
        there
            .links
            .retain(|number, _| !foreign.links.contains_key(number));
        there
            .users
            .retain(|path, _| !foreign.users.contains_key(path));
        for (label, application) in &self.config.applications {
            let id = self.application_id(label).unwrap_or_default();
            match there.applications.remove(&id) {
                None => found.push(format!("the application {label} is missing")),
                Some(it) => {
                    let difference = application.difference(&it);
                    found.extend(difference.map(|why| format!("{label}: {why}")));
                    let others = foreign.capabilities.get(&id);
                    if there.capabilities[&id] != others.cloned().unwrap_or_default() {
                        found.push(format!("{label} has other capabilities than before"));
                    }
                }
            }
        }
        for domain in self.config.domains.values() {
            match there.domains.remove(&domain.name) {
                None => found.push(format!("the domain {} is missing", domain.name)),
                Some(it) => {
                    let id = domain.application.as_ref().map(|it| self.id_of(it));
                    let difference = domain.difference(id.as_deref(), &it);
                    found.extend(difference.map(|why| format!("{}: {why}", domain.name)));
                }
            }
        }
        for link in self.config.links.values() {
            match there.links.remove(link.number) {
                None => found.push(format!("{} is not linked", link.number)),
                Some(it) => {
                    let id = link.application().map(|it| self.id_of(it));
                    let difference = link.difference(id.as_deref(), &it);
                    found.extend(difference.map(|why| format!("{}: {why}", link.number)));
                }
            }
        }
        for ((domain, _), user) in &self.config.users {
            let path = (self.config.domains[domain].name.clone(), user.key.clone());
            match there.users.remove(&path) {
                None => found.push(format!("the user {path:?} is missing")),
                Some(it) if it["secret"] == *user.secret.text() => {}
                Some(_) => found.push(format!("the user {path:?} has another secret")),
            }
        }
        let orphans = there.paths().into_iter();
        found.extend(orphans.map(|path| format!("{path:?} is an orphan")));
        found
    }

    fn id_of(&self, application: &Reference) -> String {
        match application {
            Reference::Id(id) => (*id).to_owned(),
            Reference::To(label) => self.application_id(label).unwrap_or_default(),
        }
    }

    /// Somebody gives an application of ours a capability, or takes it away, which is theirs from then on.
    pub(crate) fn set_capability(
        &self,
        id: &str,
        name: &str,
        capability: Option<Json>,
        foreign: &mut Contents,
    ) {
        let application = self.sandbox.application(id).unwrap();
        let mut all = application["capabilities"].clone();
        let capabilities = all.as_object_mut().unwrap();
        match capability {
            Some(capability) => drop(capabilities.insert(name.to_owned(), capability)),
            None => drop(capabilities.remove(name)),
        }
        let change = ApiObject::from_iter([("capabilities".to_owned(), all)]);
        let changed = self.sandbox.patch_application(id, change).unwrap();
        let others = other_capabilities(&changed);
        foreign.capabilities.insert(id.to_owned(), others);
    }

    /// What the state says is at an address.
    pub(crate) fn known_as(&self, address: &Address) -> Path {
        let state = &self.state[address].state;
        let text = |name: &str| state.attribute(name).as_str().unwrap().to_owned();
        match address {
            Address::Application(_) => Path::Application(text("id")),
            Address::Domain(_) => Path::Domain(text("name")),
            Address::Link(_) => Path::Link(text("id")),
            Address::User(..) => Path::User(text("domain"), text("key")),
        }
    }

    /// All that the state has.
    pub(crate) fn known(&self) -> BTreeSet<Path> {
        self.state.keys().map(|it| self.known_as(it)).collect()
    }

    /// What the configuration says is at an address, or the state where the configuration says nothing, or cannot.
    pub(crate) fn named(&self, address: &Address) -> Path {
        let config = &self.config;
        match address {
            Address::Domain(label) if config.has(address) => {
                Path::Domain(config.domains[label].name.clone())
            }
            Address::Link(label) if config.has(address) => {
                Path::Link(config.links[label].number.to_owned())
            }
            Address::User(domain, label) if config.has(address) => {
                let user = &config.users[&(domain.clone(), label.clone())];
                Path::User(config.domains[domain].name.clone(), user.key.clone())
            }
            _ => self.known_as(address),
        }
    }

    /// Names of domains that would be destroyed with all that is in them.
    pub(crate) fn force_destroyed(&self) -> BTreeSet<String> {
        let forced = self
            .state
            .iter()
            .filter(|(_, object)| object.state.attribute("force_destroy").as_bool() == Some(true));
        let paths = forced.map(|(address, _)| self.known_as(address));
        paths
            .filter_map(|path| match path {
                Path::Domain(name) => Some(name),
                _ => None,
            })
            .collect()
    }
}
