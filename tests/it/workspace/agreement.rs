//! What the account holds, against what it should: the configuration's, and what is not ours.

use std::collections::BTreeMap;

use terraform_provider_vonage::sandbox::Object as ApiObject;

use super::Workspace;

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
