//! What core demands of identities: of the schema's type, known wherever an object is, and none where there is no object.

use tfplugin::generated::ResourceIdentityData;
use tfplugin::types::Type;
use tfplugin::value::Value;

use crate::client::decode;

/// The identity in an answer.
///
/// # Panics
/// On one that does not fit the schema, or that belongs to a kind of object without identities.
pub(crate) fn read(data: Option<&ResourceIdentityData>, ty: Option<&Type>) -> Option<Value> {
    let data = data?.identity_data.as_ref().expect("an identity has data");
    let ty = ty.expect("only a type with an identity schema has identities");
    let value = decode(Some(data), ty);
    assert!(!value.is_null(), "an identity that is null");
    Some(value)
}

/// The problem with the identity of an object that there is.
pub(crate) fn of_object(identity: Option<&Value>, ty: Option<&Type>) -> Option<&'static str> {
    match (identity, ty) {
        (None, None) => None,
        (None, Some(_)) => Some("an object without its identity"),
        (Some(identity), _) if identity.is_wholly_known() => None,
        (Some(_), _) => Some("an identity with unknown values"),
    }
}

/// The problem with the identity of a plan. Only an object that is yet to be made may have one that is not known.
pub(crate) fn of_plan(
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
