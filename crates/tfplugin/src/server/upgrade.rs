//! `UpgradeResourceState`, `UpgradeResourceIdentity` and `MoveResourceState`: what other releases, or other types, have stored.

use std::sync::Arc;

use super::catalog::ResourceEntry;
use super::convert::diagnostics::to_wire as diagnostics_to_wire;
use super::convert::value::{identity_to_wire, to_wire};
use super::generated::{
    RawState, move_resource_state, upgrade_resource_identity, upgrade_resource_state,
};
use super::shared::Shared;
use crate::codec;
use crate::diagnostics::{Diagnosed, Diagnostics};
use crate::resource::unknown_version;
use crate::value::Value;

/// Called at each plan, also where the version is the present one.
pub(super) async fn state(
    shared: Arc<Shared>,
    request: upgrade_resource_state::Request,
) -> Result<upgrade_resource_state::Response, Diagnostics> {
    let entry = shared.catalog().resource(&request.type_name)?;
    let json = json_of(request.raw_state.as_ref(), &request.type_name)?;
    let Diagnosed { value, diagnostics } = if request.version == entry.schema.version {
        present(entry, &request.type_name, json)?.into()
    } else {
        entry.resource.upgrade(request.version, json).await?
    };
    Ok(upgrade_resource_state::Response {
        upgraded_state: Some(to_wire(&value, &entry.ty, "the upgraded state")?),
        diagnostics: diagnostics_to_wire(diagnostics),
    })
}

fn present(entry: &ResourceEntry, type_name: &str, json: &[u8]) -> Result<Value, Diagnostics> {
    codec::json::decode_state(json, &entry.ty).map_err(|error| {
        let detail = format!("The stored state does not have the form of this resource: {error}.");
        let summary = format!("Cannot read the state of {type_name}");
        Diagnostics::error_at(error.path, summary, detail)
    })
}

/// Identities have had one version so far.
pub(super) async fn identity(
    shared: Arc<Shared>,
    request: upgrade_resource_identity::Request,
) -> Result<upgrade_resource_identity::Response, Diagnostics> {
    let type_name = &request.type_name;
    let entry = shared.catalog().resource(type_name)?;
    let Some((schema, ty)) = &entry.identity else {
        return Err(Diagnostics::from_error(
            format!("{type_name} has no identity"),
            "Nothing was stored that could be upgraded.",
        ));
    };
    if request.version != schema.version {
        return Err(unknown_version(type_name, "identity", request.version));
    }
    let json = json_of(request.raw_identity.as_ref(), type_name)?;
    let value = codec::json::decode_state(json, ty).map_err(|error| {
        Diagnostics::from_error(
            format!("Cannot read the identity of {type_name}"),
            format!("{error}."),
        )
    })?;
    Ok(upgrade_resource_identity::Response {
        upgraded_identity: Some(identity_to_wire(&value, ty)?),
        ..Default::default()
    })
}

/// No object of another type means the same as one of ours.
pub(super) async fn moved(
    shared: Arc<Shared>,
    request: move_resource_state::Request,
) -> Result<move_resource_state::Response, Diagnostics> {
    let target = &request.target_type_name;
    shared.catalog().resource(target)?;
    let source = match request.source_provider_address.as_str() {
        "" => request.source_type_name,
        provider => format!("{} ({provider})", request.source_type_name),
    };
    Err(Diagnostics::from_error(
        "Cannot move to this resource type",
        format!(
            "An object of {source} cannot become one of {target}, because their attributes mean different things. Take \
             it out of the state with a `removed` block, and take the object that it stands for over with an `import` \
             block."
        ),
    ))
}

fn json_of<'a>(raw: Option<&'a RawState>, type_name: &str) -> Result<&'a [u8], Diagnostics> {
    match raw {
        Some(raw) if !raw.json.is_empty() => Ok(&raw.json),
        _ => Err(Diagnostics::from_error(
            format!("Cannot read the state of {type_name}"),
            "The state is not JSON: it was written by Terraform 0.11 or older. Upgrade it with Terraform 0.12 first.",
        )),
    }
}
