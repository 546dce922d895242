//! `ConfigureProvider`: the provider's own configuration, before anything that needs the API.

use std::sync::Arc;

use super::config;
use super::convert::diagnostics::to_wire;
use super::generated::configure_provider::{Request, Response};
use super::shared::Shared;
use crate::diagnostics::Diagnostics;
use crate::provider::ConfigureRequest;

pub(super) async fn configure(
    shared: Arc<Shared>,
    request: Request,
) -> Result<Response, Diagnostics> {
    let catalog = shared.catalog();
    let config = config::read(
        request.config.as_ref(),
        &catalog.provider,
        &catalog.provider_type,
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
