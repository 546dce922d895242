//! `GenerateResourceConfig`: the configuration of an object that exists.

use std::sync::Arc;

use super::shared::Shared;
use crate::tfplugin::convert::diagnostics::to_wire as diagnostics_to_wire;
use crate::tfplugin::convert::value::{from_wire, to_wire};
use crate::tfplugin::diagnostics::{Diagnosed, Diagnostics};
use crate::tfplugin::generated::generate_resource_config::{Request, Response};

pub(super) async fn config(shared: Arc<Shared>, request: Request) -> Result<Response, Diagnostics> {
    let entry = shared.catalog().resource(&request.type_name)?;
    let state = from_wire(request.state.as_ref(), &entry.ty, "the state")?;
    let Diagnosed { value, diagnostics } = entry.resource.generate_config(state).await?;
    Ok(Response {
        config: Some(to_wire(&value, &entry.ty, "the configuration")?),
        diagnostics: diagnostics_to_wire(diagnostics),
    })
}
