//! Which name in a path means which domain: a name is a host's label, so its case may not matter.

use super::ids::{self, SipId};
use crate::store::Store;
use crate::switches::{NameCase, Switches};
use crate::timeline::WRITTEN;

/// The name under which a domain is stored that is asked for by this one.
pub(super) fn resolved(store: &Store, switches: &Switches, name: &str) -> String {
    match switches.name_case {
        NameCase::Keep | NameCase::Reject => name.to_owned(),
        NameCase::Ignore => ids::name_in_any_case(store, name).unwrap_or_else(|| name.to_owned()),
        NameCase::Fold if store.get(&SipId::domain(name).id(), WRITTEN).is_some() => {
            name.to_owned()
        }
        NameCase::Fold => name.to_ascii_lowercase(),
    }
}

pub(super) fn same(switches: &Switches, left: &str, right: &str) -> bool {
    match switches.name_case {
        NameCase::Keep | NameCase::Reject => left == right,
        NameCase::Ignore | NameCase::Fold => left.eq_ignore_ascii_case(right),
    }
}
