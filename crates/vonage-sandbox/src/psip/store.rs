//! What the sandbox holds: domains and their users, each as written and as reads see it.

use std::collections::BTreeMap;

use tokio::time::Instant;

use crate::json::Object;
use crate::state_file::{Contents, InvalidContents, text};
use crate::timeline::{Effect, Snapshot, Timeline, WRITTEN};

/// Domains by name, and users by domain and key.
///
/// Two maps instead of users inside domains: a domain that is deleted and made again keeps nothing, while reads of its
/// users still lag on their own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Store {
    domains: BTreeMap<String, Timeline<Object>>,
    users: BTreeMap<UserId, Timeline<Object>>,
}

/// A domain's name and a user's key in it.
type UserId = (String, String);

/// A domain, or a user of one.
#[derive(Clone, Debug)]
pub(crate) struct ObjectId {
    pub(crate) domain: String,
    /// The user's key.
    pub(crate) key: Option<String>,
}

impl ObjectId {
    pub(crate) fn domain(name: &str) -> Self {
        Self {
            domain: name.to_owned(),
            key: None,
        }
    }

    pub(crate) fn user(domain: &str, key: &str) -> Self {
        Self {
            domain: domain.to_owned(),
            key: Some(key.to_owned()),
        }
    }
}

impl Store {
    /// A store in which everything is visible.
    pub(crate) fn from_contents(contents: &Contents) -> Result<Self, InvalidContents> {
        contents.check()?;
        let mut store = Self::default();
        for domain in &contents.domains {
            store
                .domains
                .insert(text(domain, "name"), Timeline::visible(domain.clone()));
        }
        for user in &contents.users {
            let id = (text(user, "domain"), text(user, "key"));
            store.users.insert(id, Timeline::visible(user.clone()));
        }
        Ok(store)
    }

    /// Everything as written, which is what a state file keeps.
    pub(crate) fn contents(&self) -> Contents {
        let users = self.users.values().filter_map(|user| user.at(WRITTEN));
        Contents {
            domains: self.domains(WRITTEN).cloned().collect(),
            users: users.cloned().collect(),
        }
    }

    /// An object as last written.
    pub(crate) fn object(&self, id: &ObjectId) -> Option<&Object> {
        match &id.key {
            Some(key) => self.user(&id.domain, key, WRITTEN),
            None => self.domain(&id.domain, WRITTEN),
        }
    }

    /// A domain as a read sees it.
    pub(super) fn domain(&self, name: &str, at: Option<Snapshot>) -> Option<&Object> {
        self.domains.get(name)?.at(at)
    }

    /// All domains as a read sees them, by name.
    pub(super) fn domains(&self, at: Option<Snapshot>) -> impl Iterator<Item = &Object> {
        self.domains
            .values()
            .filter_map(move |domain| domain.at(at))
    }

    /// The name of a domain that differs from this one at most in case, as last written.
    pub(super) fn name_in_any_case(&self, name: &str) -> Option<&str> {
        let mut domains = self.domains.iter();
        domains
            .find(|(known, domain)| {
                known.eq_ignore_ascii_case(name) && domain.at(WRITTEN).is_some()
            })
            .map(|(known, _)| known.as_str())
    }

    /// A user as a read sees it.
    pub(super) fn user(&self, domain: &str, key: &str, at: Option<Snapshot>) -> Option<&Object> {
        self.users.get(&id(domain, key))?.at(at)
    }

    /// The domain's users as a read sees them, by key.
    pub(crate) fn users(&self, domain: &str, at: Option<Snapshot>) -> Vec<&Object> {
        self.users
            .range(id(domain, "")..)
            .take_while(|((of, _), _)| of == domain)
            .filter_map(|(_, user)| user.at(at))
            .collect()
    }

    /// Stores a domain under the name it carries.
    pub(crate) fn put_domain(&mut self, domain: Object, effect: Effect) {
        let name = text(&domain, "name");
        write(&mut self.domains, name, Some(domain), effect);
    }

    /// Stores a user under the domain and key it carries.
    pub(crate) fn put_user(&mut self, user: Object, effect: Effect) {
        let id = (text(&user, "domain"), text(&user, "key"));
        write(&mut self.users, id, Some(user), effect);
    }

    /// Takes a domain away, and its users along to another name.
    pub(crate) fn rename_domain(&mut self, name: &str, new_name: &str, effect: Effect) {
        let users: Vec<Object> = self.users(name, WRITTEN).into_iter().cloned().collect();
        self.delete_domain(name, effect);
        for mut user in users {
            user.insert("domain".into(), new_name.into());
            self.put_user(user, effect);
        }
    }

    /// Removes a domain with its users.
    pub(crate) fn delete_domain(&mut self, name: &str, effect: Effect) {
        let keys: Vec<String> = self
            .users(name, WRITTEN)
            .iter()
            .map(|user| text(user, "key"))
            .collect();
        for key in keys {
            self.delete_user(name, &key, effect);
        }
        write(&mut self.domains, name.to_owned(), None, effect);
    }

    /// Removes a user.
    pub(crate) fn delete_user(&mut self, domain: &str, key: &str, effect: Effect) {
        write(&mut self.users, id(domain, key), None, effect);
    }
}

fn id(domain: &str, key: &str) -> UserId {
    (domain.to_owned(), key.to_owned())
}

fn write<K: Ord + Clone>(
    map: &mut BTreeMap<K, Timeline<Object>>,
    key: K,
    value: Option<Object>,
    effect: Effect,
) {
    let now = Instant::now();
    // What was deleted earlier is swept up now and then, by what will have to be swept up itself: the rest costs nothing.
    if value.is_none() {
        map.retain(|_, timeline| !timeline.is_spent(now));
    }
    let timeline = map.entry(key).or_insert_with(Timeline::absent);
    timeline.apply(effect, value, now);
}
