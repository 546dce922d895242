//! Domains and users in the store: their kinds, their IDs, and what is particular to finding them.

use crate::json::Object;
use crate::state_file::text;
use crate::store::{Kind, ObjectId, Store};
use crate::timeline::{Effect, Snapshot, WRITTEN};

pub(crate) static DOMAIN: Kind = Kind {
    list: "domains",
    noun: "domain",
    key: &["name"],
    parent: None,
};

pub(crate) static USER: Kind = Kind {
    list: "users",
    noun: "user",
    key: &["domain", "key"],
    parent: Some(&DOMAIN),
};

/// A domain, or a user of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SipId {
    pub(super) domain: String,
    /// The user's key.
    pub(super) key: Option<String>,
}

impl SipId {
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

    pub(super) fn of_domain(domain: &Object) -> Self {
        Self::domain(&text(domain, "name"))
    }

    pub(super) fn of_user(user: &Object) -> Self {
        Self::user(&text(user, "domain"), &text(user, "key"))
    }

    /// The same, as the store knows it.
    pub(crate) fn id(&self) -> ObjectId {
        match &self.key {
            None => ObjectId::new(&DOMAIN, [&self.domain]),
            Some(key) => ObjectId::new(&USER, [&self.domain, key]),
        }
    }
}

/// All domains as a read sees them, by name.
pub(super) fn domains(store: &Store, at: Option<Snapshot>) -> impl Iterator<Item = &Object> {
    store.list(&DOMAIN, &[], at)
}

/// The domain's users as a read sees them, by key.
pub(super) fn users<'a>(
    store: &'a Store,
    domain: &str,
    at: Option<Snapshot>,
) -> impl Iterator<Item = &'a Object> + use<'a> {
    store.list(&USER, &[domain.to_owned()], at)
}

/// The name of a domain that differs from this one at most in case, as last written.
pub(super) fn name_in_any_case(store: &Store, name: &str) -> Option<String> {
    let mut names = domains(store, WRITTEN).map(|domain| text(domain, "name"));
    names.find(|known| known.eq_ignore_ascii_case(name))
}

/// Takes a domain away, and its users along to another name.
pub(super) fn rename(store: &mut Store, name: &str, new_name: &str, effect: Effect) {
    let users: Vec<Object> = users(store, name, WRITTEN).cloned().collect();
    store.delete(&SipId::domain(name).id(), effect);
    for mut user in users {
        user.insert("domain".into(), new_name.into());
        store.put(SipId::of_user(&user).id(), user, effect);
    }
}
