//! The Applications API, version 2: its paths, the rules of applications, and its responses.

mod application;
mod keys;
mod list;
mod members;
mod operations;
pub(crate) mod problem;
mod router;
mod schema;
mod urls;
mod view;

use serde_json::Value;

pub use keys::PRIVATE_KEY;
#[cfg(test)]
pub(crate) use keys::PUBLIC_KEY;
pub(crate) use operations::operate;

use crate::store::{Kind, ObjectId, Store};
use crate::switches::{IdCase, Switches};
use crate::timeline::WRITTEN;

pub(crate) static APPLICATION: Kind = Kind {
    list: "applications",
    noun: "application",
    key: &["id"],
    parent: None,
};

/// The application that a client means by this ID; it need not be there.
fn resolved(store: &Store, switches: &Switches, id: &str) -> ObjectId {
    let exact = ObjectId::new(&APPLICATION, [id]);
    if switches.applications.application_id_case == IdCase::Exact {
        return exact;
    }
    let plain = |id: &str| id.replace('-', "").to_ascii_lowercase();
    let mut known = store.list(&APPLICATION, &[], WRITTEN);
    let same = known.find(|known| {
        let known = known.get("id").and_then(Value::as_str);
        known.is_some_and(|known| plain(known) == plain(id))
    });
    same.map_or(exact, |known| ObjectId::of(&APPLICATION, known))
}

/// Whether there is an application with this ID that can be called.
pub(crate) fn has_voice(store: &Store, switches: &Switches, id: &str) -> bool {
    let application = store.get(&resolved(store, switches, id), WRITTEN);
    application.is_some_and(|it| {
        let capabilities = it.get("capabilities");
        capabilities.is_some_and(|all| all.get("voice").is_some())
    })
}
