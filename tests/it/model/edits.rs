//! Edits outside Terraform: deletions of what is ours, and what others make and delete.

use serde_json::{Value as Json, json};
use vonage_sandbox::Object as ApiObject;

use super::life::Life;
use crate::workspace::agreement::Path;

pub(super) fn object(json: Json) -> ApiObject {
    serde_json::from_value(json).unwrap()
}

impl Life<'_> {
    /// Somebody edits the account.
    pub(super) fn edit(&mut self) {
        match self.choices.below(15) {
            0..=3 => self.drift(),
            4 => self.delete_ours(),
            5 => self.take_a_name(),
            6 => self.add_foreign_user(),
            7 => self.add_foreign_application(),
            8..=10 => self.refer_to_ours(),
            11..=12 => self.link_foreign(),
            13 => self.change_messages(),
            _ => self.remove_any_foreign(),
        }
    }

    /// What is ours and there.
    pub(super) fn ours(&self) -> Vec<Path> {
        let mut paths = self.workspace.contents().paths();
        paths.retain(|path| !self.foreign.has(path));
        paths
    }

    fn delete_ours(&mut self) {
        let ours = self.ours();
        let Some(path) = self.choices.any(ours) else {
            return;
        };
        self.tell(format!("{path:?} is deleted outside Terraform"));
        self.workspace.delete_outside(&path);
        if let Path::Domain(name) = path {
            self.foreign.users.retain(|(domain, _), _| *domain != name);
        }
    }

    /// Somebody makes a domain of a name that is configured and not there. What state has is ours by its name, whoever
    /// made it again.
    fn take_a_name(&mut self) {
        let there = self.workspace.contents();
        let known = self.workspace.known();
        let configured = self.workspace.config.domains.values();
        let free: Vec<String> = configured
            .map(|domain| domain.name.clone())
            .filter(|name| {
                let path = Path::Domain(name.clone());
                !there.has(&path) && !known.contains(&path)
            })
            .collect();
        let Some(name) = self.choices.any(free) else {
            return;
        };
        self.add_foreign_domain(name, json!({ "acl": ["9.9.9.1"], "domain_type": "trunk" }));
    }

    pub(super) fn add_foreign_domain(&mut self, name: String, domain: Json) {
        self.tell(format!("somebody makes {name}: {domain}"));
        let made = self.workspace.sandbox.put_domain(&name, object(domain));
        self.foreign.domains.insert(name, made.unwrap());
    }

    fn add_foreign_user(&mut self) {
        let ours = self.ours().into_iter().filter_map(|path| match path {
            Path::Domain(name) => Some(name),
            _ => None,
        });
        let Some(name) = self.choices.any(ours) else {
            return;
        };
        let key = self.choices.pick(&["user-0", "user-1", "visitor"]);
        let path = Path::User(name.clone(), key.to_owned());
        if self.workspace.known().contains(&path) || self.workspace.contents().has(&path) {
            return;
        }
        self.tell(format!("somebody makes {path}"));
        let user = object(json!({ "secret": "Stranger12Secret" }));
        let made = self.workspace.sandbox.put_user(&name, key, user).unwrap();
        self.foreign.users.insert((name, key.to_owned()), made);
    }

    /// Somebody takes away what is theirs, but for the bystander, which is always there.
    fn remove_any_foreign(&mut self) {
        let mut paths = self.foreign.paths();
        paths.retain(|path| {
            !matches!(path, Path::User(..)) && *path != Path::Domain("bystander".to_owned())
        });
        if let Some(path) = self.choices.any(paths) {
            self.remove_foreign(&path);
        }
    }

    pub(super) fn remove_foreign(&mut self, path: &Path) {
        self.tell(format!("somebody deletes their {path:?}"));
        self.workspace.delete_outside(path);
        let foreign = &mut self.foreign;
        match path {
            Path::Application(id) => {
                foreign.applications.remove(id);
                foreign.capabilities.remove(id);
            }
            Path::Domain(name) => {
                foreign.domains.remove(name);
                foreign.users.retain(|(domain, _), _| domain != name);
            }
            Path::Link(number) => drop(foreign.links.remove(number)),
            Path::User(name, key) => {
                foreign.users.remove(&(name.clone(), key.clone()));
            }
        }
    }
}
