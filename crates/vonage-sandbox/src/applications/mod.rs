//! The Applications API, version 2: its paths, the rules of applications, and its responses.

mod application;
mod ids;
mod keys;
mod list;
mod members;
mod operations;
pub(crate) mod problem;
mod router;
mod schema;
mod urls;
mod view;

pub(crate) use ids::last_number;
pub use keys::PRIVATE_KEY;
#[cfg(test)]
pub(crate) use keys::PUBLIC_KEY;
pub(crate) use operations::operate;

use crate::store::{Kind, Store};
use crate::switches::Switches;
use crate::timeline::WRITTEN;

pub(crate) static APPLICATION: Kind = Kind {
    list: "applications",
    noun: "application",
    key: &["id"],
    parent: None,
};

/// Whether there is an application with this ID.
pub(crate) fn exists(store: &Store, switches: &Switches, id: &str) -> bool {
    store
        .get(&ids::resolved(store, switches, id), WRITTEN)
        .is_some()
}

/// Whether there is an application with this ID that can be called.
pub(crate) fn has_voice(store: &Store, switches: &Switches, id: &str) -> bool {
    let application = store.get(&ids::resolved(store, switches, id), WRITTEN);
    application.is_some_and(|it| {
        let capabilities = it.get("capabilities");
        capabilities.is_some_and(|all| all.get("voice").is_some())
    })
}
