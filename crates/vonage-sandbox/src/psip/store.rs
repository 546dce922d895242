//! What the sandbox holds: domains and their users, each as written and as reads see it.

use std::collections::BTreeMap;

use tokio::time::Instant;

use crate::json::Object;
use crate::state_file::{Contents, text};
use crate::timeline::{Effect, Snapshot, Timeline, WRITTEN};

/// Domains and users in one map: a domain that is deleted and made again keeps nothing, while reads of its users still
/// lag on their own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Store {
    objects: BTreeMap<ObjectId, Timeline<Object>>,
}

/// A domain, or a user of one. A domain sorts before its users, by the order of the fields.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

    /// What it is the ID of, in messages.
    pub(crate) fn kind(&self) -> &'static str {
        if self.key.is_some() { "user" } else { "domain" }
    }

    pub(super) fn of_domain(domain: &Object) -> Self {
        Self::domain(&text(domain, "name"))
    }

    pub(super) fn of_user(user: &Object) -> Self {
        Self::user(&text(user, "domain"), &text(user, "key"))
    }
}

impl Store {
    /// A store in which everything is visible.
    pub(crate) fn from_contents(contents: &Contents) -> Self {
        let domains = contents
            .domains
            .iter()
            .map(|it| (ObjectId::of_domain(it), it));
        let users = contents.users.iter().map(|it| (ObjectId::of_user(it), it));
        let visible = |(id, object): (_, &Object)| (id, Timeline::visible(object.clone()));
        Self {
            objects: domains.chain(users).map(visible).collect(),
        }
    }

    /// Everything as written, which is what a state file keeps.
    pub(crate) fn contents(&self) -> Contents {
        let users = self.objects.iter().filter(|(id, _)| id.key.is_some());
        Contents {
            domains: self.domains(WRITTEN).cloned().collect(),
            users: users
                .filter_map(|(_, user)| user.at(WRITTEN).cloned())
                .collect(),
        }
    }

    /// An object as a read sees it.
    pub(crate) fn get(&self, id: &ObjectId, at: Option<Snapshot>) -> Option<&Object> {
        self.objects.get(id)?.at(at)
    }

    /// All domains as a read sees them, by name.
    pub(super) fn domains(&self, at: Option<Snapshot>) -> impl Iterator<Item = &Object> {
        self.objects
            .iter()
            .filter(|(id, _)| id.key.is_none())
            .filter_map(move |(_, domain)| domain.at(at))
    }

    /// The domain's users as a read sees them, by key.
    pub(crate) fn users(
        &self,
        domain: &str,
        at: Option<Snapshot>,
    ) -> impl Iterator<Item = &Object> {
        self.objects
            .range(ObjectId::user(domain, "")..)
            .take_while(move |(id, _)| id.domain == domain)
            .filter_map(move |(_, user)| user.at(at))
    }

    /// The name of a domain that differs from this one at most in case, as last written.
    pub(super) fn name_in_any_case(&self, name: &str) -> Option<String> {
        let mut names = self.domains(WRITTEN).map(|domain| text(domain, "name"));
        names.find(|known| known.eq_ignore_ascii_case(name))
    }

    /// Stores an object under the ID that it carries.
    pub(crate) fn put(&mut self, id: ObjectId, object: Object, effect: Effect) {
        self.write(id, Some(object), effect);
    }

    /// Takes a domain away, and its users along to another name.
    pub(super) fn rename_domain(&mut self, name: &str, new_name: &str, effect: Effect) {
        let users: Vec<Object> = self.users(name, WRITTEN).cloned().collect();
        self.delete(&ObjectId::domain(name), effect);
        for mut user in users {
            user.insert("domain".into(), new_name.into());
            self.put(ObjectId::of_user(&user), user, effect);
        }
    }

    /// Removes a user, or a domain with its users.
    pub(crate) fn delete(&mut self, id: &ObjectId, effect: Effect) {
        if id.key.is_none() {
            let users = self.users(&id.domain, WRITTEN).map(ObjectId::of_user);
            for user in users.collect::<Vec<_>>() {
                self.write(user, None, effect);
            }
        }
        self.write(id.clone(), None, effect);
    }

    fn write(&mut self, id: ObjectId, value: Option<Object>, effect: Effect) {
        let now = Instant::now();
        // What was deleted earlier is swept up now and then, by what will have to be swept up itself: the rest costs nothing.
        if value.is_none() {
            self.objects.retain(|_, timeline| !timeline.is_spent(now));
        }
        let timeline = self.objects.entry(id).or_default();
        timeline.apply(effect, value, now);
    }
}
