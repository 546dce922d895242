//! Edits outside Terraform: of what is ours, and of what is somebody else's.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use vonage_sandbox::Object as ApiObject;

use super::life::Life;
use crate::workspace::agreement::Path;

fn object(json: Json) -> ApiObject {
    serde_json::from_value(json).unwrap()
}

impl Life<'_> {
    /// Somebody edits the account.
    pub(super) fn edit(&mut self) {
        match self.choices.below(8) {
            0..=2 => self.drift(),
            3 => self.delete_ours(),
            4 => self.delete_user_of_ours(),
            5 => self.take_a_name(),
            6 => self.add_foreign_user(),
            _ => self.remove_foreign(),
        }
    }

    /// The names of our domains that are there.
    fn ours(&self) -> Vec<String> {
        let there = self.workspace.contents().domains.into_keys();
        there
            .filter(|name| !self.foreign.domains.contains_key(name))
            .collect()
    }

    /// What state has.
    fn known(&self) -> BTreeSet<Path> {
        let addresses = self.workspace.state.keys();
        addresses.map(|it| self.workspace.known_as(it)).collect()
    }

    /// A change of a domain of ours, by its name.
    pub(super) fn choose_drift(&mut self) -> Option<(String, ApiObject)> {
        let ours = self.ours();
        let name = self.choices.any(ours)?;
        let change = self.choices.pick(&[
            json!({ "tls": "never" }),
            json!({ "acl": ["9.9.7.7"] }),
            json!({ "acl": [], "digest_auth": true }),
            json!({ "digest_auth": false, "srtp": "always" }),
        ]);
        Some((name, object(change)))
    }

    fn drift(&mut self) {
        let Some((name, change)) = self.choose_drift() else {
            return;
        };
        self.tell(format!("drift of {name}: {change:?}"));
        let sandbox = &self.workspace.sandbox;
        sandbox.patch_domain(&name, change).unwrap();
    }

    fn delete_ours(&mut self) {
        let ours = self.ours();
        let Some(name) = self.choices.any(ours) else {
            return;
        };
        self.tell(format!("{name} is deleted outside Terraform"));
        self.workspace.sandbox.delete_domain(&name).unwrap();
        self.foreign.users.retain(|(domain, _), _| *domain != name);
    }

    fn delete_user_of_ours(&mut self) {
        let users = self.workspace.contents().users.into_keys();
        let ours: Vec<_> = users
            .filter(|path| !self.foreign.users.contains_key(path))
            .collect();
        let Some((domain, key)) = self.choices.any(ours) else {
            return;
        };
        self.tell(format!("{domain}/{key} is deleted outside Terraform"));
        self.workspace.sandbox.delete_user(&domain, &key).unwrap();
    }

    /// Somebody makes a domain of a name that is configured and not there. What state has is ours by its name, whoever
    /// made it again.
    fn take_a_name(&mut self) {
        let there = self.workspace.contents().domains;
        let known = self.known();
        let configured = self.workspace.config.domains.values();
        let free: Vec<String> = configured
            .map(|domain| domain.name.clone())
            .filter(|name| !there.contains_key(name) && !known.contains(&(name.clone(), None)))
            .collect();
        let Some(name) = self.choices.any(free) else {
            return;
        };
        self.tell(format!("somebody makes {name}"));
        let domain = object(json!({ "acl": ["9.9.9.1"], "domain_type": "trunk" }));
        let made = self.workspace.sandbox.put_domain(&name, domain).unwrap();
        self.foreign.domains.insert(name, made);
    }

    fn add_foreign_user(&mut self) {
        let ours = self.ours();
        let Some(name) = self.choices.any(ours) else {
            return;
        };
        let key = self.choices.pick(&["user-0", "user-1", "visitor"]);
        let path = (name.clone(), key.to_owned());
        let is_known = self.known().contains(&(name.clone(), Some(key.to_owned())));
        if is_known || self.workspace.contents().users.contains_key(&path) {
            return;
        }
        self.tell(format!("somebody makes {name}/{key}"));
        let user = object(json!({ "secret": "Stranger12Secret" }));
        let made = self.workspace.sandbox.put_user(&name, key, user).unwrap();
        self.foreign.users.insert(path, made);
    }

    /// Somebody takes away what is theirs, but for the bystander, which is always there.
    fn remove_foreign(&mut self) {
        let domains = self.foreign.domains.keys().cloned();
        let domains: Vec<_> = domains.filter(|name| name != "bystander").collect();
        if let Some(name) = self.choices.any(domains) {
            self.remove_foreign_domain(&name);
        }
    }

    pub(super) fn remove_foreign_domain(&mut self, name: &str) {
        self.tell(format!("somebody deletes their {name}"));
        self.workspace.sandbox.delete_domain(name).unwrap();
        self.foreign.domains.remove(name);
        self.foreign.users.retain(|(domain, _), _| domain != name);
    }

    pub(super) fn remove_foreign_user(&mut self, path: &(String, String)) {
        self.tell(format!("somebody deletes their {path:?}"));
        self.workspace
            .sandbox
            .delete_user(&path.0, &path.1)
            .unwrap();
        self.foreign.users.remove(path);
    }
}
