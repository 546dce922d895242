//! `ConfigureProvider`: the provider's own configuration, before anything that needs the API.

use std::sync::Arc;

use super::shared::Shared;
use crate::tfplugin::convert::{diagnostics::to_wire, value::from_wire};
use crate::tfplugin::diagnostics::Diagnostics;
use crate::tfplugin::generated::configure_provider::{Request, Response};
use crate::tfplugin::provider::ConfigureRequest;

pub(super) async fn configure(
    shared: Arc<Shared>,
    request: Request,
) -> Result<Response, Diagnostics> {
    let config = from_wire(
        request.config.as_ref(),
        &shared.catalog().provider_type,
        "the provider's configuration",
    )?;
    let request = ConfigureRequest {
        host_version: request.terraform_version,
        config,
    };
    let diagnostics = shared.provider.configure(request).await;
    Ok(Response {
        diagnostics: to_wire(diagnostics),
    })
}
