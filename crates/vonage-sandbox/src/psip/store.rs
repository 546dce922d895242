//! What the sandbox holds: domains and their users, each as written and as reads see it.

use std::collections::BTreeMap;

use tokio::time::Instant;

use crate::json::Object;
use crate::state_file::{Contents, InvalidContents, text};
use crate::timeline::{Delay, Snapshot, Timeline};

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

/// When reads show a write.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Effect {
    /// After a while, as the API does.
    After(Delay),
    /// At once and for every read, whatever was pending: for direct edits.
    Overwrite,
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
        Contents {
            domains: written(self.domains.values()),
            users: written(self.users.values()),
        }
    }

    /// The object as last written.
    pub(crate) fn written(&self, id: &ObjectId) -> Option<&Object> {
        match &id.key {
            Some(key) => self.user(&id.domain, key),
            None => self.domain(&id.domain),
        }
    }

    /// The domain as last written.
    pub(crate) fn domain(&self, name: &str) -> Option<&Object> {
        self.domains.get(name)?.written()
    }

    /// The domain as a read sees it.
    pub(crate) fn seen_domain(&self, name: &str, snapshot: Snapshot) -> Option<&Object> {
        self.domains.get(name)?.seen(snapshot)
    }

    /// All domains as a read sees them, by name.
    pub(crate) fn seen_domains(&self, snapshot: Snapshot) -> Vec<&Object> {
        self.domains
            .values()
            .filter_map(|domain| domain.seen(snapshot))
            .collect()
    }

    /// The name of a domain that differs from this one at most in case, as last written.
    pub(crate) fn name_in_any_case(&self, name: &str) -> Option<&str> {
        let mut named = self
            .domains
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name));
        named
            .find(|(_, domain)| domain.written().is_some())
            .map(|(known, _)| known.as_str())
    }

    /// The user as last written.
    pub(crate) fn user(&self, domain: &str, key: &str) -> Option<&Object> {
        self.users.get(&id(domain, key))?.written()
    }

    /// The user as a read sees it.
    pub(crate) fn seen_user(&self, domain: &str, key: &str, snapshot: Snapshot) -> Option<&Object> {
        self.users.get(&id(domain, key))?.seen(snapshot)
    }

    /// The domain's users as last written, by key.
    pub(crate) fn users(&self, domain: &str) -> Vec<&Object> {
        self.users_of(domain)
            .filter_map(Timeline::written)
            .collect()
    }

    /// The domain's users as a read sees them, by key.
    pub(crate) fn seen_users(&self, domain: &str, snapshot: Snapshot) -> Vec<&Object> {
        self.users_of(domain)
            .filter_map(|user| user.seen(snapshot))
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
        let users: Vec<Object> = self.users(name).into_iter().cloned().collect();
        self.delete_domain(name, effect);
        for mut user in users {
            user.insert("domain".into(), new_name.into());
            self.put_user(user, effect);
        }
    }

    /// Removes a domain with its users.
    pub(crate) fn delete_domain(&mut self, name: &str, effect: Effect) {
        let keys: Vec<String> = self
            .users(name)
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

    fn users_of<'a>(
        &'a self,
        domain: &str,
    ) -> impl Iterator<Item = &'a Timeline<Object>> + use<'a> {
        let from = id(domain, "");
        let domain = domain.to_owned();
        self.users
            .range(from..)
            .take_while(move |((of, _), _)| *of == domain)
            .map(|(_, user)| user)
    }
}

fn id(domain: &str, key: &str) -> UserId {
    (domain.to_owned(), key.to_owned())
}

fn written<'a>(timelines: impl Iterator<Item = &'a Timeline<Object>>) -> Vec<Object> {
    timelines.filter_map(Timeline::written).cloned().collect()
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
    match effect {
        Effect::After(delay) => timeline.write(value, now, delay),
        Effect::Overwrite => timeline.overwrite(value),
    }
}
