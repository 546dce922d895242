//! Changes of the configuration.

use super::life::Life;
use crate::workspace::config::{Address, Domain, Reference, Secret, User};

/// Labels of domains, each with the names that it may have. `alpha-0` belongs to somebody else.
const NAMES: [(&str, [&str; 3]); 5] = [
    ("alpha", ["alpha-0", "alpha-1", "alpha-2"]),
    ("beta", ["beta-1", "beta-2", "beta-3"]),
    ("gamma", ["gamma-1", "gamma-2", "gamma-3"]),
    ("delta", ["delta-1", "delta-2", "delta-3"]),
    ("omega", ["omega-1", "omega-2", "omega-3"]),
];

/// Labels of users, each with the keys that it may have.
const KEYS: [(&str, [&str; 2]); 2] = [("one", ["user-0", "user-1"]), ("two", ["user-2", "user-3"])];

const ACLS: [&[&str]; 4] = [
    &["190.190.190.190"],
    &["190.190.190.190/32", "9.9.9.0/24"],
    &["190.190.190.191", "9.9.8.0/24"],
    &["9.9.9.9"],
];

const APPLICATION: &str = "0f9a1c52-6f7e-4f4e-9c37-5d7a3c1f8e20";

impl Life<'_> {
    /// Adds, changes or removes something.
    pub(super) fn configure(&mut self) {
        if self.choices.one_in(3) {
            self.configure_application();
            return;
        }
        if self.choices.one_in(3) {
            self.configure_link();
            return;
        }
        let (label, names) = self.choices.pick(&NAMES);
        if self.in_doubt.contains(&Address::Domain(label.to_owned())) {
            return;
        }
        let exists = self.workspace.config.domains.contains_key(label);
        match self.choices.below(10) {
            _ if !exists => self.add_domain(label, &names),
            0 => self.remove_domain(label),
            1..=4 => self.change_domain(label, &names),
            _ => self.configure_user(label),
        }
    }

    pub(super) fn has_user_in_doubt(&self, label: &str) -> bool {
        let is_of_it = |it: &Address| matches!(it, Address::User(domain, _) if domain == label);
        self.in_doubt.iter().any(is_of_it)
    }

    fn add_domain(&mut self, label: &str, names: &[&str]) {
        // The first name is taken in one of the cases, which is tried now and then.
        let name = if self.choices.one_in(8) {
            names[0]
        } else {
            self.choices.pick(&names[1..])
        };
        let mut domain = Domain::named(name);
        domain.acl = self.choices.pick(&ACLS).to_vec();
        domain.force_destroy = self.choices.one_in(3);
        let labels = self.workspace.config.applications.keys().cloned();
        if let Some(application) = self.choices.any(labels)
            && self.choices.one_in(2)
        {
            domain.kind = None;
            domain.application = Some(Reference::To(application));
        }
        self.tell(format!("configure {label}: {domain:?}"));
        let domains = &mut self.workspace.config.domains;
        domains.insert(label.to_owned(), domain);
    }

    pub(super) fn remove_domain(&mut self, label: &str) {
        if self.has_user_in_doubt(label) {
            return;
        }
        self.tell(format!("configure no {label}"));
        let config = &mut self.workspace.config;
        config.domains.remove(label);
        config.users.retain(|(domain, _), _| domain != label);
    }

    fn change_domain(&mut self, label: &str, names: &[&str]) {
        let is_in_doubt = self.has_user_in_doubt(label);
        let choices = &mut self.choices;
        let config = &mut self.workspace.config;
        let domain = config.domains.get_mut(label).unwrap();
        match choices.below(8) {
            0 if !is_in_doubt => choices.pick(&names[1..]).clone_into(&mut domain.name),
            1 | 7 if !is_in_doubt => {
                let labels = config.applications.keys().cloned();
                let ours = labels.map(|it| (None, Some(Reference::To(it))));
                let others = [
                    (Some("trunk"), None),
                    (None, Some(Reference::Id(APPLICATION))),
                ];
                let choice = choices.any(others.into_iter().chain(ours));
                (domain.kind, domain.application) = choice.unwrap();
            }
            2 => domain.tls = choices.pick(&[None, Some("always"), Some("never")]),
            3 => domain.force_destroy = !domain.force_destroy,
            _ => domain.acl = choices.pick(&ACLS).to_vec(),
        }
        let domain = domain.clone();
        self.tell(format!("configure {label}: {domain:?}"));
    }

    fn configure_user(&mut self, domain: &str) {
        let (label, keys) = self.choices.pick(&KEYS);
        let address = Address::User(domain.to_owned(), label.to_owned());
        if self.in_doubt.contains(&address) {
            return;
        }
        let path = (domain.to_owned(), label.to_owned());
        let number = self.choices.below(1_000_000);
        let secret = format!("Secret{number:06}");
        let users = &mut self.workspace.config.users;
        let choices = &mut self.choices;
        match (users.get_mut(&path), choices.below(5)) {
            (None, _) => {
                users.insert(path.clone(), User::new(choices.pick(&keys), &secret));
            }
            (Some(_), 0) => drop(users.remove(&path)),
            (Some(user), 1) => choices.pick(&keys).clone_into(&mut user.key),
            (Some(user), 2) => user.secret = Secret::Kept(secret),
            (Some(user), _) => {
                // One that state does not have: a change is noticed by it alone.
                let version = u32::try_from(number).unwrap();
                user.secret = Secret::WriteOnly { secret, version };
            }
        }
        let user = users.get(&path).cloned();
        self.tell(format!("configure {path:?}: {user:?}"));
    }
}
