//! What core demands of identities: known wherever an object is, and none where the type has no schema of one.

use crate::types::Type;
use crate::value::Value;

/// The problem with the identity of an object that there is.
pub fn of_object(identity: Option<&Value>, ty: Option<&Type>) -> Option<&'static str> {
    match (identity, ty) {
        (None, None) => None,
        (None, Some(_)) => Some("an object without its identity"),
        (Some(identity), _) if identity.is_wholly_known() => None,
        (Some(_), _) => Some("an identity with unknown values"),
    }
}

/// The problem with the identity of a plan. Only an object that is yet to be made may have one that is not known.
pub fn of_plan(
    before: Option<&Value>,
    planned: Option<&Value>,
    makes_an_object: bool,
) -> Option<&'static str> {
    match (before, planned) {
        _ if makes_an_object => None,
        (_, Some(planned)) if !planned.is_wholly_known() => Some("an identity with unknown values"),
        (Some(before), Some(planned)) if before != planned => {
            Some("another identity for the same object")
        }
        _ => None,
    }
}
