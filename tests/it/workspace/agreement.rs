//! What the account holds, against what it should: the configuration's, and what is not ours.

use std::collections::{BTreeMap, BTreeSet};

use vonage_sandbox::Object as ApiObject;

use super::Workspace;
use super::config::Address;

/// What is in an account: domains by name, users by domain and key.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Contents {
    pub(crate) domains: BTreeMap<String, ApiObject>,
    pub(crate) users: BTreeMap<(String, String), ApiObject>,
}

impl Workspace {
    /// All that is there, whether or not reads show it yet.
    pub(crate) fn contents(&self) -> Contents {
        let text = |object: &ApiObject, field: &str| object[field].as_str().unwrap().to_owned();
        let mut contents = Contents::default();
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
        let mut found = Vec::new();
        let mut there = self.contents();
        for (name, domain) in &foreign.domains {
            if there.domains.remove(name).as_ref() != Some(domain) {
                found.push(format!("the domain {name}, which is not ours, was touched"));
            }
        }
        for (path, user) in &foreign.users {
            if there.users.remove(path).as_ref() != Some(user) {
                found.push(format!("the user {path:?}, who is not ours, was touched"));
            }
        }
        for domain in self.config.domains.values() {
            match there.domains.remove(&domain.name) {
                None => found.push(format!("the domain {} is missing", domain.name)),
                Some(it) => {
                    let difference = domain.difference(&it);
                    found.extend(difference.map(|why| format!("{}: {why}", domain.name)));
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
        let orphans = there.domains.into_keys();
        found.extend(orphans.map(|name| format!("the domain {name} is an orphan")));
        let orphans = there.users.into_keys();
        found.extend(orphans.map(|path| format!("the user {path:?} is an orphan")));
        found
    }
}

/// Names a domain, or with a key a user of it.
pub(crate) type Path = (String, Option<String>);

impl Contents {
    /// Whether it is there.
    pub(crate) fn has(&self, path: &Path) -> bool {
        match path {
            (name, None) => self.domains.contains_key(name),
            (name, Some(key)) => self.users.contains_key(&(name.clone(), key.clone())),
        }
    }

    /// All that is there.
    pub(crate) fn paths(&self) -> Vec<Path> {
        let domains = self.domains.keys().map(|name| (name.clone(), None));
        let users = self.users.keys().cloned();
        domains
            .chain(users.map(|(name, key)| (name, Some(key))))
            .collect()
    }
}

impl Workspace {
    /// What the state says is at an address.
    pub(crate) fn known_as(&self, address: &Address) -> Path {
        let state = &self.state[address].state;
        let text = |name: &str| state.attribute(name).as_str().unwrap().to_owned();
        match address {
            Address::Domain(_) => (text("name"), None),
            Address::User(..) => (text("domain"), Some(text("key"))),
        }
    }

    /// What the configuration says is at an address, or the state where the configuration says nothing.
    pub(crate) fn named(&self, address: &Address) -> Path {
        if self.config.value(address).is_none() {
            return self.known_as(address);
        }
        let id = self.config.id(address);
        match id.split_once('/') {
            None => (id, None),
            Some((domain, key)) => (domain.to_owned(), Some(key.to_owned())),
        }
    }

    /// Names of domains that would be destroyed with all that is in them.
    pub(crate) fn force_destroyed(&self) -> BTreeSet<String> {
        let domains = self.state.iter().filter(|(address, object)| {
            matches!(address, Address::Domain(_))
                && object.state.attribute("force_destroy").as_bool() == Some(true)
        });
        domains
            .map(|(address, _)| self.known_as(address).0)
            .collect()
    }
}
