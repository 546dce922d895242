//! IDs of applications: those that the sandbox makes, and which one a client means.

use super::APPLICATION;
use crate::json::Object;
use crate::state_file::text;
use crate::store::{ObjectId, Store};
use crate::switches::{IdCase, Switches};
use crate::timeline::WRITTEN;

/// How the UUIDs begin that the sandbox makes; a number follows.
const BEGIN: &str = "5a4d0b0c-0000-4000-8000-";

/// A new ID above this number, in the form of a UUID.
pub(super) fn free(store: &Store, mut number: usize) -> ObjectId {
    loop {
        number += 1;
        let id = ObjectId::new(&APPLICATION, [&format!("{BEGIN}{number:012x}")]);
        if store.get(&id, WRITTEN).is_none() {
            return id;
        }
    }
}

/// The highest number in an ID that the sandbox has made.
pub(crate) fn last_number(applications: &[Object]) -> usize {
    let number = |application| {
        let id = text(application, "id");
        usize::from_str_radix(id.strip_prefix(BEGIN)?, 16).ok()
    };
    applications.iter().filter_map(number).max().unwrap_or(0)
}

/// The application that a client means by this ID; it need not be there.
pub(super) fn resolved(store: &Store, switches: &Switches, id: &str) -> ObjectId {
    let exact = ObjectId::new(&APPLICATION, [id]);
    if switches.applications.application_id_case == IdCase::Exact {
        return exact;
    }
    let plain = |id: &str| id.replace('-', "").to_ascii_lowercase();
    let mut known = store.list(&APPLICATION, &[], WRITTEN);
    let same = known.find(|known| plain(&text(known, "id")) == plain(id));
    same.map_or(exact, |known| ObjectId::of(&APPLICATION, known))
}
