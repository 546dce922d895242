//! `ImportResourceState`: an object that exists becomes Terraform's to manage.

use std::sync::Arc;

use super::convert::diagnostics::to_wire as diagnostics_to_wire;
use super::convert::value::{identity_from_wire, to_wire};
use super::generated::import_resource_state::{ImportedResource, Request, Response};
use super::shared::Shared;
use super::span;
use crate::diagnostics::{Diagnosed, Diagnostics};
use crate::resource::ImportTarget;

pub(super) async fn import(shared: Arc<Shared>, request: Request) -> Result<Response, Diagnostics> {
    let entry = shared.catalog().resource(&request.type_name)?;
    let identity = identity_from_wire(request.identity.as_ref(), entry.identity_type())?;
    let target = if let Some(identity) = identity {
        ImportTarget::Identity(identity)
    } else {
        span::record_id(&request.id);
        ImportTarget::Id(request.id)
    };
    let context = shared.context(request.client_capabilities);
    let deferred = shared.deferred(&context);
    let Diagnosed { value, diagnostics } = entry.resource.import(&context, target).await?;
    let imported = ImportedResource {
        type_name: request.type_name,
        state: Some(to_wire(&value.state, &entry.ty, "the imported state")?),
        identity: entry.identity_to_wire(&value.state)?,
        private: value.private.into(),
    };
    Ok(Response {
        imported_resources: vec![imported],
        diagnostics: diagnostics_to_wire(diagnostics),
        deferred,
    })
}
