//! Values from and to their messages, through the codec.

use crate::codec;
use crate::diagnostics::Diagnostics;
use crate::path::AttributePath;
use crate::server::generated as wire;
use crate::types::Type;
use crate::value::Value;

/// The value of a message; an absent message is null. `what` names it in the error.
pub(crate) fn from_wire(
    message: Option<&wire::DynamicValue>,
    ty: &Type,
    what: &str,
) -> Result<Value, Diagnostics> {
    let Some(message) = message else {
        return Ok(Value::Null);
    };
    decode(message, ty).map_err(|error| undecodable(what, error))
}

/// The message of a value. `what` names it in the error, which can only be a defect of the provider.
pub(crate) fn to_wire(
    value: &Value,
    ty: &Type,
    what: &str,
) -> Result<wire::DynamicValue, Diagnostics> {
    match codec::msgpack::encode(value, ty) {
        Ok(msgpack) => Ok(wire::DynamicValue {
            msgpack: msgpack.into(),
            json: Vec::new().into(),
        }),
        Err(error) => Err(Diagnostics::from_error(
            format!("Cannot encode {what}"),
            format!("{error}. This is a defect of the provider; please report it."),
        )),
    }
}

/// The value of an identity message; absent in states from before there were identities.
pub(crate) fn identity_from_wire(
    message: Option<&wire::ResourceIdentityData>,
    ty: Option<&Type>,
) -> Result<Option<Value>, Diagnostics> {
    let data = message.and_then(|message| message.identity_data.as_ref());
    match (data, ty) {
        (Some(data), Some(ty)) => {
            let value = decode(data, ty).map_err(|mut error| {
                // A diagnostic's path leads into the configuration, which has no identity in it.
                error.path = AttributePath::default();
                undecodable("the identity", error)
            })?;
            Ok((!value.is_null()).then_some(value))
        }
        _ => Ok(None),
    }
}

/// The message of an identity.
pub(crate) fn identity_to_wire(
    identity: &Value,
    ty: &Type,
) -> Result<wire::ResourceIdentityData, Diagnostics> {
    let data = to_wire(identity, ty, "the identity")?;
    Ok(wire::ResourceIdentityData {
        identity_data: Some(data),
    })
}

fn decode(message: &wire::DynamicValue, ty: &Type) -> Result<Value, codec::Error> {
    codec::decode(&message.msgpack, &message.json, ty)
}

fn undecodable(what: &str, error: codec::Error) -> Diagnostics {
    let detail = format!(
        "Terraform sent {what} in a form that the schema does not allow: {error}. \
         If the provider was just replaced by another version, run `terraform init` again."
    );
    Diagnostics::error_at(error.path, format!("Cannot decode {what}"), detail)
}
