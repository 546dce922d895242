//! Which name in a path means which domain: a name is a host's label, so its case may not matter.

use super::store::{ObjectId, Store};
use crate::switches::{NameCase, Switches};
use crate::timeline::WRITTEN;

/// The name under which a domain is stored that is asked for by this one.
pub(super) fn resolved(store: &Store, switches: &Switches, name: &str) -> String {
    let folded = || name.to_ascii_lowercase();
    let known = match switches.name_case {
        NameCase::Keep | NameCase::Reject => None,
        NameCase::Ignore => store.name_in_any_case(name),
        NameCase::Fold => {
            let is_stored = store.get(&ObjectId::domain(name), WRITTEN).is_some();
            (!is_stored).then(folded)
        }
    };
    known.unwrap_or_else(|| name.to_owned())
}

pub(super) fn same(switches: &Switches, left: &str, right: &str) -> bool {
    match switches.name_case {
        NameCase::Keep | NameCase::Reject => left == right,
        NameCase::Ignore | NameCase::Fold => left.eq_ignore_ascii_case(right),
    }
}
