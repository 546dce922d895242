//! Versions of a domain, for the switch that guards writes by them.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::problem::{self, Problem};
use crate::json::Object;
use crate::switches::{Etag, Switches};

/// The version of a domain: another one for each content.
pub(super) fn of(domain: &Object) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::Value::from(domain.clone())
        .to_string()
        .hash(&mut hasher);
    format!("\"{:016x}\"", hasher.finish())
}

/// Whether a write may go ahead that names this version, or none.
pub(super) fn check(
    domain: &Object,
    named: Option<&str>,
    switches: &Switches,
) -> Result<(), Problem> {
    let fits = match (switches.etag, named) {
        (Etag::Required, None) => return Err(problem::wrong_version(false)),
        (Etag::None, _) | (_, None) => true,
        (_, Some(named)) => named == "*" || named == of(domain),
    };
    if fits {
        Ok(())
    } else {
        Err(problem::wrong_version(true))
    }
}
